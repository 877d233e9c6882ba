/** What the texts of a screen must hold in another language: every key of the English ones, so that a missing text does not compile. */
export type Translation<English> = { readonly [Key in keyof English]: string };

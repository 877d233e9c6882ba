/** Where in a document a block is, for a person: the outer place first, as in `slide 3, notes`. Its words are reasons. */
export const inPlace = (outer: string, inner: string): string => (outer === '' ? inner : `${outer}, ${inner}`);

/** Where documents name the language of their text: names of the source language become names of the target language, all others stay. */
export interface Languages {
  /** As in packs: `en`. */
  readonly from: string;
  readonly to: string;
}

const NAME = /^([A-Za-z]{2,3})(?:([-_])[\w-]+)?$/;

/** `en` → `de`, `en-US` → `de-DE`, `en_US` → `de_DE`; null for another language and for what is no language's name. */
export function renamed(name: string, { from, to }: Languages): string | null {
  const [, language, separator] = NAME.exec(name.trim()) ?? [];
  if (language?.toLowerCase() !== from) return null;
  return separator === undefined ? to : `${to}${separator}${regionOf(to)}`;
}

/** Where most people who write a language live: `DE` of `de`. */
export const regionOf = (language: string): string => new Intl.Locale(language).maximize().region ?? language.toUpperCase();

/** `en` of `en-US`; null where no language is named. */
export const primaryLanguage = (name: string): string | null => NAME.exec(name.trim())?.[1]?.toLowerCase() ?? null;

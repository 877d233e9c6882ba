/** The languages the interface speaks, and which of them it is. */
import { z } from 'zod';

export const INTERFACE_LANGUAGES = ['en', 'de', 'fr'] as const;
export type InterfaceLanguage = (typeof INTERFACE_LANGUAGES)[number];

/** `system`: the first of the system's languages that the interface speaks. */
export const languageChoiceSchema = z.enum(['system', ...INTERFACE_LANGUAGES]);
export type LanguageChoice = z.infer<typeof languageChoiceSchema>;

/** `preferred`: BCP 47 tags, the first one liked best. English where none is spoken. */
export function spokenLanguage(preferred: readonly string[]): InterfaceLanguage {
  const bases = preferred.map((tag) => tag.toLowerCase().split('-')[0]);
  return bases.flatMap((base) => INTERFACE_LANGUAGES.filter((language) => language === base))[0] ?? 'en';
}

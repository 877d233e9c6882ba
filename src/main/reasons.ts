/**
 * What main tells a person of what went wrong, in the language of the interface. The English text in the code is the key, as with gettext:
 * `` reason`The part ${name} is damaged. ${again()}` `` looks for `The part {0} is damaged. {1}` in the language's catalogue and fills the
 * values in, which may be reasons themselves. What has no entry is said in English, as is everything where nobody has set a language.
 * A reason is in the language of the moment it is made; one that is kept stays so. Knows no Electron: the command line uses it as well.
 */
import type { InterfaceLanguage } from '../shared/language';
import { GERMAN } from './reasons/de';
import { FRENCH } from './reasons/fr';

type Catalogue = Readonly<Record<string, string>>;

/** By the English text; `{0}` is where its first value stands. */
export const CATALOGUES: Readonly<Record<Exclude<InterfaceLanguage, 'en'>, Catalogue>> = { de: GERMAN, fr: FRENCH };

let spoken: () => InterfaceLanguage = () => 'en';

/** `language` is asked whenever a reason is made, so that reasons follow the settings. */
export function speakReasons(language: () => InterfaceLanguage): void {
  spoken = language;
}

/** Numbers are grouped as German and French group them; English, which is the command line's too, has bare digits. */
export function reason(pieces: readonly string[], ...values: readonly (string | number)[]): string {
  const language = spoken();
  return worded(keyOf(pieces)).replace(/\{(\d+)\}/g, (_hole, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'number' && language !== 'en' ? value.toLocaleString(language) : String(value);
  });
}

/** An English text that stands in the code for other uses too, such as the name of a format. */
export function worded(text: string): string {
  const language = spoken();
  return (language === 'en' ? undefined : CATALOGUES[language][text]) ?? text;
}

/** The pieces of a template, with a number in braces for every value between them. */
export const keyOf = (pieces: readonly string[]): string =>
  pieces.reduce((key, piece, index) => `${key}${index === 0 ? '' : `{${index - 1}}`}${piece}`, '');

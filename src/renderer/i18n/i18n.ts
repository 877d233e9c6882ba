/**
 * The words of the window in the language of the interface. Texts stand in `en`, `de` and `fr`, one file a screen; `t('screen.key')` gives
 * one, with what stands in its `{{braces}}` filled in: a key or a value that is missing does not compile.
 * A text that counts has a form for each plural of its language (`key_one`, `key_other`) and is asked for as `key` with a `count`.
 * Whoever shows words asks while drawing: the window draws itself anew when the language changes. Words asked for once and kept go stale.
 */
import { createInstance } from 'i18next';
import { type InterfaceLanguage } from '../../shared/language';
import { TEXTS } from './texts';

type Texts = (typeof TEXTS)['en'];
type Screen = keyof Texts;
type PluralForm = 'one' | 'other';
type BaseOf<Key extends string> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;

/** `screen.key`, without the plural form. */
export type TextKey = { [S in Screen]: `${S}.${BaseOf<keyof Texts[S] & string>}` }[Screen];

type TextOf<Key extends TextKey> = Key extends `${infer S extends Screen}.${infer Base}`
  ? Texts[S][Extract<keyof Texts[S], Base | `${Base}_${PluralForm}`>]
  : never;
type NameIn<Braces extends string> = Braces extends `${infer Name},${string}` ? Name : Braces;
type Names<Text> = Text extends `${string}{{${infer Braces}}}${infer Rest}` ? NameIn<Braces> | Names<Rest> : never;
type NamesOf<Key extends TextKey> =
  | Names<TextOf<Key>>
  | (Key extends `${infer S extends Screen}.${infer Base}` ? (`${Base}_other` extends keyof Texts[S] ? 'count' : never) : never);
type Values<Name extends string> = { readonly [Key in Name]: Key extends 'count' ? number : string | number };
/** What a text asks for: nothing, or the values of its braces. */
export type Arguments<Key extends TextKey> = [NamesOf<Key>] extends [never] ? [] : [values: Values<NamesOf<Key>>];

const texts = createInstance({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { translation: TEXTS.en }, de: { translation: TEXTS.de }, fr: { translation: withMillions(TEXTS.fr) } },
  // React writes text, never markup.
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

/** French has a third plural for round millions written in words; in figures it is the other one. */
function withMillions(screens: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const others = (screen: Readonly<Record<string, string>>) => Object.entries(screen).filter(([key]) => key.endsWith('_other'));
  return Object.fromEntries(
    Object.entries(screens).map(([name, screen]) => [
      name,
      { ...screen, ...Object.fromEntries(others(screen).map(([key, text]) => [key.replace(/_other$/, '_many'), text])) },
    ]),
  );
}

export function t<Key extends TextKey>(key: Key, ...[values]: Arguments<Key>): string {
  return texts.t(key, { ...values });
}

export function setLanguage(language: InterfaceLanguage): void {
  // The texts are here already: it is done when this returns.
  void texts.changeLanguage(language);
}

/** Of the interface; a BCP 47 tag for Intl and `lang`. */
export function currentLanguage(): string {
  return texts.language;
}

const formats = new Map<string, unknown>();

/** Making a format is slow, and one is asked for in every frame. */
function kept<Format>(name: string, make: (language: string) => Format): Format {
  const key = `${texts.language} ${name}`;
  const known = formats.get(key) as Format | undefined;
  if (known !== undefined) return known;
  const made = make(texts.language);
  formats.set(key, made);
  return made;
}

/** With that many digits after the point, none unless told. */
export function formatNumber(value: number, digits = 0): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return kept(`number ${digits}`, (language) => new Intl.NumberFormat(language, options)).format(value);
}

/** With the unit's sign: a gigabyte is `GB`, in French `Go`. */
export function formatUnit(value: number, unit: 'kilobyte' | 'megabyte' | 'gigabyte', digits = 0): string {
  const options = { style: 'unit', unit, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return kept(`${unit} ${digits}`, (language) => new Intl.NumberFormat(language, options)).format(value);
}

/** A share from 0 to 1. */
export function formatPercent(share: number, digits = 0): string {
  return `${formatNumber(100 * share, digits)} %`;
}

/** The day and the time, e.g. `17 May 2026, 14:05`. */
export function formatDateTime(date: Date): string {
  return kept('date', (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })).format(date);
}

/** `A, B and C` */
export function formatList(items: readonly string[]): string {
  // English of the United Kingdom, for a list without a comma before its last word.
  return kept('list', (language) => new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' })).format(items);
}

/** The name of a language in that language, as whoever looks for it knows it. */
export function ownName(language: InterfaceLanguage): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The name of a language as the beginning of a line: French and others write it small elsewhere. */
export function languageTitle(tag: string): string {
  const name = languageName(tag);
  return name.charAt(0).toLocaleUpperCase(texts.language) + name.slice(1);
}

/** The name of a language, by its tag. */
export function languageName(tag: string): string {
  return kept('languages', (language) => new Intl.DisplayNames([language], { type: 'language' })).of(tag) ?? tag;
}

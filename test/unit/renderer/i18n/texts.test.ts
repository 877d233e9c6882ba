import { afterEach, describe, expect, it } from 'vitest';
import {
  currentLanguage,
  formatDateTime,
  formatList,
  formatNumber,
  formatUnit,
  languageName,
  ownName,
  setLanguage,
  t,
} from '../../../../src/renderer/i18n/i18n';
import { TEXTS } from '../../../../src/renderer/i18n/texts';
import { INTERFACE_LANGUAGES, spokenLanguage } from '../../../../src/shared/language';

type Screens = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `screen.key` and text, in the order of the files. */
function flat(language: (typeof INTERFACE_LANGUAGES)[number]): [key: string, text: string][] {
  const screens: Screens = TEXTS[language];
  return Object.entries(screens).flatMap(([screen, texts]) =>
    Object.entries(texts).map(([key, text]): [string, string] => [`${screen}.${key}`, text]),
  );
}

const braces = (text: string) => [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].sort();
const english = new Map(flat('en'));

afterEach(() => setLanguage('en'));

describe.each(INTERFACE_LANGUAGES)('the texts in %s', (language) => {
  const texts = flat(language);

  it('have every key once, in the order of the English ones', () => {
    expect(texts.map(([key]) => key)).toEqual([...english.keys()]);
  });

  it.each(texts)('%s says something and fills in what the English one does', (key, text) => {
    expect(text.trim()).toBe(text);
    expect(text).not.toBe('');
    expect(braces(text)).toEqual(braces(english.get(key) ?? ''));
    expect(text.replaceAll(/\{\{\w+(, number)?\}\}/g, '')).not.toMatch(/[{}]/);
  });

  it('have both plural forms where they have one', () => {
    const keys = new Set(texts.map(([key]) => key));
    for (const key of keys) {
      if (key.endsWith('_one')) expect(keys).toContain(key.replace(/_one$/, '_other'));
      if (key.endsWith('_other')) expect(keys).toContain(key.replace(/_other$/, '_one'));
    }
  });

  it('keep typography: an apostrophe and quotation marks are the printed ones, an ellipsis is one sign', () => {
    for (const [key, text] of texts) expect(text, key).not.toMatch(/'|"|\.\.\./);
  });
});

describe('French', () => {
  it('has no line break before double punctuation', () => {
    for (const [key, text] of flat('fr')) expect(text, key).not.toMatch(/ [:;?!»]|« /);
  });

  it('speaks to a reader as “vous”', () => {
    for (const [key, text] of flat('fr')) expect(text, key).not.toMatch(/\b(tu|ton|ta|tes|toi)\b/i);
  });
});

describe('German', () => {
  it('speaks to a reader as “Sie”', () => {
    for (const [key, text] of flat('de')) expect(text, key).not.toMatch(/\b(du|dein|deine|deinen|dir|dich)\b/i);
  });
});

describe('t', () => {
  it('counts as the language does', () => {
    expect([0, 1, 2, 1_500].map((count) => t('shell.words', { count }))).toEqual(['0 words', '1 word', '2 words', '1,500 words']);
    setLanguage('de');
    expect([0, 1, 1_500].map((count) => t('shell.words', { count }))).toEqual(['0 Wörter', '1 Wort', '1.500 Wörter']);
    setLanguage('fr');
    expect([0, 1, 2, 1_000_000].map((count) => t('shell.words', { count }).replaceAll(/\s/g, ' '))).toEqual([
      '0 mot',
      '1 mot',
      '2 mots',
      '1 000 000 mots',
    ]);
  });

  it('fills in values as they are, markup and braces too', () => {
    expect(t('documents.moreFor', { name: '<b>&{{count}}</b>' })).toBe('More for <b>&{{count}}</b>');
    expect(t('documents.moreFor', { name: '$t(shell.copy)' })).toBe('More for $t(shell.copy)');
  });
});

describe('numbers, dates and names', () => {
  it('follow the language', () => {
    const date = new Date(2026, 4, 17, 14, 5);
    expect([formatNumber(1234.5, 1), formatUnit(2.5, 'gigabyte', 1), formatList(['A', 'B', 'C']), languageName('de')]).toEqual([
      '1,234.5',
      '2.5 GB',
      'A, B and C',
      'German',
    ]);
    setLanguage('fr');
    expect(currentLanguage()).toBe('fr');
    expect([formatNumber(0.5, 1), formatUnit(2, 'megabyte').replace(/\s/, ' '), formatList(['A', 'B']), languageName('de')]).toEqual([
      '0,5',
      '2 Mo',
      'A et B',
      'allemand',
    ]);
    expect(formatDateTime(date)).toContain('mai 2026');
    setLanguage('de');
    expect(formatDateTime(date)).toBe('17.05.2026, 14:05');
    expect(INTERFACE_LANGUAGES.map(ownName)).toEqual(['English', 'Deutsch', 'Français']);
  });
});

describe('spokenLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['it', 'fr-CA', 'de'], 'fr'],
    [['ja'], 'en'],
    [['EN-gb'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (preferred, expected) => {
    expect(spokenLanguage(preferred)).toBe(expected);
  });
});

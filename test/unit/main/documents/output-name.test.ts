import { describe, expect, test } from 'vitest';
import { bilingualPath, numbered, sourceName, translatedPath } from '../../../../src/main/documents/output-name';
import { namePatternProblem, USUAL_NAME_PATTERN } from '../../../../src/shared/output-name';

const PATTERNS = [USUAL_NAME_PATTERN, '{name}.{lang}', '{lang}-{name}', '{name} ({lang}) $&', '{name} [translated, {lang}]'];

describe.each(PATTERNS)('%s', (pattern) => {
  test('can be used', () => expect(namePatternProblem(pattern)).toBeNull());

  test.each(['report', 'de', 'a.b', 'report_de', '$1 & (b)'])('names %s so that its source is found again, numbered too', (name) => {
    const path = translatedPath(`/texts/${name}.docx`, 'de', { pattern });
    expect(sourceName(path.slice('/texts/'.length), 'de', pattern)).toBe(`${name}.docx`);
    expect(sourceName(numbered(path, 2).slice('/texts/'.length), 'de', pattern)).toBe(`${name}.docx`);
    expect(path).not.toBe(`/texts/${name}.docx`);
  });

  test('names the bilingual file alike, and both are known as made of the source', () => {
    const translation = translatedPath('/texts/report.docx', 'de', { pattern });
    const both = bilingualPath('/texts/report.docx', { from: 'en', to: 'de' }, numbered(translation, 3));
    expect(both).toBe(translation.replace(/\bde\b|(?<=_)de/, 'en-de'));
    expect(sourceName(both.slice('/texts/'.length), 'de', pattern)).toBe('report.docx');
  });
});

test('folder and extension are the caller’s', () => {
  expect(translatedPath('/texts/a.pdf', 'de', { pattern: '{name}.{lang}', folder: '/out', extension: '.docx' })).toBe('/out/a.de.docx');
});

test('a bilingual file beside a translation that was named otherwise has the usual name', () => {
  expect(bilingualPath('/texts/report.docx', { from: 'en', to: 'de' }, '/out/final.docx')).toBe('/out/report_en-de.docx');
});

test('what was translated under the usual name before is known under another pattern, too', () => {
  expect(sourceName('report_de.docx', 'de', '{name}.{lang}')).toBe('report.docx');
  expect(sourceName('report.docx', 'de', '{name}.{lang}')).toBeNull();
});

test.each([
  ['{lang}', 'no-name'],
  ['{name}{name}_{lang}', 'no-name'],
  ['{name}', 'no-language'],
  ['{name}/{lang}', 'forbidden'],
  ['{name}\\{lang}', 'forbidden'],
  ['{name}:{lang}', 'forbidden'],
  ['{name}_{lang}_{date}', 'unknown'],
  ['{name}_{lang}.', 'end'],
  ['.{name}_{lang}', 'end'],
  [`{name}_{lang}${'x'.repeat(100)}`, 'long'],
])('%s is refused: %s', (pattern, problem) => {
  expect(namePatternProblem(pattern)).toBe(problem);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutBoilerplate } from '../../../../../src/main/inference/summarize/boilerplate';
import { foreignLanguage, textProblem } from '../../../../../src/main/inference/summarize/check-text';
import { sentenceRanges } from '../../../../../src/main/inference/summarize/sentence-ranges';

function problemOf(text: string): string | null {
  const read = withoutBoilerplate(text);
  return textProblem(text, read, [...sentenceRanges(read)].length);
}

const GERMAN = `Wie aus den Unterlagen hervorgeht, wurde die Sitzung gestern Abend nach drei Stunden unterbrochen. Der Vorsitzende will sie morgen
früh fortsetzen. Die Gemeinde hofft auf eine Einigung noch in dieser Woche.`;

describe('textProblem', () => {
  it.each([
    ['', /no text/],
    [' \n\t', /no text/],
    ['Nothing to see here.', /short already: 4 words in 1 sentence\./],
    ['One ran. Two ran.', /short already: 4 words in 2 sentences\./],
    [`The package ${'holds many tools '.repeat(8)}.`, /short already: 26 words in 1 sentence/],
    ['1.5 2.7 3.8 4.0 | 7 % ----- 12.5 a b c 2017 2018 2019 =====', /numbers and signs: \d+ % of it are letters/],
    [
      '```\nconst sum = (a, b) => a + b;\nconst product = (a, b) => a * b;\nconst difference = (a, b) => a - b;\nexport { sum, product, difference };\nreturn sum(product(a, b), difference(c, d));\n```\n\nThree functions.',
      /code, tables or links but for 2 words of \d+/,
    ],
  ])('refuses %j', (text, message) => {
    expect(problemOf(text)).toMatch(message);
  });

  it('refuses bytes that are no text', () => {
    const bytes = readFileSync('test/fixtures/documents/docx/poi-61787.docx').toString('utf8');
    expect(problemOf(bytes)).toMatch(/not text/);
  });

  it('takes text of all kinds', () => {
    for (const name of ['01-usage', '04-mailing-lists', '06-whatsnext', '12-changes', '16-security']) {
      expect(problemOf(readFileSync(`test/fixtures/documents/txt/${name}.txt`, 'utf8')), name).toBeNull();
    }
    expect(problemOf('The cat sat on the mat all day. Then it got up and ran.')).toBeNull();
    expect(problemOf(`so ${'we went on and on about it '.repeat(10)}`)).toBeNull();
    expect(problemOf(`${'The cat sat. '.repeat(20)}${'😀'.repeat(30_000)}`.repeat(2))).toMatch(/signs/);
  });
});

describe('foreignLanguage', () => {
  it.each([
    [GERMAN, 'de'],
    [
      'Сегодня утром в столице прошло заседание комиссии. Участники обсудили бюджет на следующий год и план строительства новых школ.',
      'ru',
    ],
    [readFileSync('test/fixtures/documents/txt/01-usage.txt', 'utf8'), null],
    ['Guten Tag.', null],
  ])('of %j is %j', async (text, language) => {
    expect(await foreignLanguage(text, 'en')).toBe(language);
  });
});

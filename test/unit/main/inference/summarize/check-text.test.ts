import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textProblem } from '../../../../../src/main/inference/summarize/check-text';
import { sentenceRanges } from '../../../../../src/main/inference/summarize/sentence-ranges';

const problemOf = (text: string) => textProblem(text, [...sentenceRanges(text)].length, { name: 'Tiny', language: 'en' });

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
    [GERMAN, /in German; “Tiny” summarizes English/],
    [
      'Сегодня утром в столице прошло заседание комиссии. Участники обсудили бюджет на следующий год и план строительства новых школ.',
      /in Russian/,
    ],
  ])('refuses %j', async (text, message) => {
    expect(await problemOf(text)).toMatch(message);
  });

  it('refuses bytes that are no text', async () => {
    const bytes = readFileSync('test/fixtures/documents/docx/poi-61787.docx').toString('utf8');
    expect(await problemOf(bytes)).toMatch(/not text/);
  });

  it('takes English of all kinds', async () => {
    for (const name of ['01-usage', '04-mailing-lists', '06-whatsnext', '12-changes', '16-security']) {
      expect(await problemOf(readFileSync(`test/fixtures/documents/txt/${name}.txt`, 'utf8')), name).toBeNull();
    }
    expect(await problemOf('The cat sat on the mat all day. Then it got up and ran.')).toBeNull();
    expect(await problemOf(`so ${'we went on and on about it '.repeat(10)}`)).toBeNull();
    expect(await problemOf(`${'The cat sat. '.repeat(20)}${'😀'.repeat(30_000)}`.repeat(2))).toMatch(/signs/);
  });
});

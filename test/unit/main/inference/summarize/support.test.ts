import { describe, expect, it } from 'vitest';
import type { Range } from '../../../../../src/shared/inference/summary';
import { numberMentions, numberValues } from '../../../../../src/main/inference/summarize/numbers';
import { sentenceRanges, unwrapped } from '../../../../../src/main/inference/summarize/sentence-ranges';
import { SourceIndex } from '../../../../../src/main/inference/summarize/support';
import { stemOf } from '../../../../../src/main/inference/summarize/words';

const NETPBM = `Netpbm is a toolkit for manipulation of graphic images, including conversion of images between a variety of different formats.
There are over 220 separate tools in the package including converters for more than 80 graphics formats. This development package contains
the library and header files for the pbm, pgm, pnm, and ppm graphics formats. It was begun by Jef Poskanzer in 1988 and had 1,500 users by
then; five people maintain it. Optical character recognition is not among its uses.`;

const WORDS = `This study explores the role of speech register and prosody for the task of word segmentation. Since these two factors are
thought to play an important role in early language acquisition, we aim to quantify their contribution for this task. We study a Japanese
corpus containing both infant- and adult-directed speech.`;

const rangesOf = (text: string) => [...sentenceRanges(text)];
const textOf = (text: string, { start, end }: Range) => text.slice(start, end).replace(/\s+/g, ' ');

function finished<T>(steps: Generator<null, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function supportOf(source: string, summary: string) {
  const index = finished(SourceIndex.of(source, rangesOf(source)));
  return rangesOf(summary).map((range) => {
    const { sources, unknown } = index.support(summary, range);
    return {
      sources: sources.map((found) => textOf(source, found)),
      scores: sources.map(({ score }) => score),
      unknown: unknown.map((found) => `${found.kind} ${textOf(summary, found)}`),
    };
  });
}

describe('support', () => {
  it('links a sentence to those of the source that say it, best first', () => {
    const [first, second] = supportOf(
      NETPBM,
      'The package has converters for many graphics formats. Five maintainers look after the toolkit.',
    );
    expect(first?.sources[0]).toMatch(/^There are over 220/);
    expect(second?.sources.join()).toContain('five people maintain it');
    expect(first?.scores).toEqual(first?.scores.toSorted((a, b) => b - a));
  });

  it('links a sentence that puts two together to both', () => {
    const [joined] = supportOf(NETPBM, 'Netpbm converts images between formats and was begun by Jef Poskanzer.');
    expect(joined?.sources.join()).toMatch(/begun by Jef.*Netpbm is a toolkit/s);
  });

  it('leaves a sentence without sources that none supports', () => {
    for (const summary of ['The weather in Paris was mild this spring.', 'A database keeps the passwords of all customers.']) {
      expect(supportOf(NETPBM, summary)[0]?.sources).toEqual([]);
      expect(supportOf(WORDS, summary)[0]?.sources).toEqual([]);
    }
    const [title] = supportOf(WORDS, 'The Role of Prosody and Speech Register in Word Segmentation');
    expect(title?.sources[0]).toMatch(/^This study explores/);
    expect(supportOf(NETPBM, 'The Role of Prosody and Speech Register in Word Segmentation')[0]?.sources).toEqual([]);
  });

  it('gives the ranges of a list without its bullets', () => {
    const summary = '- Netpbm is a toolkit.\n- It has 220 tools.';
    expect(rangesOf(summary).map((range) => textOf(summary, range))).toEqual(['Netpbm is a toolkit.', 'It has 220 tools.']);
  });

  it.each([
    ['It has 220 tools, 1500 users and 5 maintainers.', []],
    ['It has two hundred and twenty tools and 1.5 thousand users.', []],
    ['It has 230 tools, begun in 1989 by six people.', ['number 230', 'number 1989', 'number six']],
    ['It is one toolkit by Jef Poskanzer.', []],
    ['It was begun by Jeff Poskanzer in Berlin.', ['name Jeff', 'name Berlin']],
    ['Berlin is not the first word that counts.', []],
    ['It does OCR and PDF.', ['name PDF']],
    ['A Toolkit for Converting Pictures by Margaret', []],
    ['GPT-4 converts PBM.', ['name GPT-4']],
  ])('finds what the source does not hold in %j', (summary, unknown) => {
    expect(supportOf(NETPBM, summary).flatMap((sentence) => sentence.unknown)).toEqual(unknown);
  });
});

describe('numbers', () => {
  it.each([
    ['1,000', '1000'],
    ['1000', '1000'],
    ['one thousand', '1000'],
    ['1\u202f000', '1000'],
    ['1 thousand', '1000'],
    ['3.50', '3.5'],
    ['1.5 million', '1500000'],
    ['twenty-one', '21'],
    ['two hundred and five thousand', '205000'],
    ['2.0.1', '2.0.1'],
    ['v2.1', '2.1'],
    ['3rd', '3'],
  ])('reads %j', (text, value) => {
    expect(numberMentions(`it is ${text} here`).map((mention) => mention.value)).toEqual([value]);
  });

  it('takes names and pronouns for what they are, but knows their numbers', () => {
    expect(numberMentions('One of the GPT-4, H2O and x86 ones, someone and often')).toEqual([]);
    expect(numberValues('COVID-19 was first')).toEqual(new Set(['19', '1']));
  });
});

describe('stems', () => {
  it('brings the forms of a word together', () => {
    for (const forms of [
      'study studies studied studying',
      'run running runs',
      'quick quickly',
      'segment segments segmented',
      'create creates created creating',
    ])
      expect(new Set(forms.split(' ').map(stemOf)).size, forms).toBe(1);
  });
});

describe('unwrapped', () => {
  it('joins full lines and leaves the others', () => {
    expect(rangesOf(NETPBM).map((range) => textOf(NETPBM, range))).toHaveLength(5);
    const list = 'The following tools are part of the package that is installed:\n- pnmtopng converts\n- pngtopnm converts back\n\nThe end';
    expect(unwrapped(list)).toBe(list);
    expect(unwrapped(NETPBM)).toHaveLength(NETPBM.length);
  });
});

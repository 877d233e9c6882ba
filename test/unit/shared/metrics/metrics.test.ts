import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bleu, tokenize13a } from '../../../../src/shared/metrics/bleu';
import { pairedBootstrap, type Interval } from '../../../../src/shared/metrics/bootstrap';
import { chrf } from '../../../../src/shared/metrics/chrf';
import { corpusScore, type Metric } from '../../../../src/shared/metrics/metric';

/** What `sacrebleu REFERENCE -i OUTPUT -m bleu|chrf -b -w 8` of version 2.6.0 printed for these lines. */
const PRINTED = z
  .array(
    z.strictObject({
      name: z.string(),
      bleu: z.number(),
      chrf: z.number(),
      lines: z.array(z.strictObject({ output: z.string(), reference: z.string() })),
    }),
  )
  .parse(JSON.parse(readFileSync('test/unit/shared/metrics/sacrebleu.json', 'utf8')));

describe('scores are sacreBLEU’s to the last digit that it prints', () => {
  it.each(PRINTED)('$name', ({ lines, bleu: printedBleu, chrf: printedChrf }) => {
    expect(Number(corpusScore(bleu, lines).toFixed(8))).toBe(printedBleu);
    expect(Number(corpusScore(chrf, lines).toFixed(8))).toBe(printedChrf);
  });

  it('of nothing are 0, of the same text 100', () => {
    expect([corpusScore(bleu, []), corpusScore(chrf, [])]).toEqual([0, 0]);
    const same = [{ output: 'Das ist ein ganzer Satz.', reference: 'Das ist ein ganzer Satz.' }];
    expect(corpusScore(bleu, same)).toBeCloseTo(100, 10);
    expect(corpusScore(chrf, same)).toBeCloseTo(100, 10);
  });
});

describe('tokenizer 13a', () => {
  it.each([
    ['Er kam um 3.30 Uhr, ging 5-mal.', 'Er kam um 3.30 Uhr , ging 5 - mal .'],
    ['(a&amp;b)', '( a & b )'],
    ['1.000,5 und x.y', '1.000,5 und x . y'],
  ])('%s', (line, tokens) => {
    expect(tokenize13a(line).join(' ')).toBe(tokens);
  });
});

describe('the paired bootstrap', () => {
  const [hybrid, llm] = PRINTED;
  const countsOf = (metric: Metric, set: (typeof PRINTED)[number] | undefined) =>
    (set?.lines ?? []).map(({ output, reference }) => metric.counts(output, reference));
  const interval = (metric: Metric, a: number[][], b: number[][]): Interval => {
    const steps = pairedBootstrap(metric, a, b);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };

  it.each([bleu, chrf])('of $name holds the difference, and is the same each time', (metric) => {
    const found = interval(metric, countsOf(metric, llm), countsOf(metric, hybrid));
    const key = metric.name === 'BLEU' ? 'bleu' : 'chrf';
    expect(found.difference).toBeCloseTo((hybrid?.[key] ?? 0) - (llm?.[key] ?? 0), 7);
    expect(found.low).toBeLessThan(found.difference);
    expect(found.high).toBeGreaterThan(found.difference);
    expect(interval(metric, countsOf(metric, llm), countsOf(metric, hybrid))).toEqual(found);
    const turned = interval(metric, countsOf(metric, hybrid), countsOf(metric, llm));
    expect(turned.low).toBeCloseTo(-found.high, 9);
    expect(turned.high).toBeCloseTo(-found.low, 9);
  });

  it('of the same output is nothing', () => {
    const counts = countsOf(chrf, llm);
    expect(interval(chrf, counts, counts)).toEqual({ difference: 0, low: 0, high: 0 });
  });

  it('is as wide as the normal approximation says, where lines differ at random', () => {
    // One word a line, right or wrong: the mean's standard error is known.
    const right = [{ output: 'abcdefgh', reference: 'abcdefgh' }];
    const wrong = [{ output: 'ijklmnop', reference: 'abcdefgh' }];
    const counts = (isRight: (i: number) => boolean) =>
      Array.from({ length: 400 }, (_, i) =>
        (isRight(i) ? right : wrong).flatMap(({ output, reference }) => chrf.counts(output, reference)),
      );
    const { difference, low, high } = interval(
      chrf,
      counts(() => false),
      counts((i) => i % 4 === 0),
    );
    expect(difference).toBeCloseTo(25, 5);
    const expected = 2 * 1.96 * 100 * Math.sqrt((0.25 * 0.75) / 400);
    expect(high - low).toBeGreaterThan(0.85 * expected);
    expect(high - low).toBeLessThan(1.15 * expected);
  });

  it('refuses lines that do not pair', () => {
    expect(() => interval(chrf, [[1]], [])).toThrow(/got 1 and 0 lines/);
  });
});

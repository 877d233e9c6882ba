import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { corpusScore } from '../../../../src/shared/metrics/metric';
import { porterStem } from '../../../../src/shared/metrics/porter';
import { rouge1, rouge2, rougeL } from '../../../../src/shared/metrics/rouge';

/**
 * F1 that rouge-score 0.1.2 gave with stemming: summaries by tandem-summary and first sentences against titles of the ACL Anthology and the
 * short descriptions of Debian packages; at the end what is odd.
 */
const SCORED = z
  .array(z.strictObject({ output: z.string(), reference: z.string(), rouge1: z.number(), rouge2: z.number(), rougeL: z.number() }))
  .parse(JSON.parse(readFileSync('test/unit/shared/metrics/rouge-score.json', 'utf8')));

describe('ROUGE is rouge-score’s', () => {
  it.each([rouge1, rouge2, rougeL])('$name of every pair, to the last bit', (metric) => {
    const { id } = metric;
    if (id === 'bleu' || id === 'chrf') throw new Error(`got ${id}, expected a ROUGE`);
    expect(SCORED.length).toBeGreaterThan(100);
    for (const pair of SCORED) expect(metric.counts(pair.output, pair.reference)).toEqual([pair[id], 1]);
    const mean = SCORED.reduce((sum, pair) => sum + pair[id], 0) / SCORED.length;
    expect(corpusScore(metric, SCORED)).toBeCloseTo(100 * mean, 10);
  });

  it('of nothing is 0', () => {
    expect([rouge1, rouge2, rougeL].map((metric) => corpusScore(metric, []))).toEqual([0, 0, 0]);
  });
});

describe('Porter’s stemmer, as NLTK has it', () => {
  it.each([
    'skies sky, dying die, news news, innings inning, ties tie, caresses caress, ponies poni, cats cat, this thi',
    'agreed agre, feed feed, plastered plaster, bled bled, motoring motor, sing sing, conflated conflat, troubled troubl, sized size',
    'hopping hop, falling fall, hissing hiss, filing file, failing fail, tried tri, died die, enjoy enjoy, happily happili, spying spi, by by',
    'relational relat, conditional condit, valency valenc, hesitancy hesit, digitizer digit, comfortably comfort, radically radic',
    'differently differ, vilely vile, analogously analog, vietnamization vietnam, predication predic, operator oper, feudalism feudal',
    'decisiveness decis, hopefulness hope, callousness callous, formality formal, sensitivity sensit, sensibility sensibl, hopefully hope',
    'geology geolog, theologies theolog, triplicate triplic, formative form, formalize formal, electricity electr, electrical electr',
    'goodness good, revival reviv, allowance allow, inference infer, airliner airlin, gyroscopic gyroscop, adjustable adjust',
    'defensible defens, irritant irrit, replacement replac, adjustment adjust, dependent depend, adoption adopt, communion communion',
    'homologou homolog, communism commun, activate activ, angularity angular, effective effect, bowdlerize bowdler, probate probat',
    'rate rate, cease ceas, controlling control, rolls roll, syzygy syzygi, owing owe, yyyy yyyi, 1990s 1990',
  ])('%s', (line) => {
    const words = line.split(', ').map((pair) => pair.split(' '));
    expect(words.map(([word = '']) => porterStem(word))).toEqual(words.map(([, stem]) => stem));
  });
});

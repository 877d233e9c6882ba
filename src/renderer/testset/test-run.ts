/** What a run over a test set measured, and the scores that follow from it. Pure. */
import { type RequestLane } from '../../shared/inference';
import { bleu } from '../../shared/metrics/bleu';
import { pairedBootstrap, type Interval } from '../../shared/metrics/bootstrap';
import { chrf } from '../../shared/metrics/chrf';
import { type Metric } from '../../shared/metrics/metric';
import { spreadOf } from '../compare/spread';
import { type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { type TestPair } from './test-set';

/** What one lane wrote for one sentence. */
export interface LaneLine {
  output: string;
  tokens: number;
  /** Milliseconds: the whole, and how much of it encoding, as measured. */
  totalMs: number;
  encodeMs: number;
  decodeMs: number;
  repaired: number;
  flagged: number;
  bleuCounts: readonly number[];
  chrfCounts: readonly number[];
}

export interface TestLine {
  pair: TestPair;
  lanes: Readonly<Partial<Record<RequestLane, LaneLine>>>;
}

export interface LaneScore {
  lane: RequestLane;
  bleu: number;
  chrf: number;
  /** The difference to the reference lane; null for itself. */
  against: { bleu: Interval; chrf: Interval } | null;
  /** All sentences and the median one, each with its one encoding counted in. */
  totalMs: number;
  medianMs: number;
  tokens: number;
  /** While writing; null where nothing was written. */
  tokensPerSecond: number | null;
  /** How many times as fast as the reference lane, in the median sentence; null for itself. */
  faster: number | null;
  repaired: number;
  flagged: number;
}

export function laneLine({ reference }: TestPair, { output, tokens, timings, repaired, flagged }: Generation): LaneLine {
  const text = wholeText(output);
  return {
    output: text,
    tokens,
    totalMs: timings.totalMs,
    encodeMs: timings.encodeMs,
    decodeMs: timings.decodeMs,
    repaired: repaired ?? 0,
    flagged: flagged.length,
    bleuCounts: bleu.counts(text, reference),
    chrfCounts: chrf.counts(text, reference),
  };
}

/** As in a comparison: whichever lane was first has read the sentence for all that use its encoding. */
export function fairMs({ lanes }: TestLine, lane: RequestLane, readsEncoding: boolean): number {
  const own = lanes[lane];
  if (own === undefined) return 0;
  const encodeMs = readsEncoding ? Math.max(0, ...Object.values(lanes).map((line) => line.encodeMs)) : 0;
  return own.totalMs - own.encodeMs + encodeMs;
}

/** The first of `lanes` is the reference. Every lane has a line for each sentence. Yields now and then, that others may run. */
export function* scoresOf(
  lines: readonly TestLine[],
  lanes: readonly RequestLane[],
  readsEncoding: (lane: RequestLane) => boolean,
): Generator<null, LaneScore[], undefined> {
  const [reference] = lanes;
  const linesOf = (lane: RequestLane) => lines.flatMap((line) => line.lanes[lane] ?? []);
  const timesOf = (lane: RequestLane) => lines.map((line) => fairMs(line, lane, readsEncoding(lane)));
  const ratiosOf = (lane: RequestLane, other: RequestLane) => {
    const own = timesOf(lane);
    return timesOf(other).flatMap((ms, index) => (own[index] ? [ms / own[index]] : []));
  };
  const scores: LaneScore[] = [];
  for (const lane of lanes) {
    const own = linesOf(lane);
    const isReference = lane === reference;
    let against: LaneScore['against'] = null;
    if (!isReference && reference !== undefined && own.length > 0) {
      const other = linesOf(reference);
      const countsOf = (list: readonly LaneLine[], metric: Metric) =>
        list.map((line) => (metric === bleu ? line.bleuCounts : line.chrfCounts));
      against = {
        bleu: yield* pairedBootstrap(bleu, countsOf(other, bleu), countsOf(own, bleu)),
        chrf: yield* pairedBootstrap(chrf, countsOf(other, chrf), countsOf(own, chrf)),
      };
    }
    const decodeMs = sum(own.map((line) => line.decodeMs));
    const tokens = sum(own.map((line) => line.tokens));
    scores.push({
      lane,
      bleu: bleu.score(
        summed(
          own.map(({ bleuCounts }) => bleuCounts),
          bleu.size,
        ),
      ),
      chrf: chrf.score(
        summed(
          own.map(({ chrfCounts }) => chrfCounts),
          chrf.size,
        ),
      ),
      against,
      totalMs: sum(timesOf(lane)),
      medianMs: spreadOf(timesOf(lane))?.median ?? 0,
      tokens,
      tokensPerSecond: tokens > 0 && decodeMs > 0 ? (1000 * tokens) / decodeMs : null,
      faster: isReference || reference === undefined ? null : (spreadOf(ratiosOf(lane, reference))?.median ?? null),
      repaired: sum(own.map((line) => line.repaired)),
      flagged: sum(own.map((line) => line.flagged)),
    });
  }
  return scores;
}

export interface Loss {
  line: TestLine;
  /** chrF of the sentence in the lane less that in the reference lane. */
  difference: number;
}

/** The sentences in which a lane loses most to the reference lane, the worst first. */
export function losses(lines: readonly TestLine[], lane: RequestLane, reference: RequestLane, most: number): Loss[] {
  return lines
    .flatMap((line): Loss[] => {
      const [own, other] = [line.lanes[lane], line.lanes[reference]];
      return own && other ? [{ line, difference: chrf.score(own.chrfCounts) - chrf.score(other.chrfCounts) }] : [];
    })
    .filter(({ difference }) => difference < -0.5)
    .sort((a, b) => a.difference - b.difference)
    .slice(0, most);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function summed(counts: readonly (readonly number[])[], size: number): Float64Array {
  const sums = new Float64Array(size);
  for (const line of counts) line.forEach((count, i) => (sums[i] = (sums[i] ?? 0) + count));
  return sums;
}

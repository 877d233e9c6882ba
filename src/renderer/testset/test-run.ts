/** What a run over a test set measured, and the scores that follow from it. Pure. */
import type { RequestLane } from '../../shared/inference/lanes';
import { pairedBootstrap, type Interval } from '../../shared/metrics/bootstrap';
import { sumsOf, type Metric } from '../../shared/metrics/metric';
import { readsEncoding, taskOf, type Compared } from '../compare/compared';
import { spreadOf } from '../compare/spread';
import { type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { countWords, leadsOf, leadText, METRICS, RANKING, type Writer } from './measures';
import { type TestPair } from './test-set';

/** What was written for one text. */
export interface Written {
  output: string;
  words: number;
  /** Of each metric of the task. */
  counts: readonly (readonly number[])[];
  /** Null where no lane wrote it. */
  work: LaneWork | null;
}

export interface LaneWork {
  tokens: number;
  /** Milliseconds: the whole, and how much of it encoding, as measured. */
  totalMs: number;
  encodeMs: number;
  decodeMs: number;
  repaired: number;
  flagged: number;
}

/** A pair of the test set, and what was written for its source. */
export interface TestLine {
  pair: TestPair;
  written: Readonly<Partial<Record<Writer, Written>>>;
}

export interface WriterScore {
  writer: Writer;
  values: readonly MetricValue[];
  /** Words written, over words of the references. */
  lengthRatio: number;
  /** Null where no lane wrote it. */
  speed: Speed | null;
}

export interface MetricValue {
  metric: Metric;
  score: number;
  /** The difference to the reference lane; null for itself. */
  against: Interval | null;
  /** Whether that is more than chance, as far as enough lines can tell. */
  isSure: boolean;
}

export interface Speed {
  /** All texts and the median one, milliseconds, each with its one encoding counted in. */
  totalMs: number;
  medianMs: number;
  tokens: number;
  /** While writing; null where nothing was written. */
  tokensPerSecond: number | null;
  /** How many times as fast as the reference lane, in the median text; null for itself. */
  faster: number | null;
  repaired: number;
  flagged: number;
}

/** What the lanes wrote for a text, and the beginning of it where that can stand for what they write. */
export function testLine(
  choice: Compared,
  pair: TestPair,
  generations: readonly (readonly [RequestLane, Generation<unknown>])[],
): TestLine {
  const task = taskOf(choice);
  const written = (output: string, work: LaneWork | null): Written => ({
    output,
    words: countWords(output),
    counts: METRICS[task].map((metric) => metric.counts(output, pair.reference)),
    work,
  });
  return {
    pair,
    written: Object.fromEntries([
      ...generations.map(([lane, generation]) => [lane, written(wholeText(generation.output), workOf(generation))] as const),
      ...leadsOf(task).map((lead) => [lead, written(leadText(pair.source, lead), null)] as const),
    ]),
  };
}

/** A text that the engine finds nothing in to summarize has an empty output. */
export const isUnfit = ({ phase, error }: Generation<unknown>): boolean => phase === 'failed' && error?.code === 'unfit-text';

function workOf(generation: Generation<unknown>): LaneWork {
  const { tokens, timings, repaired, flagged } = generation;
  const { totalMs, encodeMs, decodeMs } = timings;
  return { tokens, totalMs, encodeMs, decodeMs, repaired: repaired ?? 0, flagged: isUnfit(generation) ? 1 : flagged.length };
}

/** As in a comparison: whichever lane was first has read the text for all that use its encoding. */
export function fairMs({ written }: TestLine, lane: RequestLane, choice: Compared): number {
  const own = written[lane]?.work;
  if (own == null) return 0;
  const encodeMs = readsEncoding(choice, lane) ? Math.max(0, ...Object.values(written).map(({ work }) => work?.encodeMs ?? 0)) : 0;
  return own.totalMs - own.encodeMs + encodeMs;
}

/** The first lane is the reference. Every lane has written something for each line. Yields now and then, that others may run. */
export function* scoresOf(lines: readonly TestLine[], choice: Compared): Generator<null, WriterScore[], undefined> {
  const task = taskOf(choice);
  const scores: WriterScore[] = [];
  for (const writer of [...choice.lanes, ...leadsOf(task)]) {
    const values: MetricValue[] = [];
    for (const [index, metric] of METRICS[task].entries()) values.push(yield* valueOf(lines, writer, choice.lanes[0], metric, index));
    scores.push({ writer, values, lengthRatio: lengthRatioOf(lines, writer), speed: speedOf(lines, writer, choice) });
  }
  return scores;
}

function* valueOf(
  lines: readonly TestLine[],
  writer: Writer,
  reference: RequestLane | undefined,
  metric: Metric,
  index: number,
): Generator<null, MetricValue, undefined> {
  const countsOf = (who: Writer) => lines.flatMap(({ written }) => (written[who]?.counts[index] ? [written[who].counts[index]] : []));
  const own = countsOf(writer);
  const isReference = writer === reference || reference === undefined;
  const against = isReference ? null : yield* pairedBootstrap(metric, countsOf(reference), own);
  const isSure = against !== null && !isFew(lines) && (against.low > 0 || against.high < 0);
  return { metric, score: metric.score(sumsOf(metric, own)), against, isSure };
}

/** An interval of so few lines is too narrow: a resample holds only what was drawn from them. */
export const FEWEST_LINES = 30;

export const isFew = (lines: readonly TestLine[]): boolean => lines.length < FEWEST_LINES;

function lengthRatioOf(lines: readonly TestLine[], writer: Writer): number {
  const words = sum(lines.map(({ written }) => written[writer]?.words ?? 0));
  return words / Math.max(1, sum(lines.map(({ pair }) => countWords(pair.reference))));
}

function speedOf(lines: readonly TestLine[], writer: Writer, choice: Compared): Speed | null {
  const lane = choice.lanes.find((candidate) => candidate === writer);
  const [reference] = choice.lanes;
  if (lane === undefined || reference === undefined) return null;
  const work = lines.flatMap(({ written }) => written[lane]?.work ?? []);
  const ownMs = lines.map((line) => fairMs(line, lane, choice));
  const ratios = lines.flatMap((line, index) => (ownMs[index] ? [fairMs(line, reference, choice) / ownMs[index]] : []));
  const decodeMs = sum(work.map((own) => own.decodeMs));
  const tokens = sum(work.map((own) => own.tokens));
  return {
    totalMs: sum(ownMs),
    medianMs: spreadOf(ownMs)?.median ?? 0,
    tokens,
    tokensPerSecond: tokens > 0 && decodeMs > 0 ? (1000 * tokens) / decodeMs : null,
    faster: lane === reference ? null : (spreadOf(ratios)?.median ?? null),
    repaired: sum(work.map((own) => own.repaired)),
    flagged: sum(work.map((own) => own.flagged)),
  };
}

export interface Loss {
  line: TestLine;
  /** Score of the text as `writer` has it less that as `than` has it. */
  difference: number;
}

export interface Losses {
  writer: Writer;
  than: Writer;
  metric: Metric;
  /** The worst first. */
  losses: readonly Loss[];
}

/**
 * The texts in which the hybrid, or else the lane that loses most, falls furthest behind the reference lane; where no lane does, those in which the
 * reference lane falls behind the first sentence. Null where nothing is lost.
 */
export function worstOf(lines: readonly TestLine[], choice: Compared, most: number): Losses | null {
  const [reference, ...others] = choice.lanes;
  if (reference === undefined) return null;
  const task = taskOf(choice);
  const metric = RANKING[task];
  const index = METRICS[task].indexOf(metric);
  const scoreOf = (line: TestLine, writer: Writer) => metric.score(line.written[writer]?.counts[index] ?? []);
  const between = (writer: Writer, than: Writer): Losses => {
    const losses = lines.map((line) => ({ line, difference: scoreOf(line, writer) - scoreOf(line, than) }));
    const noted = losses.filter(({ difference }) => difference < -0.5).sort((a, b) => a.difference - b.difference);
    return { writer, than, metric, losses: noted.slice(0, most) };
  };
  const lostBy = (losses: Losses) => sum(losses.losses.map(({ difference }) => difference));
  const lanes = others.map((lane) => between(lane, reference)).sort((a, b) => lostBy(a) - lostBy(b));
  const candidates = [
    ...lanes.filter(({ writer }) => writer === 'hybrid'),
    ...lanes,
    ...leadsOf(task).map((lead) => between(reference, lead)),
  ];
  return candidates.find(({ losses }) => losses.length > 0) ?? null;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * What a comparison measured and what follows from it. Pure; knows no client, store or view.
 *
 * Fair means: the first lane of a round reads the text, the others find its encoding kept. Every lane that needs the encoding is
 * therefore counted with the time its round took to encode once, whichever lane that was.
 */
import type { Speculation } from '../../shared/inference/events';
import type { RequestLane } from '../../shared/inference/lanes';
import type { StageTimings } from '../../shared/inference/timings';
import { formatNumber, formatPercent, t } from '../i18n/i18n';
import { times, tokensPerSecond } from '../translate/timeline';
import { spreadOf, type Spread } from './spread';
import { type WordDifference } from './words';

/** One finished run of one lane. */
export interface LaneRun {
  lane: RequestLane;
  /** 0 is the warm-up, which does not count. */
  round: number;
  /** In the order of its round, from 0. */
  position: number;
  text: string;
  segments: number;
  tokens: number;
  reusedEncodings: number;
  /** Sentences that the LLM wrote in place of the lane. */
  repaired: number;
  /** Sentences that a reader should check. */
  flagged: number;
  /** What drafting came to; null in lanes that do not draft. */
  speculation: Speculation | null;
  timings: StageTimings;
  /** Of the time to encode, what passed before the first token. */
  firstEncodeMs: number;
}

/** A run with its round's encoding counted in, milliseconds. */
export interface FairRun {
  run: LaneRun;
  /** What this round took to encode; 0 for a lane that does not read with the large encoder, or where no lane of the round encoded. */
  encodeMs: number;
  /** What the lane took for itself, encoding aside. */
  ownMs: number;
  /** Both together. */
  totalMs: number;
  firstTokenMs: number | null;
}

export interface LaneSummary {
  lane: RequestLane;
  /** Counted rounds. */
  rounds: number;
  total: Spread;
  firstToken: Spread | null;
  /** While writing. */
  tokensPerSecond: Spread | null;
  tokens: number;
  /** Whether it uses what the large encoder read. */
  readsEncoding: boolean;
  /** Median time that finding the encoding kept saved it, in the rounds where it did; null where it never did. */
  sparedMs: number | null;
  /** In how many of the counted rounds it did. */
  sparedRounds: number;
  /** How many times as fast as the reference: decoding a token, and the whole. Null for the reference, and without measure. */
  faster: { perToken: number | null; whole: number } | null;
  /** Each stage's median, without the time to encode; `totalMs` is that of the lane's own work and no less than its stages. */
  own: StageTimings;
  /** Different outputs over the rounds; more than one is a surprise. */
  texts: number;
}

/** Lanes take turns in being first. */
export function roundOrder(lanes: readonly RequestLane[], round: number): RequestLane[] {
  const shift = Math.max(0, round - 1) % lanes.length;
  return [...lanes.slice(shift), ...lanes.slice(0, shift)];
}

export const isCounted = (run: LaneRun) => run.round > 0;

/** Uses the large encoder's reading, its own or a kept one. */
const readsEncoding = (run: LaneRun) => run.timings.encodeMs > 0 || run.reusedEncodings > 0;

export function fairRuns(runs: readonly LaneRun[]): FairRun[] {
  return runs.map((run) => {
    const readers = readsEncoding(run) ? runs.filter((other) => other.round === run.round && readsEncoding(other)) : [];
    const encodeMs = Math.max(0, ...readers.map((reader) => reader.timings.encodeMs));
    const firstEncodeMs = Math.max(0, ...readers.map((reader) => reader.firstEncodeMs));
    const { timings } = run;
    const ownMs = timings.totalMs - timings.encodeMs;
    return {
      run,
      encodeMs,
      ownMs,
      totalMs: ownMs + encodeMs,
      firstTokenMs: timings.firstTokenMs === null ? null : timings.firstTokenMs - run.firstEncodeMs + firstEncodeMs,
    };
  });
}

/** One summary for each lane with a counted run, the first of `lanes` is the reference. */
export function summarize(lanes: readonly RequestLane[], runs: readonly LaneRun[]): LaneSummary[] {
  const counted = fairRuns(runs).filter(({ run }) => isCounted(run));
  const reference = counted.filter(({ run }) => run.lane === lanes[0]);
  return lanes.flatMap((lane) => summarizeLane(lane, counted, reference) ?? []);
}

function summarizeLane(lane: RequestLane, counted: readonly FairRun[], reference: readonly FairRun[]): LaneSummary | null {
  const mine = counted.filter(({ run }) => run.lane === lane);
  const first = mine[0]?.run;
  const total = spreadOf(mine.map(({ totalMs }) => totalMs));
  if (first === undefined || total === null) return null;
  const referenceTotal = spreadOf(reference.map(({ totalMs }) => totalMs));
  const spared = spreadOf(mine.flatMap((fair) => sparedBy(fair) ?? []));
  const isReference = reference[0]?.run.lane === lane;
  return {
    lane,
    rounds: mine.length,
    total,
    firstToken: spreadOf(mine.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])),
    tokensPerSecond: decodeRates(mine),
    tokens: first.tokens,
    readsEncoding: mine.some(({ run }) => readsEncoding(run)),
    sparedMs: spared?.median ?? null,
    sparedRounds: spared?.count ?? 0,
    faster:
      isReference || referenceTotal === null || total.median <= 0
        ? null
        : { perToken: ratio(decodeRates(mine)?.median, decodeRates(reference)?.median), whole: referenceTotal.median / total.median },
    own: medianStages(mine),
    texts: new Set(mine.map(({ run }) => run.text)).size,
  };
}

function medianStages(runs: readonly FairRun[]): StageTimings {
  const median = (value: (fair: FairRun) => number) => spreadOf(runs.map(value))?.median ?? 0;
  const stages = {
    tokenizeMs: median(({ run }) => run.timings.tokenizeMs),
    encodeMs: 0,
    projectMs: median(({ run }) => run.timings.projectMs),
    prefillMs: median(({ run }) => run.timings.prefillMs),
    decodeMs: median(({ run }) => run.timings.decodeMs),
    detokenizeMs: median(({ run }) => run.timings.detokenizeMs),
  };
  const sumMs = Object.values(stages).reduce((sum, ms) => sum + ms, 0);
  return {
    ...stages,
    totalMs: Math.max(
      sumMs,
      median(({ ownMs }) => ownMs),
    ),
    firstTokenMs: null,
  };
}

/** Milliseconds that a run did not spend on encoding, because it was done before it in its round; null for the run that did it. */
export function sparedBy({ run, encodeMs }: FairRun): number | null {
  const spared = encodeMs - run.timings.encodeMs;
  return run.reusedEncodings > 0 && spared > 0 ? spared : null;
}

/** Median time that the rounds took to encode once; null where no lane encoded. */
export function sharedEncode(runs: readonly LaneRun[]): Spread | null {
  const byRound = new Map<number, number>();
  for (const { run, encodeMs } of fairRuns(runs)) {
    if (isCounted(run) && encodeMs > 0) byRound.set(run.round, encodeMs);
  }
  return spreadOf([...byRound.values()]);
}

/** Tokens a second while writing; null where none were written. */
const decodeRates = (runs: readonly FairRun[]) => spreadOf(runs.flatMap(({ run }) => tokensPerSecond(run.tokens, run.timings) ?? []));

function ratio(a: number | undefined, b: number | undefined): number | null {
  return a === undefined || b === undefined || b === 0 ? null : a / b;
}

/** E.g. `3.4x faster`, `1.2x slower`, `as fast`. */
export function describeSpeed(faster: number): string {
  if (faster > 1.05) return t('compare.faster', { times: times(faster) });
  return faster < 0.95 ? t('compare.slower', { times: times(1 / faster) }) : t('compare.asFast');
}

/** E.g. `12 of 20 drafts kept`. */
export function describeDrafts({ drafted, accepted, gaveUp }: Speculation): string {
  const kept = { accepted: formatNumber(accepted), drafted: formatNumber(drafted) };
  return gaveUp ? t('compare.draftsGivenUp', kept) : t('compare.draftsKept', kept);
}

/** Only what is all the same is called 100 %. */
export function describeSame({ sameShare }: WordDifference): string {
  return sameShare === 1 ? t('compare.everyWordSame') : t('compare.wordsSame', { percent: formatPercent(Math.min(0.99, sameShare)) });
}

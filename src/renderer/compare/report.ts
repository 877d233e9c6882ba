/** A comparison with all that a reader of its numbers must know, to be exported. Pure. */
import type { Speculation } from '../../shared/inference/events';
import type { RequestLane } from '../../shared/inference/lanes';
import type { Stage } from '../../shared/inference/timings';
import { wholeText } from '../growing-text';
import { stageSpans } from '../translate/timeline';
import { circumstancesOf, type Circumstances, type ReportContext } from './circumstances';
import { type Comparison } from './compare-run';
import { fairRuns, isCounted, sharedEncode, sparedBy, summarize } from './comparison';
import { type Spread } from './spread';
import { compareWords } from './words';

/** Milliseconds have three decimals, shares and ratios four. */
export interface Report extends Circumstances {
  kind: 'tandem-comparison';
  version: 1;
  /** Whether every round asked for was run. */
  end: Comparison['phase'];
  roundsAsked: number;
  warmUp: boolean;
  source: string;
  /** The others are held against it. */
  reference: RequestLane | null;
  /** What a round took to encode once; lanes that use it are counted with it. */
  sharedEncodeMs: Spread | null;
  lanes: ReportLane[];
  runs: ReportRun[];
}

export interface ReportLane {
  lane: RequestLane;
  /** Different outputs in the order they came: more than one only if rounds did not agree. */
  texts: string[];
  rounds: number;
  tokens: number | null;
  totalMs: Spread | null;
  firstTokenMs: Spread | null;
  tokensPerSecond: Spread | null;
  sparedEncodeMs: number | null;
  timesAsFast: { whole: number; decodePerToken: number | null } | null;
  /** Of all words of this lane and the reference, from 0 to 1. */
  sameWords: number | null;
  error: string | null;
}

export interface ReportRun {
  /** 0 is the warm-up. */
  round: number;
  counted: boolean;
  /** In the order of its round, from 1. */
  position: number;
  lane: RequestLane;
  /** Which of the lane's texts. */
  text: number;
  segments: number;
  tokens: number;
  flagged: number;
  reusedEncodings: number;
  /** Sentences that the LLM wrote in place of the lane. */
  repaired: number;
  /** What drafting came to; null in lanes that do not draft. */
  drafts: Speculation | null;
  sparedEncodeMs: number;
  /** The round's one encoding counted in. */
  totalMs: number;
  firstTokenMs: number | null;
  /** As measured, the run by itself. */
  measuredTotalMs: number;
  stagesMs: Record<Stage, number>;
}

export function reportOf(comparison: Comparison, context: ReportContext): Report {
  const { choice, text: source, rounds, phase, runs, columns, startedAt, sessions } = comparison;
  const { lanes } = choice;
  const summaries = summarize(lanes, runs);
  const [reference] = lanes;
  const textsOf = (lane: RequestLane) => {
    const finished = runs.filter((run) => run.lane === lane).map((run) => run.text);
    const column = columns[lane];
    return [...new Set(finished.length > 0 || column === undefined ? finished : [wholeText(column.output)])];
  };
  const referenceText = reference === undefined ? undefined : textsOf(reference)[0];
  return {
    kind: 'tandem-comparison',
    version: 1,
    ...circumstancesOf(choice, startedAt, sessions, context),
    end: phase,
    roundsAsked: rounds,
    warmUp: rounds > 1,
    source,
    reference: reference ?? null,
    sharedEncodeMs: roundSpread(sharedEncode(runs)),
    lanes: lanes.map((lane) => {
      const summary = summaries.find((candidate) => candidate.lane === lane);
      const texts = textsOf(lane);
      const difference =
        lane === reference || referenceText === undefined || texts[0] === undefined ? null : compareWords(referenceText, texts[0]);
      return {
        lane,
        texts,
        rounds: summary?.rounds ?? 0,
        tokens: summary?.tokens ?? null,
        totalMs: roundSpread(summary?.total ?? null),
        firstTokenMs: roundSpread(summary?.firstToken ?? null),
        tokensPerSecond: roundSpread(summary?.tokensPerSecond ?? null),
        sparedEncodeMs: rounded(summary?.sparedMs ?? null),
        timesAsFast: summary?.faster
          ? { whole: rounded(summary.faster.whole, 4), decodePerToken: rounded(summary.faster.perToken, 4) }
          : null,
        sameWords: rounded(difference?.sameShare ?? null, 4),
        error: columns[lane]?.error?.message ?? null,
      };
    }),
    runs: fairRuns(runs).map((fair) => {
      const { run, totalMs, firstTokenMs } = fair;
      return {
        round: run.round,
        counted: isCounted(run),
        position: run.position + 1,
        lane: run.lane,
        text: textsOf(run.lane).indexOf(run.text),
        segments: run.segments,
        tokens: run.tokens,
        flagged: run.flagged,
        reusedEncodings: run.reusedEncodings,
        repaired: run.repaired,
        drafts: run.speculation,
        sparedEncodeMs: rounded(sparedBy(fair) ?? 0),
        totalMs: rounded(totalMs),
        firstTokenMs: rounded(firstTokenMs),
        measuredTotalMs: rounded(run.timings.totalMs),
        stagesMs: Object.fromEntries(stageSpans(run.timings).map(({ stage, ms }) => [stage, rounded(ms)])) as Record<Stage, number>,
      };
    }),
  };
}

function roundSpread(spread: Spread | null): Spread | null {
  if (spread === null) return null;
  const { count, median, min, max, q1, q3 } = spread;
  return { count, median: rounded(median), min: rounded(min), max: rounded(max), q1: rounded(q1), q3: rounded(q3) };
}

function rounded(value: number, digits?: number): number;
function rounded(value: number | null, digits?: number): number | null;
function rounded(value: number | null, digits = 3): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}

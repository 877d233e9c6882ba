/** One comparison, run: round after round each lane on the same text, measured and followed as it is written. Knows no store and no view. */
import type { EngineError, EngineStatus } from '../../shared/inference/engine';
import { type GenerateEvent, type InferenceClient } from '../../shared/inference-client';
import type { RequestLane } from '../../shared/inference/lanes';
import { beginGeneration, reduceGeneration, type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { t } from '../i18n/i18n';
import { roundOrder, type LaneRun } from './comparison';
import { eventsOf, writtenLanguage, type Compared } from './compared';

export const ROUNDS = [1, 5, 10, 20] as const;
export type Rounds = (typeof ROUNDS)[number];

export type Sessions = EngineStatus['packs'][number]['sessions'];

/** A lane's run as it is shown. */
export type Column = Generation<{ lane: RequestLane; language: string }>;

export interface Comparison {
  choice: Compared;
  text: string;
  /** Counted rounds asked for. With more than one, round 0 warms up. */
  rounds: Rounds;
  phase: 'running' | 'done' | 'cancelled' | 'failed';
  /** The one that runs, or ran last. */
  round: number;
  /** The lane that runs. */
  lane: RequestLane | null;
  /** What the columns show: the first run of each lane, as it is written. */
  columns: Readonly<Partial<Record<RequestLane, Column>>>;
  runs: readonly LaneRun[];
  /** Why no lane could go on; what failed in one lane stands in its column. */
  error: EngineError | null;
  startedAt: Date;
  /** What it ran on; empty until the first run has ended. */
  sessions: Sessions;
}

export interface CompareClock {
  now(): number;
  /** Runs once before the next frame is drawn. */
  frame(run: () => void): void;
  date(): Date;
}

/** What a comparison needs, and whom it tells. */
export interface ComparisonRun {
  engine: InferenceClient;
  signal: AbortSignal;
  clock: CompareClock;
  /** Makes the engine read anew what is asked from then on. */
  forgetEncodings(): Promise<unknown>;
  sessions(packId: string): Sessions;
  /** False once another one has taken its place. */
  isCurrent(): boolean;
  change(patch: Partial<Comparison>): void;
  show(generation: Column): void;
  columnOf(lane: RequestLane): Column | undefined;
}

/** The round that begins: with more than one to count, round 0 warms up. */
export const firstRoundOf = (rounds: Rounds): number => (rounds > 1 ? 0 : 1);

/** Never throws; ends with the phase that it changed to. */
export async function runComparison(
  { choice, text, rounds }: Pick<Comparison, 'choice' | 'text' | 'rounds'>,
  { engine, signal, clock, forgetEncodings, sessions, isCurrent, change, show, columnOf }: ComparisonRun,
): Promise<void> {
  const firstRound = firstRoundOf(rounds);
  const failed = new Set<RequestLane>();
  const runs: LaneRun[] = [];
  for (let round = firstRound; round <= rounds; round++) {
    try {
      await forgetEncodings();
    } catch (thrown) {
      const message = t('compare.engineUnready', { reason: thrown instanceof Error ? thrown.message : String(thrown) });
      change({ phase: 'failed', lane: null, error: { code: 'internal', message } });
      return;
    }
    for (const [position, lane] of roundOrder(choice.lanes, round).entries()) {
      if (failed.has(lane)) continue;
      if (!isCurrent()) return;
      change({ round, lane });
      const column = { lane, language: writtenLanguage(choice) };
      const events = eventsOf(engine, choice, lane, text, signal);
      const { generation, firstEncodeMs } = await follow(column, events, round === firstRound ? show : null, clock);
      if (!isCurrent()) return;
      switch (generation.phase) {
        case 'done':
          runs.push(runOf(generation, round, position, firstEncodeMs));
          change({ runs: [...runs], sessions: sessions(choice.pack.id) });
          break;
        case 'failed':
          // Text of an earlier round stays.
          show({ ...(columnOf(lane) ?? generation), phase: 'failed', error: generation.error });
          failed.add(lane);
          if (generation.error?.code === 'process-died' || choice.lanes.length - failed.size < 1) {
            change({ phase: 'failed', lane: null, error: generation.error });
            return;
          }
          break;
        case 'cancelled':
        case 'waiting':
        case 'working':
          change({ phase: 'cancelled', lane: null });
          return;
        default:
          return generation.phase satisfies never;
      }
    }
  }
  change({ phase: 'done', lane: null });
}

/** `show` is called at most once a frame, and at the end. */
async function follow(
  input: Column['input'],
  events: AsyncIterable<GenerateEvent>,
  show: ((generation: Column) => void) | null,
  clock: CompareClock,
): Promise<{ generation: Column; firstEncodeMs: number }> {
  let generation = beginGeneration(input);
  let firstEncodeMs: number | null = null;
  let isDrawn = true;
  show?.(generation);
  const draw = () => {
    if (isDrawn) return;
    isDrawn = true;
    show?.(generation);
  };
  for await (const event of events) {
    generation = reduceGeneration(generation, event);
    if (firstEncodeMs === null && hasEncodedFirst(event)) firstEncodeMs = generation.timings.encodeMs;
    if (isDrawn && show !== null) clock.frame(draw);
    isDrawn = false;
  }
  draw();
  return { generation, firstEncodeMs: firstEncodeMs ?? 0 };
}

/** The first segment's encoding is there when its prefill begins. */
function hasEncodedFirst(event: GenerateEvent): boolean {
  return event.kind === 'stage' && event.stage === 'prefill';
}

function runOf(generation: Column, round: number, position: number, firstEncodeMs: number): LaneRun {
  return {
    lane: generation.input.lane,
    round,
    position,
    text: wholeText(generation.output),
    segments: generation.segments ?? 0,
    tokens: generation.tokens,
    reusedEncodings: generation.reusedEncodings ?? 0,
    repaired: generation.repaired ?? 0,
    flagged: generation.flagged.length,
    speculation: generation.speculation,
    timings: generation.timings,
    firstEncodeMs,
  };
}

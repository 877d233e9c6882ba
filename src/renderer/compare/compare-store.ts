/**
 * The Compare panel's facts and what changes them: the source, what to run, the comparison of the moment and every run it measured.
 * Knows the client's stream and a clock; knows no view, no settings file and no port.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineError, EngineStatus } from '../../shared/inference/engine';
import { type GenerateEvent, type InferenceClient } from '../../shared/inference-client';
import type { RequestLane } from '../../shared/inference/lanes';
import { beginGeneration, isRunning, reduceGeneration, type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { t } from '../i18n/i18n';
import { isBlank } from '../translate/translate-store';
import { roundOrder, type LaneRun } from './comparison';
import { eventsOf, writtenLanguage, type Compared, type ComparedChoice, type ComparedTask, type SummaryShape } from './compared';
import { type LanguagePair } from './lanes';

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

export interface CompareState extends ComparedChoice {
  source: string;
  rounds: Rounds;
  comparison: Comparison | null;
  /** When the newest event was folded in, by `CompareClock.now`. */
  eventAtMs: number;
  /** Asked for before the engine was there. */
  waitingForEngine: boolean;
  /** The user's own test set in the place of a text. */
  showsTestSet: boolean;
}

export interface CompareClock {
  now(): number;
  /** Runs once before the next frame is drawn. */
  frame(run: () => void): void;
  date(): Date;
}

export interface CompareDependencies {
  client(): InferenceClient | null;
  /** What is to be run as settings and packs stand, null without a usable pack. */
  choose(state: ComparedChoice): Compared | null;
  /** Makes the engine read anew what is asked from then on. */
  forgetEncodings(): Promise<unknown>;
  sessions(packId: string): Sessions;
  clock: CompareClock;
}

export interface CompareStore extends StoreApi<CompareState> {
  edit(source: string): void;
  /** Runs it at once. */
  openExample(text: string): void;
  /** What another panel had before it: runs at once, where there is text. */
  takeOver(source: string, pair: LanguagePair): void;
  chooseTask(task: ComparedTask): void;
  choosePair(pair: LanguagePair): void;
  chooseShape(shape: SummaryShape): void;
  /** The reference's translation becomes the source. */
  swap(pair: LanguagePair): void;
  chooseLanes(lanes: readonly RequestLane[]): void;
  chooseRounds(rounds: Rounds): void;
  showTestSet(show: boolean): void;
  run(): void;
  /** Keeps what was measured and written so far. */
  cancel(): void;
  clear(): void;
  /** The engine or a pack came: what waited for it runs. */
  ready(): void;
}

export function createCompareStore({ client, choose, forgetEncodings, sessions, clock }: CompareDependencies): CompareStore {
  const store = createStore<CompareState>(() => ({
    source: '',
    task: 'translate',
    pair: null,
    shape: null,
    lanes: null,
    rounds: 1,
    comparison: null,
    eventAtMs: 0,
    waitingForEngine: false,
    showsTestSet: false,
  }));
  let request: AbortController | null = null;

  function forget() {
    request?.abort();
    request = null;
    store.setState({ comparison: null, waitingForEngine: false });
  }

  function run() {
    const { source, rounds } = store.getState();
    if (isBlank(source)) return;
    const choice = choose(store.getState());
    const engine = client();
    if (choice === null || engine === null) store.setState({ waitingForEngine: true });
    else if (choice.lanes.length > 1) void compare(engine, choice, source, rounds);
  }

  async function compare(engine: InferenceClient, choice: Compared, text: string, rounds: Rounds) {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    const isMine = () => request === mine;
    const change = (patch: Partial<Comparison>) =>
      store.setState(({ comparison }) => (comparison === null || !isMine() ? {} : { comparison: { ...comparison, ...patch } }));
    const show = (generation: Column) =>
      store.setState(({ comparison }) =>
        comparison === null || !isMine()
          ? {}
          : {
              comparison: { ...comparison, columns: { ...comparison.columns, [generation.input.lane]: generation } },
              eventAtMs: clock.now(),
            },
      );

    const columnOf = (lane: RequestLane) => store.getState().comparison?.columns[lane];

    const firstRound = rounds > 1 ? 0 : 1;
    store.setState({
      comparison: {
        choice,
        text,
        rounds,
        phase: 'running',
        round: firstRound,
        lane: null,
        columns: {},
        runs: [],
        error: null,
        startedAt: clock.date(),
        sessions: [],
      },
      waitingForEngine: false,
    });

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
        if (!isMine()) return;
        change({ round, lane });
        const column = { lane, language: writtenLanguage(choice) };
        const events = eventsOf(engine, choice, lane, text, mine.signal);
        const { generation, firstEncodeMs } = await follow(column, events, round === firstRound ? show : null);
        if (!isMine()) return;
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

  function edit(source: string) {
    store.setState({ source });
    if (source === '') forget();
  }

  return Object.assign(store, {
    edit,
    openExample: (text: string) => {
      store.setState({ source: text });
      run();
    },
    takeOver: (source: string, pair: LanguagePair) => {
      forget();
      store.setState({ source, pair, task: 'translate', showsTestSet: false });
      run();
    },
    chooseTask: (task: ComparedTask) => {
      if (task === store.getState().task) return;
      forget();
      store.setState({ task, lanes: null });
    },
    choosePair: (pair: LanguagePair) => store.setState({ pair }),
    chooseShape: (shape: SummaryShape) => store.setState({ shape }),
    swap: (pair: LanguagePair) => {
      const { comparison } = store.getState();
      const [reference] = comparison?.choice.lanes ?? [];
      const column = reference === undefined ? undefined : comparison?.columns[reference];
      forget();
      store.setState({ pair, ...(column !== undefined && !isRunning(column) && { source: wholeText(column.output) }) });
    },
    chooseLanes: (lanes: readonly RequestLane[]) => store.setState({ lanes }),
    chooseRounds: (rounds: Rounds) => store.setState({ rounds }),
    showTestSet: (showsTestSet: boolean) => store.setState({ showsTestSet }),
    run,
    cancel: () => {
      store.setState({ waitingForEngine: false });
      request?.abort();
    },
    clear: () => {
      forget();
      store.setState({ source: '' });
    },
    ready: () => {
      if (store.getState().waitingForEngine) run();
    },
  });
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

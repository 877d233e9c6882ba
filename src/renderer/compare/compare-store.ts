/**
 * The Compare panel's facts and what changes them: the source, what to run, the comparison of the moment and every run it measured.
 * Knows no view, no settings file and no port.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type InferenceClient } from '../../shared/inference-client';
import type { RequestLane } from '../../shared/inference/lanes';
import { isRunning } from '../generation';
import { wholeText } from '../growing-text';
import { isBlank } from '../translate/translate-store';
import { firstRoundOf, runComparison, type Column, type CompareClock, type Comparison, type Rounds, type Sessions } from './compare-run';
import { type Compared, type ComparedChoice, type ComparedTask, type SummaryShape } from './compared';
import { type LanguagePair } from './lanes';

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

  function compare(engine: InferenceClient, choice: Compared, text: string, rounds: Rounds): Promise<void> {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    const isCurrent = () => request === mine;
    const change = (patch: Partial<Comparison>) =>
      store.setState(({ comparison }) => (comparison === null || !isCurrent() ? {} : { comparison: { ...comparison, ...patch } }));
    const show = (generation: Column) =>
      store.setState(({ comparison }) =>
        comparison === null || !isCurrent()
          ? {}
          : {
              comparison: { ...comparison, columns: { ...comparison.columns, [generation.input.lane]: generation } },
              eventAtMs: clock.now(),
            },
      );

    store.setState({
      comparison: {
        choice,
        text,
        rounds,
        phase: 'running',
        round: firstRoundOf(rounds),
        lane: null,
        columns: {},
        runs: [],
        error: null,
        startedAt: clock.date(),
        sessions: [],
      },
      waitingForEngine: false,
    });

    const columnOf = (lane: RequestLane) => store.getState().comparison?.columns[lane];
    return runComparison(
      { choice, text, rounds },
      { engine, signal: mine.signal, clock, forgetEncodings, sessions, isCurrent, change, show, columnOf },
    );
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

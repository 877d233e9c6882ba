/**
 * A user's own test set: the files, what was read of them, and the run of every lane over it. Texts are translated or summarized one by one,
 * lanes taking turns in being first. Knows the client's stream and a clock; knows no view and no settings file.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineError } from '../../shared/inference/engine';
import type { RequestLane } from '../../shared/inference/lanes';
import { type InferenceClient } from '../../shared/inference-client';
import { type Sessions } from '../compare/compare-run';
import { eventsOf, isSummary, taskOf, type Compared } from '../compare/compared';
import { roundOrder } from '../compare/comparison';
import { beginGeneration, reduceGeneration, type Generation } from '../generation';
import { readTestSet } from './read-test-set';
import { isUnfit, scoresOf, testLine, type TestLine, type WriterScore } from './test-run';
import { TestSetProblem, type TestFile, type TestSet, type Wanted } from './test-set';

export interface TestRun {
  choice: Compared;
  set: TestSet;
  phase: 'running' | 'scoring' | 'done' | 'cancelled' | 'failed';
  /** The lane that runs. */
  lane: RequestLane | null;
  /** What every lane is done with. */
  lines: readonly TestLine[];
  /** Null until it is over, and where nothing was done. */
  scores: readonly WriterScore[] | null;
  error: EngineError | null;
  startedAt: Date;
  /** Since the first text that counts began. */
  elapsedMs: number;
  /** What it ran on; empty until the first text is done. */
  sessions: Sessions;
}

export interface TestSetState {
  set: TestSet | null;
  problem: (() => string) | null;
  run: TestRun | null;
}

export interface TestSetClock {
  now(): number;
  date(): Date;
  /** Lets the window draw and listen. */
  pause(): Promise<void>;
}

export interface TestSetDependencies {
  client(): InferenceClient | null;
  /** What is to be run as settings and packs stand, null without a usable pack. */
  choose(): Compared | null;
  /** Makes the engine read anew what is asked from then on. */
  forgetEncodings(): Promise<unknown>;
  sessions(packId: string): Sessions;
  clock: TestSetClock;
}

export interface TestSetStore extends StoreApi<TestSetState> {
  open(files: readonly TestFile[]): void;
  /** Of two text files the other one is the source. */
  swapFiles(): void;
  /** The task or its languages changed: what the files mean may have changed with them. */
  wantedChanged(): void;
  clear(): void;
  run(): void;
  /** What was done so far counts. */
  cancel(): void;
}

export function createTestSetStore({ client, choose, forgetEncodings, sessions, clock }: TestSetDependencies): TestSetStore {
  const store = createStore<TestSetState>(() => ({ set: null, problem: null, run: null }));
  let files: readonly TestFile[] = [];
  let swapped = false;
  let request = new AbortController();

  function read() {
    const choice = choose();
    if (files.length === 0 || choice === null) return;
    request.abort();
    try {
      store.setState({ set: readTestSet(files, wantedBy(choice), swapped), problem: null, run: null });
    } catch (thrown) {
      if (!(thrown instanceof TestSetProblem)) throw thrown;
      store.setState({ set: null, problem: thrown.words, run: null });
    }
  }

  async function measure(engine: InferenceClient, choice: Compared, set: TestSet) {
    request.abort();
    const mine = new AbortController();
    request = mine;
    const change = (patch: Partial<TestRun>) =>
      store.setState(({ run }) => (run === null || request !== mine ? {} : { run: { ...run, ...patch } }));
    const began: TestRun = {
      choice,
      set,
      phase: 'running',
      lane: null,
      lines: [],
      scores: null,
      error: null,
      startedAt: clock.date(),
      elapsedMs: 0,
      sessions: [],
    };
    store.setState({ run: began, problem: null });
    const lines: TestLine[] = [];
    let startedMs = clock.now();
    let ended: Pick<TestRun, 'phase' | 'error'> = { phase: 'done', error: null };
    // Once for each lane, not counted: memory is touched and caches are warm then.
    const warmUp = set.pairs.slice(0, 1).map((pair) => ({ pair, isCounted: false }));
    const counted = set.pairs.map((pair) => ({ pair, isCounted: true }));
    try {
      for (const [index, { pair, isCounted }] of [...warmUp, ...counted].entries()) {
        if (index === warmUp.length) {
          await forgetEncodings();
          startedMs = clock.now();
        }
        const generations: [RequestLane, Generation<unknown>][] = [];
        for (const lane of roundOrder(choice.lanes, index)) {
          change({ lane });
          const generation = await write(engine, choice, lane, pair.source, mine.signal);
          if (request !== mine) return;
          if (generation.phase !== 'done' && !isUnfit(generation)) {
            ended = { phase: generation.phase === 'failed' ? 'failed' : 'cancelled', error: generation.error };
            break;
          }
          generations.push([lane, generation]);
        }
        if (ended.phase !== 'done') break;
        if (!isCounted) continue;
        lines.push(testLine(choice, pair, generations));
        change({ lines: [...lines], elapsedMs: clock.now() - startedMs, sessions: sessions(choice.pack.id) });
      }
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      ended = { phase: 'failed', error: { code: 'internal', message } };
    }
    if (lines.length === 0) {
      change({ ...ended, lane: null });
      return;
    }
    change({ phase: 'scoring', lane: null });
    const scoring = scoresOf(lines, choice);
    for (let step = scoring.next(); request === mine; step = scoring.next()) {
      if (step.done) {
        change({ ...ended, scores: step.value });
        return;
      }
      await clock.pause();
    }
  }

  return Object.assign(store, {
    open: (opened: readonly TestFile[]) => {
      files = opened;
      swapped = false;
      read();
    },
    swapFiles: () => {
      swapped = !swapped;
      read();
    },
    wantedChanged: () => {
      const choice = choose();
      const namesLanguages = files.length === 2 || /\.tmx$/i.test(files[0]?.name ?? '');
      if (choice !== null && (namesLanguages || store.getState().set?.task !== taskOf(choice))) read();
    },
    clear: () => {
      request.abort();
      request = new AbortController();
      files = [];
      store.setState({ set: null, problem: null, run: null });
    },
    run: () => {
      const { set } = store.getState();
      const choice = choose();
      const engine = client();
      if (set !== null && choice !== null && engine !== null) void measure(engine, choice, set);
    },
    cancel: () => {
      if (store.getState().run?.phase === 'running') request.abort();
    },
  });
}

const wantedBy = (choice: Compared): Wanted =>
  isSummary(choice) ? { task: 'summarize' } : { task: 'translate', from: choice.from, to: choice.to };

async function write(
  engine: InferenceClient,
  choice: Compared,
  lane: RequestLane,
  text: string,
  signal: AbortSignal,
): Promise<Generation<unknown>> {
  let generation: Generation<unknown> = beginGeneration<unknown>(null);
  for await (const event of eventsOf(engine, choice, lane, text, signal, 'batch')) generation = reduceGeneration(generation, event);
  return generation;
}

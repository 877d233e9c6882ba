/**
 * Makes history of what has come to rest: written to the end, still what the source says, and left alone for a while or copied. Knows
 * stores of panels that write; no view, no port.
 */
import { type StoreApi } from 'zustand/vanilla';
import { type NewHistoryEntry } from '../../shared/history';
import { wholeText } from '../growing-text';
import { type SummarizeState } from '../summarize/summarize-store';
import { type TranslateState } from '../translate/translate-store';

/** Shorter pauses belong to typing. */
export const REST_MS = 4_000;

/** What a panel shows, as history sees it. */
export interface Shown {
  source: string;
  /** Another object for each time something was written. */
  work: object | null;
  /** Null unless the work is done and answers the source. */
  entry: Omit<NewHistoryEntry, 'pack'> | null;
}

export interface RecorderDependencies<State> {
  store: Pick<StoreApi<State>, 'getState' | 'subscribe'>;
  shown(state: State): Shown;
  /** Name and version of a pack, for a person. */
  packName(packId: string): string;
  /** Gives the new entry's id, null when none was made. */
  add(entry: NewHistoryEntry, replaces: number | null): Promise<number | null>;
  /** Returns the function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface HistoryRecorder {
  /** What is shown was put to use: it need not rest any longer. */
  used(): void;
}

/** What was recorded last: more of the same text takes its place. */
interface Recorded {
  id: number;
  source: string;
  pair: string;
}

export function createHistoryRecorder<State>({ store, shown, packName, add, after }: RecorderDependencies<State>): HistoryRecorder {
  let callOff = () => {};
  let settled: object | null = null;
  let last: Recorded | null = null;

  async function record({ work, entry }: Shown) {
    if (entry === null || settled === work) return;
    settled = work;
    callOff();
    const pair = `${entry.from} ${entry.to}`;
    const replaces = last !== null && last.pair === pair && isMoreOf(last.source, entry.source) ? last.id : null;
    const id = await add({ ...entry, pack: packName(entry.packId) }, replaces);
    last = id === null ? null : { id, source: entry.source, pair };
  }

  let before = shown(store.getState());
  store.subscribe((state) => {
    const now = shown(state);
    if (now.work === before.work && now.source === before.source) return;
    before = now;
    callOff();
    if (now.source === '') last = null;
    if (now.entry !== null) callOff = after(REST_MS, () => void record(now));
  });

  return { used: () => void record(shown(store.getState())) };
}

export function shownTranslation({ source, generation }: TranslateState): Shown {
  if (generation?.phase !== 'done' || generation.input.text !== source) return { source, work: generation, entry: null };
  const { input, output, tokens, timings } = generation;
  const { from, to } = input.task;
  const { totalMs, firstTokenMs } = timings;
  const { lane, packId } = input;
  const entry = { kind: 'translation' as const, from, to, lane, packId, source, output: wholeText(output), tokens, totalMs, firstTokenMs };
  return { source, work: generation, entry };
}

/** `language`: of the pack that wrote it. */
export function shownSummary({ source, run }: SummarizeState, language: string): Shown {
  if (run?.phase !== 'done' || run.input.text !== source || run.output === '') return { source, work: run, entry: null };
  const { input, output, tokens, timings } = run;
  const { totalMs, firstTokenMs } = timings;
  const { lane, packId } = input;
  return {
    source,
    work: run,
    entry: { kind: 'summary', from: language, to: language, lane, packId, source, output, tokens, totalMs, firstTokenMs },
  };
}

/** One text is the other with more typed to it. */
function isMoreOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a.trimEnd(), b] : [b.trimEnd(), a];
  return long.startsWith(short);
}

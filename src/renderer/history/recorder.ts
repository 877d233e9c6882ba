/**
 * Makes history of translations that have come to rest: finished, still what the source says, and left alone for a while or copied. Knows the
 * Translate store; no view, no port.
 */
import { type NewHistoryEntry } from '../../shared/history';
import { type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { type TranslateStore } from '../translate/translate-store';

/** Shorter pauses belong to typing. */
export const REST_MS = 4_000;

export interface RecorderDependencies {
  translation: Pick<TranslateStore, 'getState' | 'subscribe'>;
  /** Name and version of a pack, for a person. */
  packName(packId: string): string;
  /** Gives the new entry's id, null when none was made. */
  add(entry: NewHistoryEntry, replaces: number | null): Promise<number | null>;
  /** Returns the function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface HistoryRecorder {
  /** The translation shown was put to use: it need not rest any longer. */
  used(): void;
}

/** What was recorded last: more of the same text takes its place. */
interface Recorded {
  id: number;
  source: string;
  pair: string;
}

export function createHistoryRecorder({ translation, packName, add, after }: RecorderDependencies): HistoryRecorder {
  let callOff = () => {};
  let settled: Generation | null = null;
  let last: Recorded | null = null;

  async function record(generation: Generation) {
    if (settled === generation) return;
    settled = generation;
    callOff();
    const { input, tokens, timings } = generation;
    const { from, to } = input.task;
    const pair = `${from} ${to}`;
    const replaces = last !== null && last.pair === pair && isMoreOf(last.source, input.text) ? last.id : null;
    const entry: NewHistoryEntry = {
      kind: 'translation',
      from,
      to,
      lane: input.lane,
      packId: input.packId,
      pack: packName(input.packId),
      source: input.text,
      output: wholeText(generation.output),
      tokens,
      totalMs: timings.totalMs,
      firstTokenMs: timings.firstTokenMs,
    };
    const id = await add(entry, replaces);
    last = id === null ? null : { id, source: input.text, pair };
  }

  const rested = () => {
    const { generation, source } = translation.getState();
    return generation?.phase === 'done' && generation.input.text === source ? generation : null;
  };

  translation.subscribe((now, before) => {
    if (now.generation === before.generation && now.source === before.source) return;
    callOff();
    if (now.source === '') last = null;
    const generation = rested();
    if (generation !== null) callOff = after(REST_MS, () => void record(generation));
  });

  return {
    used: () => {
      const generation = rested();
      if (generation !== null) void record(generation);
    },
  };
}

/** One text is the other with more typed to it. */
function isMoreOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a.trimEnd(), b] : [b.trimEnd(), a];
  return long.startsWith(short);
}

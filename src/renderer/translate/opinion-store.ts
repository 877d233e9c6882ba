/**
 * The large model's opinion of what another lane wrote, while it is wanted: sentence by sentence, asked for when the translation rests and
 * for what changes in it. Knows the client's stream and the translation; knows no view.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { MAX_SEGMENTS } from '../../shared/inference/requests';
import type { Opinion, Written } from '../../shared/inference/sentences';
import { type InferenceClient } from '../../shared/inference-client';
import { engineErrorWords } from '../engine/engine-error-words';
import { isRunning, type Generation, type WrittenSentence } from '../generation';
import { type TranslateStore } from './translate-store';

export type Opinions = ReadonlyMap<Written, readonly Opinion[]>;

export interface OpinionState {
  isWanted: boolean;
  /** Of each token written and of the end, by what they are opinions of. */
  opinions: Opinions;
  isAsking: boolean;
  /** What asking took, all of it; null before the first answer. */
  totalMs: number | null;
  problem: string | null;
}

export interface OpinionDependencies {
  client(): InferenceClient | null;
  translation: TranslateStore;
  /** Whether the large model of the pack can read what its other lanes write. */
  canJudge(packId: string): boolean;
}

export interface OpinionStore extends StoreApi<OpinionState> {
  canJudge(generation: Generation): boolean;
  want(isWanted: boolean): void;
}

const NONE = { opinions: new Map(), isAsking: false, totalMs: null, problem: null } satisfies Omit<OpinionState, 'isWanted'>;

export function createOpinionStore({ client, translation, canJudge }: OpinionDependencies): OpinionStore {
  const store = createStore<OpinionState>(() => ({ ...NONE, isWanted: false }));
  let request = new AbortController();

  function ask() {
    const { isWanted, isAsking, opinions } = store.getState();
    const { generation } = translation.getState();
    const engine = client();
    if (!isWanted || isAsking || generation === null || isRunning(generation) || engine === null) return;
    if (!canJudge(generation.input.packId)) return;
    const unheard = judgedSentences(generation).filter(({ written }) => !opinions.has(written));
    if (unheard.length === 0) return;
    request = new AbortController();
    store.setState({ isAsking: true, problem: null });
    void follow(engine, generation, unheard.slice(0, MAX_SEGMENTS), request.signal);
  }

  async function follow(engine: InferenceClient, { input }: Generation, sentences: readonly WrittenSentence[], signal: AbortSignal) {
    const written = sentences.map(({ sentence, written: { ids } }) => ({ sentence, ids }));
    let heard = new Map(store.getState().opinions);
    for await (const event of engine.opinion({ packId: input.packId, task: input.task, written }, signal)) {
      if (signal.aborted) continue;
      if (event.kind === 'opinion') {
        const sentence = sentences[event.index];
        if (sentence !== undefined) heard = new Map([...heard, [sentence.written, event.opinions]]);
      } else if (event.kind === 'failed') {
        store.setState({ isAsking: false, problem: engineErrorWords(event.error) });
      } else {
        const totalMs = (store.getState().totalMs ?? 0) + event.timings.totalMs;
        store.setState({ opinions: heard, isAsking: false, totalMs });
        ask();
      }
    }
  }

  translation.subscribe(({ generation }, { generation: before }) => {
    if (generation === before) return;
    if (generation === null || generation.input !== before?.input) {
      request.abort();
      store.setState(NONE);
    }
    ask();
  });

  return Object.assign(store, {
    canJudge: ({ input }: Generation) => canJudge(input.packId),
    want: (isWanted: boolean) => {
      request.abort();
      store.setState({ isWanted, isAsking: false, problem: null });
      ask();
    },
  });
}

/** Those that the large model did not write itself. */
export function judgedSentences({ sentences }: Generation): readonly WrittenSentence[] {
  return sentences.filter(({ lane }) => lane !== 'llm');
}

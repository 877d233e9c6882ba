/**
 * Other words and other versions of what is translated: the word that is looked at, what else could stand there, other outputs of its
 * sentence, and the sentence that is being written anew from a choice. Knows the client's streams and the translation; knows no view.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { applyTextDelta } from '../../shared/inference/delta';
import type { Flag } from '../../shared/inference/flags';
import { lanesOf, type Decoding } from '../../shared/inference/lanes';
import type { Candidate, Sentence, Version, Written } from '../../shared/inference/sentences';
import type { Lane } from '../../shared/pack';
import { type InferenceClient } from '../../shared/inference-client';
import { engineErrorWords } from '../engine/engine-error-words';
import { isRunning, type Generation, type WrittenSentence } from '../generation';
import { wholeText } from '../growing-text';
import { neighbour, placeAt, type Place } from './places';
import { withRewritten } from './rewrite';
import { type TranslateStore } from './translate-store';

/** How other versions are looked for where the pack tells as many candidates. */
const VERSIONS = 4;

export interface LaneWords {
  lane: Lane;
  candidates: readonly Candidate[];
}

export interface AlternativesState {
  /** The word that is looked at. */
  place: Place | null;
  /** What else could stand in its place, lane by lane as they answer; null while nobody asks. */
  words: { lanes: readonly LaneWords[]; isOver: boolean; problem: string | null } | null;
  showsVersions: boolean;
  /** Null until they are asked for. `list` is null while they are looked for. */
  versions: { sentence: Sentence; list: readonly Version[] | null; problem: string | null } | null;
  /** What was changed last, and what there was before. */
  rewritten: { isRunning: boolean; word: string | null; lane: Lane; before: Generation; problem: string | null } | null;
}

export interface AlternativesDependencies {
  client(): InferenceClient | null;
  translation: TranslateStore;
  /** Lanes of a pack that can be asked, and how wide a beam may be; null for a pack that is gone. */
  pack(packId: string): { lanes: readonly Lane[]; widestBeam: number } | null;
}

export interface AlternativesStore extends StoreApi<AlternativesState> {
  /** Looks at the word at an offset of the output, and asks what else could stand there. False where nothing can. */
  look(offset: number): boolean;
  /** Looks at the next word, without asking. */
  step(by: 1 | -1): void;
  /** Asks about the word that is looked at. */
  ask(): void;
  /** The list of words is put away; the word stays. */
  close(): void;
  /** Writes the sentence anew from the word that is looked at, with this one in its place. */
  choose(lane: Lane, candidate: Candidate): void;
  showVersions(show: boolean): void;
  take(version: Version): void;
  /** What was there before the last change. */
  undo(): void;
  /** Stops writing anew; the sentence stays what it was. False where nothing is being written. */
  cancel(): boolean;
}

const NOTHING: AlternativesState = { place: null, words: null, showsVersions: false, versions: null, rewritten: null };

export function createAlternativesStore({ client, translation, pack }: AlternativesDependencies): AlternativesStore {
  const store = createStore<AlternativesState>(() => NOTHING);
  let asking = new AbortController();
  let searching = new AbortController();
  let writing = new AbortController();

  const finished = () => {
    const { generation } = translation.getState();
    return generation === null || isRunning(generation) || store.getState().rewritten?.isRunning === true ? null : generation;
  };

  function close() {
    asking.abort();
    store.setState({ words: null });
  }

  function ask() {
    const { place } = store.getState();
    const generation = finished();
    const engine = client();
    const lanes = generation && askableLanes(generation);
    if (place === null || generation === null || engine === null || !lanes) return;
    asking.abort();
    asking = new AbortController();
    store.setState({ words: { lanes: [], isOver: false, problem: null } });
    void followWords(engine, generation, place, lanes, asking.signal);
  }

  async function followWords(engine: InferenceClient, { input }: Generation, place: Place, lanes: readonly Lane[], signal: AbortSignal) {
    const { sentence, written } = place.sentence;
    const asked = { packId: input.packId, task: input.task, sentence, lanes, prefix: written.ids.slice(0, place.token) };
    for await (const event of engine.candidates(asked, signal)) {
      const { words } = store.getState();
      if (signal.aborted || words === null) continue;
      if (event.kind === 'candidates') {
        const { lane, candidates } = event;
        store.setState({ words: { ...words, lanes: [...words.lanes, { lane, candidates }] } });
      } else store.setState({ words: { ...words, isOver: true, problem: event.kind === 'failed' ? engineErrorWords(event.error) : null } });
    }
  }

  /** Those that the text was written with, and could have been. */
  function askableLanes({ input }: Generation): readonly Lane[] | null {
    const lanes = pack(input.packId)?.lanes;
    return lanes?.filter((lane) => lane !== 'slm' || input.lane === 'slm') ?? null;
  }

  function search() {
    const generation = finished();
    const engine = client();
    const sentence = generation && versionsOf(generation, store.getState().place);
    const { showsVersions, versions } = store.getState();
    if (!showsVersions || generation === null || engine === null || !sentence || versions?.sentence === sentence.sentence) return;
    searching.abort();
    searching = new AbortController();
    store.setState({ versions: { sentence: sentence.sentence, list: null, problem: null } });
    void followVersions(engine, generation, sentence.sentence, searching.signal);
  }

  async function followVersions(engine: InferenceClient, { input }: Generation, sentence: Sentence, signal: AbortSignal) {
    const count = Math.min(VERSIONS, pack(input.packId)?.widestBeam ?? VERSIONS);
    const [lane] = lanesOf(input.lane);
    for await (const event of engine.versions({ packId: input.packId, task: input.task, lane, sentence, count }, signal)) {
      if (signal.aborted) continue;
      if (event.kind === 'versions') store.setState({ versions: { sentence, list: event.versions, problem: null } });
      if (event.kind === 'failed') store.setState({ versions: { sentence, list: [], problem: engineErrorWords(event.error) } });
    }
  }

  async function rewrite(engine: InferenceClient, before: Generation, place: Place, lane: Lane, candidate: Candidate, signal: AbortSignal) {
    const { sentence, token } = place;
    const { input } = before;
    const prefix = [...sentence.written.ids.slice(0, token), ...candidate.ids];
    const decoding: Decoding = input.decoding;
    let text = '';
    let written: Written | null = null;
    let flagged: readonly Flag[] = [];
    const amend = () => translation.amend(input, withRewritten(before, sentence, { text, lane, written, flagged }));
    const asked = { packId: input.packId, task: input.task, lane, decoding, sentence: sentence.sentence, prefix };
    for await (const event of engine.continueFrom(asked, signal)) {
      if (signal.aborted) continue;
      if (event.kind === 'delta') text = applyTextDelta(text, event);
      if (event.kind === 'sentence') written = event.written;
      if (event.kind === 'done') flagged = event.flagged;
      if (event.kind === 'failed') {
        translation.amend(input, before);
        store.setState({ rewritten: { isRunning: false, word: candidate.text, lane, before, problem: engineErrorWords(event.error) } });
      } else if (event.kind !== 'started' && event.kind !== 'stage') amend();
      if (event.kind === 'done') {
        store.setState({ place: null, rewritten: { isRunning: false, word: candidate.text, lane, before, problem: null } });
        search();
      }
    }
  }

  function cancel(): boolean {
    const { rewritten } = store.getState();
    if (rewritten?.isRunning !== true) return false;
    writing.abort();
    translation.amend(rewritten.before.input, rewritten.before);
    store.setState({ rewritten: null });
    return true;
  }

  // What is looked at belongs to one translation: another input is another.
  translation.subscribe(({ generation }, { generation: before }) => {
    if (generation === before) return;
    if (generation === null || generation.input !== before?.input) {
      asking.abort();
      searching.abort();
      writing.abort();
      store.setState({ ...NOTHING, showsVersions: store.getState().showsVersions });
    } else if (isRunning(before) && !isRunning(generation)) search();
  });

  return Object.assign(store, {
    look: (offset: number) => {
      const generation = finished();
      const place = generation && placeAt(wholeText(generation.output), generation.sentences, offset);
      close();
      if (!place) return false;
      store.setState({ place });
      ask();
      search();
      return true;
    },
    step: (by: 1 | -1) => {
      const generation = finished();
      const place = generation && neighbour(wholeText(generation.output), generation.sentences, store.getState().place, by);
      if (!place) return;
      close();
      store.setState({ place });
      search();
    },
    ask,
    close,
    choose: (lane: Lane, candidate: Candidate) => {
      const { place } = store.getState();
      const generation = finished();
      const engine = client();
      if (place === null || generation === null || engine === null) return;
      close();
      writing.abort();
      writing = new AbortController();
      store.setState({ rewritten: { isRunning: true, word: candidate.text, lane, before: generation, problem: null } });
      void rewrite(engine, generation, place, lane, candidate, writing.signal);
    },
    showVersions: (showsVersions: boolean) => {
      store.setState({ showsVersions });
      search();
    },
    take: ({ text, ids, ends }: Version) => {
      const generation = finished();
      const { versions } = store.getState();
      const sentence = generation?.sentences.find((other) => other.sentence === versions?.sentence);
      if (!generation || !sentence) return;
      const [lane] = lanesOf(generation.input.lane);
      close();
      store.setState({ place: null, rewritten: { isRunning: false, word: null, lane, before: generation, problem: null } });
      translation.amend(generation.input, withRewritten(generation, sentence, { text, lane, written: { ids, ends }, flagged: [] }));
    },
    undo: () => {
      const { rewritten } = store.getState();
      if (rewritten === null || cancel()) return;
      close();
      store.setState({ place: null, rewritten: null });
      translation.amend(rewritten.before.input, rewritten.before);
    },
    cancel,
  });
}

/** The sentence that other versions are of: that of the word looked at, or the only one. */
export function versionsOf({ sentences }: Generation, place: Place | null): WrittenSentence | null {
  const [first] = sentences;
  return sentences.find((sentence) => sentence === place?.sentence) ?? (sentences.length === 1 ? (first ?? null) : null);
}

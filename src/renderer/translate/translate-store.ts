/**
 * The Translate panel's facts and what changes them: the source, the request of the moment, the runs measured so far.
 * Knows the client's stream and a clock; knows no view, no settings file and no port.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type GenerateEvent, type GenerateInput, type InferenceClient } from '../../shared/inference-client';
import { beginGeneration, isRunning, reduceGeneration, type Generation } from '../generation';
import { textLength, wholeText } from '../growing-text';
import { remember, type Measurement } from './timeline';

export const LIVE_DELAY_MS = 250;
/** Longer text is translated on Ctrl+Enter only, UTF-16 code units. */
export const LIVE_LIMIT = 5_000;

export interface TranslateState {
  source: string;
  /** Name of the opened file, for the name to save under. */
  fileName: string | null;
  generation: Generation | null;
  /** Output of the run before, shown faintly until the new one has come as far. */
  previousOutput: string;
  /** When the newest event was folded in, by `Clock.now`. */
  eventAtMs: number;
  /** Asked for before the engine was there. */
  waitingForEngine: boolean;
  measurements: readonly Measurement[];
}

export interface Clock {
  now(): number;
  /** Runs once before the next frame is drawn. */
  frame(run: () => void): void;
  /** Returns the function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export interface TranslateDependencies {
  client(): InferenceClient | null;
  /** What is to be run for this text as the settings stand, null without a usable pack. */
  input(text: string): GenerateInput | null;
  isLive(): boolean;
  clock: Clock;
}

export interface TranslateStore extends StoreApi<TranslateState> {
  edit(source: string): void;
  openFile(name: string, text: string): void;
  openExample(text: string): void;
  /** Translates now. Blank text clears the output instead. */
  translate(): void;
  /** Keeps what was written so far. */
  cancel(): void;
  clear(): void;
  /** The translation becomes the source. */
  takeOutputAsSource(): void;
  /** Another output in the place of the one that answers `input`; nothing where that is no longer what is shown. */
  amend(input: GenerateInput, generation: Generation): void;
  /** Languages, lane or decoding changed: what is shown no longer answers it. */
  choiceChanged(): void;
  engineConnected(): void;
}

export function createTranslateStore({ client, input, isLive, clock }: TranslateDependencies): TranslateStore {
  const store = createStore<TranslateState>(() => ({
    source: '',
    fileName: null,
    generation: null,
    previousOutput: '',
    eventAtMs: 0,
    waitingForEngine: false,
    measurements: [],
  }));
  let request: AbortController | null = null;
  let callOffDelay = () => {};

  function forget() {
    callOffDelay();
    request?.abort();
    request = null;
    store.setState({ generation: null, previousOutput: '', waitingForEngine: false });
  }

  function translate() {
    callOffDelay();
    const { source } = store.getState();
    if (isBlank(source)) {
      forget();
      return;
    }
    const work = input(source);
    const engine = client();
    if (work === null || engine === null) store.setState({ waitingForEngine: true });
    else void follow(engine, work);
  }

  async function follow(engine: InferenceClient, work: GenerateInput) {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    const before = store.getState().generation;
    store.setState({
      generation: beginGeneration(work),
      previousOutput: before === null ? '' : stillUseful(before, work, store.getState().previousOutput),
      eventAtMs: clock.now(),
      waitingForEngine: false,
    });
    let arrived: GenerateEvent[] = [];
    const fold = () => {
      if (request !== mine || arrived.length === 0) return;
      const { generation, measurements } = store.getState();
      if (generation === null) return;
      const folded = arrived.reduce(reduceGeneration, generation);
      arrived = [];
      store.setState({
        generation: folded,
        eventAtMs: clock.now(),
        ...(folded.phase === 'done' && { measurements: remember(measurements, { input: work, timings: folded.timings }) }),
        ...(!isRunning(folded) && { previousOutput: '' }),
      });
    };
    for await (const event of engine.generate(work, mine.signal)) {
      if (request !== mine) continue;
      arrived.push(event);
      // Many events fit in a frame; the end is shown at once, also in a window that draws no frames.
      if (event.kind === 'done' || event.kind === 'failed') fold();
      else if (arrived.length === 1) clock.frame(fold);
    }
  }

  function edit(source: string) {
    store.setState({ source });
    callOffDelay();
    if (isBlank(source)) forget();
    else if (isLive() && source.length <= LIVE_LIMIT) callOffDelay = clock.after(LIVE_DELAY_MS, translate);
  }

  return Object.assign(store, {
    edit: (text: string) => edit(withLineFeeds(text)),
    openFile: (name: string, text: string) => {
      forget();
      store.setState({ fileName: name });
      edit(withLineFeeds(text));
    },
    openExample: (text: string) => {
      store.setState({ source: text, fileName: null });
      translate();
    },
    translate,
    cancel: () => {
      callOffDelay();
      store.setState({ waitingForEngine: false });
      request?.abort();
    },
    clear: () => {
      forget();
      store.setState({ source: '', fileName: null });
    },
    takeOutputAsSource: () => {
      const { generation } = store.getState();
      if (generation === null || textLength(generation.output) === 0) return;
      const text = wholeText(generation.output);
      forget();
      store.setState({ source: text });
    },
    amend: (input: GenerateInput, amended: Generation) => {
      if (store.getState().generation?.input === input) store.setState({ generation: amended });
    },
    choiceChanged: () => {
      const { source, generation, waitingForEngine } = store.getState();
      const asked = generation !== null || waitingForEngine;
      if (asked || (isLive() && source.length <= LIVE_LIMIT)) translate();
    },
    engineConnected: () => {
      if (store.getState().waitingForEngine) translate();
    },
  });
}

export function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

/** A text area has line feeds only; text kept otherwise would differ from what it shows. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function stillUseful(before: Generation, work: GenerateInput, previousOutput: string): string {
  if (before.input.task.to !== work.task.to) return '';
  const output = textLength(before.output) <= LIVE_LIMIT ? wholeText(before.output) : '';
  // A run cut short by the next keystroke has shown less than the one before it.
  return isRunning(before) && output.length < previousOutput.length ? output + previousOutput.slice(output.length) : output;
}

/** The text to summarize, the run that is shown, and what earlier runs of this session took. Knows no component. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type InferenceClient, type SummarizeEvent, type SummarizeInput } from '../../shared/inference-client';
import { isBlank, type Clock } from '../translate/translate-store';
import { beginSummary, reduceSummary, type SummaryRun } from './summary-run';

export interface SummarizeState {
  source: string;
  /** Of the file the text came from. */
  fileName: string | null;
  run: SummaryRun | null;
  /** When the newest event arrived, by the clock. */
  eventAtMs: number;
  /** Asked for; begins when the engine is there. */
  waitingForEngine: boolean;
  /** Finished runs, the newest first. */
  finished: readonly SummaryRun[];
}

interface SummarizeDependencies {
  /** Null while there is none. */
  client: () => InferenceClient | null;
  /** Null without a pack. */
  input: (text: string) => SummarizeInput | null;
  clock: Pick<Clock, 'now' | 'frame'>;
}

export interface SummarizeStore extends StoreApi<SummarizeState> {
  edit(source: string): void;
  openFile(name: string, text: string): void;
  openExample(text: string): void;
  /** Summarizes now. Blank text clears the output instead. */
  summarize(): void;
  /** Keeps what was written so far. */
  cancel(): void;
  clear(): void;
  /** Length, form or lane changed: what is shown no longer answers it. */
  choiceChanged(): void;
  engineConnected(): void;
  /** Opens the pack ahead of use. */
  warm(): void;
}

const FINISHED_KEPT = 12;

export function createSummarizeStore({ client, input, clock }: SummarizeDependencies): SummarizeStore {
  const store = createStore<SummarizeState>(() => ({
    source: '',
    fileName: null,
    run: null,
    eventAtMs: 0,
    waitingForEngine: false,
    finished: [],
  }));
  let request: AbortController | null = null;

  function forget() {
    request?.abort();
    request = null;
    store.setState({ run: null, waitingForEngine: false });
  }

  function summarize() {
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

  async function follow(engine: InferenceClient, work: SummarizeInput) {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    store.setState({ run: beginSummary(work), eventAtMs: clock.now(), waitingForEngine: false });
    let arrived: SummarizeEvent[] = [];
    const fold = () => {
      const { run, finished } = store.getState();
      if (request !== mine || arrived.length === 0 || run === null) return;
      const folded = arrived.reduce(reduceSummary, run);
      arrived = [];
      store.setState({
        run: folded,
        eventAtMs: clock.now(),
        ...(folded.phase === 'done' && { finished: [folded, ...finished].slice(0, FINISHED_KEPT) }),
      });
    };
    for await (const event of engine.summarize(work, mine.signal)) {
      if (request !== mine) continue;
      arrived.push(event);
      // Many events fit in a frame; the end is shown at once, also in a window that draws no frames.
      if (event.kind === 'done' || event.kind === 'failed') fold();
      else if (arrived.length === 1) clock.frame(fold);
    }
  }

  function take(source: string, fileName: string | null) {
    forget();
    store.setState({ source: source.replace(/\r\n?/g, '\n'), fileName });
  }

  return Object.assign(store, {
    edit: (text: string) => {
      store.setState({ source: text.replace(/\r\n?/g, '\n') });
      if (isBlank(text)) forget();
    },
    openFile: (name: string, text: string) => take(text, name),
    openExample: (text: string) => {
      take(text, null);
      summarize();
    },
    summarize,
    cancel: () => {
      store.setState({ waitingForEngine: false });
      request?.abort();
    },
    clear: () => take('', null),
    choiceChanged: () => {
      const { run, source, waitingForEngine } = store.getState();
      // A text that was changed since waits for its reader.
      if (waitingForEngine || (run !== null && run.input.text === source)) summarize();
    },
    engineConnected: () => {
      if (store.getState().waitingForEngine) summarize();
    },
    warm: () => {
      const work = input('');
      if (work !== null) client()?.warm(work.packId);
    },
  });
}

/** The newest finished run of the same text, length and form in the other of the two lanes; null where there is none. */
export function runOfOtherLane(finished: readonly SummaryRun[], { input }: SummaryRun): SummaryRun | null {
  const other = input.lane === 'llm' ? 'hybrid' : 'llm';
  const same = (candidate: SummarizeInput) =>
    candidate.lane === other &&
    candidate.packId === input.packId &&
    candidate.length === input.length &&
    candidate.form === input.form &&
    candidate.text === input.text;
  return finished.find((run) => same(run.input)) ?? null;
}

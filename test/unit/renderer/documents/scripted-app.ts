/** Main's side of the documents, by hand: keeps what was asked, answers and tells what a test says. */
import { type AppApi, type AppCallResults, type AppEventName, type AppEvents, type PageCallName } from '../../../../src/shared/app-api';
import {
  type DocumentJob,
  type DocumentOptions,
  type DocumentQueue,
  type JobState,
  type ReviewSegment,
} from '../../../../src/shared/document';
import { settle } from '../scripted-engine';

export { settle };

export type Asked = { name: PageCallName | 'addDroppedDocuments' | 'importDroppedPack' | 'readDropped'; argument: unknown };

/** Calls without an answer wait for ever. */
export type Answers = { [Name in PageCallName]?: (argument: never) => AppCallResults[Name] | Promise<AppCallResults[Name]> } & {
  addDroppedDocuments?: AppApi['addDroppedDocuments'];
  importDroppedPack?: AppApi['importDroppedPack'];
  readDropped?: AppApi['readDropped'];
};

export class ScriptedApp implements AppApi {
  readonly asked: Asked[] = [];
  private readonly listeners = new Map<AppEventName, Set<(event: never) => void>>();

  constructor(readonly answers: Answers = {}) {}

  async call<Name extends PageCallName>(name: Name, argument: unknown): Promise<AppCallResults[Name]> {
    this.asked.push({ name, argument });
    const answer = this.answers[name] as ((argument: unknown) => AppCallResults[Name]) | undefined;
    return answer === undefined ? new Promise(() => {}) : answer(argument);
  }

  async addDroppedDocuments(...given: Parameters<AppApi['addDroppedDocuments']>): ReturnType<AppApi['addDroppedDocuments']> {
    this.asked.push({ name: 'addDroppedDocuments', argument: given[1] });
    return this.answers.addDroppedDocuments?.(...given) ?? new Promise(() => {});
  }

  async importDroppedPack(...given: Parameters<AppApi['importDroppedPack']>): ReturnType<AppApi['importDroppedPack']> {
    this.asked.push({ name: 'importDroppedPack', argument: given[0] });
    return this.answers.importDroppedPack?.(...given) ?? new Promise(() => {});
  }

  async readDropped(...given: Parameters<AppApi['readDropped']>): ReturnType<AppApi['readDropped']> {
    this.asked.push({ name: 'readDropped', argument: given[0] });
    return this.answers.readDropped?.(...given) ?? new Promise(() => {});
  }

  on<Name extends AppEventName>(name: Name, listener: (event: AppEvents[Name]) => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  async tell<Name extends AppEventName>(name: Name, event: AppEvents[Name]): Promise<void> {
    for (const listener of this.listeners.get(name) ?? []) (listener as (event: AppEvents[Name]) => void)(event);
    await settle();
  }

  /** Arguments of the calls by that name. */
  argumentsOf(name: Asked['name']): unknown[] {
    return this.asked.filter((asked) => asked.name === name).map(({ argument }) => argument);
  }
}

export const OPTIONS: DocumentOptions = {
  packId: 'tiny',
  task: { kind: 'translate', from: 'en', to: 'de' },
  lane: 'hybrid',
  decoding: { kind: 'greedy' },
};

export function job(id: string, state: JobState = { kind: 'waiting' }): DocumentJob {
  return { id, name: `${id}.docx`, folder: '/documents', bytes: 84_000, format: 'Word document', options: OPTIONS, state };
}

export function queue(...jobs: DocumentJob[]): DocumentQueue {
  return {
    jobs,
    outputFolder: null,
    adding: { skipExisting: true, reflowInto: 'docx' },
    formats: [{ name: 'Plain text', extensions: ['txt'] }],
    problem: null,
  };
}

export const DONE: JobState = {
  kind: 'done',
  report: {
    segments: 212,
    translated: 200,
    kept: 11,
    failed: 1,
    flagged: 3,
    edited: 0,
    repeated: 5,
    recalled: 0,
    left: [],
    tokens: 4000,
    translateMs: 41_000,
    times: null,
    output: '/documents/report_de.docx',
    bilingual: null,
  },
};

export function segment(index: number, parts: Partial<ReviewSegment> = {}): ReviewSegment {
  return {
    index,
    block: index,
    place: '',
    source: [`Source ${index}`],
    translation: [`Translation ${index}`],
    pairs: [],
    outcome: 'translated',
    flags: [],
    confidence: 0.9,
    message: null,
    edited: false,
    memory: null,
    terms: [],
    ...parts,
  };
}

/**
 * The documents that a person gave to translate, one after the other, over restarts of the app. A job that was not finished when the app
 * ended comes back paused and not running: opening the app must not take the machine, and a document at which it crashed must not crash it
 * again at every start. Going on loses nothing.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type AddedDocuments,
  type Adding,
  type DocumentJob,
  type DocumentOptions,
  type DocumentProgress,
  type DocumentQueue,
  type DocumentReview,
  type JobState,
  type ReviewSegment,
} from '../../shared/document';
import type { Inlines } from '../../shared/inlines';
import { describeError, type Log } from '../log';
import { reason } from '../reasons';
import { findDocuments, type FoundDocument } from './find-documents';
import { runJob, type Job, type JobSurroundings } from './job';
import { JobChanged, JobFailure } from './job-failure';
import { FORMATS } from './known-formats';
import { queueWriter, readQueue, type Entry } from './queue-file';
import { Reviews, type ReviewPage } from './review';

export interface Documents {
  list(): DocumentQueue;
  add(
    paths: readonly string[],
    how: { options: DocumentOptions } & Pick<Adding, 'skipExisting'> & Partial<Adding>,
  ): Promise<AddedDocuments>;
  /** Null: beside the sources. */
  setOutputFolder(folder: string | null): Promise<DocumentQueue>;
  /** Resolves when the job has let go of its files. */
  pause(jobId: string): Promise<void>;
  resume(jobId: string, changed: Job['changed']): Promise<void>;
  remove(jobId: string): Promise<void>;
  review(jobId: string, page: ReviewPage): Promise<DocumentReview>;
  edit(jobId: string, index: number, translation: Inlines): Promise<ReviewSegment>;
  /** Paths of a job's document and of its translation, which is null until there is one. */
  files(jobId: string): { source: string; translation: string | null };
  /** Pauses what runs; for the app's end. */
  stop(): Promise<void>;
}

export interface QueueSurroundings extends Pick<JobSurroundings, 'appVersion' | 'packIdentity' | 'engines' | 'aids'> {
  /** How the translations of documents added now are named. */
  namePattern(): string;
  /** A person changed a translation, and the file has it. */
  onCorrection(task: DocumentOptions['task'], segment: ReviewSegment): void;
  onQueue(queue: DocumentQueue): void;
  onJob(job: DocumentJob): void;
  readonly log: Log;
}

/** Progress is told to the window at most this often, in milliseconds; changes of state at once. */
const TELL_MS = 200;
/** And written down at most this often. */
const SAVE_MS = 2000;

/** A document in one of these states may be added again. */
const ENDED: ReadonlySet<JobState['kind']> = new Set(['done', 'failed']);

/** `folder` holds the queue and a folder for every job. */
export async function openDocuments(folder: string, surroundings: QueueSurroundings): Promise<Documents> {
  const { log } = surroundings;
  const path = join(folder, 'queue.json');
  await mkdir(folder, { recursive: true });
  const read = await readQueue(path, log);
  let { outputFolder, adding, entries } = read;
  let unsaved: string | null = null;
  const write = queueWriter(path, log, (problem) => {
    unsaved = problem;
    surroundings.onQueue(list());
  });
  let running: { entry: Entry; controller: AbortController; ended: Promise<void> } | null = null;
  let isStopped = false;
  let saving: Promise<void> = Promise.resolve();
  let savedMs = 0;
  let toldMs = 0;

  const folderOf = (entry: Entry) => join(folder, entry.job.id);
  const jobOf = (entry: Entry): Job => ({
    id: entry.job.id,
    folder: folderOf(entry),
    input: join(entry.job.folder, entry.job.name),
    output: entry.output,
    options: entry.job.options,
    changed: entry.changed,
  });
  const list = (): DocumentQueue => ({
    jobs: entries.map(({ job }) => job),
    outputFolder,
    adding,
    formats: FORMATS.map(({ name, extensions }) => ({ name, extensions })),
    problem:
      unsaved ??
      (read.setAside === null ? null : reason`The list of documents was damaged. It begins anew; the old one is ${read.setAside}.`),
  });

  function find(jobId: string): Entry {
    const entry = entries.find(({ job }) => job.id === jobId);
    if (!entry) throw new Error(reason`This document is no longer in the list.`);
    return entry;
  }

  function save(): Promise<void> {
    savedMs = performance.now();
    saving = write({ outputFolder, adding, entries });
    return saving;
  }

  function enter(entry: Entry, state: JobState): void {
    const isProgress = state.kind === 'translating' && entry.job.state.kind === 'translating';
    entry.job = { ...entry.job, state };
    const now = performance.now();
    if (!isProgress || now - savedMs >= SAVE_MS) void save();
    if (isProgress && now - toldMs < TELL_MS) return;
    toldMs = now;
    surroundings.onJob(entry.job);
  }

  function runNext(): void {
    if (running || isStopped) return;
    const entry = entries.find(({ job }) => job.state.kind === 'waiting');
    if (!entry) return;
    const controller = new AbortController();
    running = {
      entry,
      controller,
      ended: run(entry, controller.signal).finally(() => {
        running = null;
        runNext();
      }),
    };
  }

  async function run(entry: Entry, signal: AbortSignal): Promise<void> {
    let progress: DocumentProgress | null = null;
    const tell: JobSurroundings['tell'] = (state) => {
      if (state.kind === 'translating') progress = { done: state.done, segments: state.segments };
      enter(entry, state);
    };
    try {
      const { appVersion, packIdentity, engines, aids } = surroundings;
      const report = await runJob(jobOf(entry), { appVersion, packIdentity, engines, aids, tell, signal });
      entry.changed = 'ask';
      enter(entry, { kind: 'done', report });
    } catch (error) {
      if (signal.aborted) enter(entry, { kind: 'paused', progress });
      else if (error instanceof JobChanged) enter(entry, { kind: 'changed', ...error.changed });
      else {
        if (!(error instanceof JobFailure) || error.cause !== undefined) log.warn(`a document failed: ${describeError(error)}`);
        enter(entry, { kind: 'failed', reason: error instanceof Error ? error.message : String(error), progress });
      }
    }
    await saving;
  }

  /** The job's state when nothing of it runs any more. */
  async function settle(entry: Entry): Promise<void> {
    if (running?.entry === entry) {
      running.controller.abort();
      await running.ended;
    }
  }

  /** Review and edit one after the other: each reads and writes the job's journal. */
  let reviewing: Promise<unknown> = Promise.resolve();
  const reviews = new Reviews();
  function inTurn<T>(entry: Entry, use: () => Promise<T>): Promise<T> {
    const turn = reviewing.then(() => {
      if (entry.job.state.kind !== 'done')
        throw new JobFailure(reason`This document is not translated yet; it can be reviewed when it is.`);
      return use();
    });
    reviewing = turn.catch(() => {});
    return turn;
  }

  await save();
  return {
    list,
    add: async (paths, { options, skipExisting, reflowInto = 'docx' }) => {
      adding = { skipExisting, reflowInto };
      const { found, skipped } = await findDocuments(paths, {
        to: options.task.to,
        outputFolder,
        namePattern: surroundings.namePattern(),
        skipExisting,
        reflowInto,
      });
      const isUnfinished = ({ path: input, output }: FoundDocument) =>
        entries.some((entry) => jobOf(entry).input === input && entry.output === output && !ENDED.has(entry.job.state.kind));
      const listed = found.filter(isUnfinished);
      const fresh = found.filter((document) => !listed.includes(document));
      const added = fresh.map(({ path: input, bytes, format, output }): Entry => {
        const job = { id: randomUUID(), name: basename(input), folder: dirname(input), bytes, format, options };
        return { job: { ...job, state: { kind: 'waiting' } }, output, changed: 'ask' };
      });
      entries = [...entries, ...added];
      await save();
      surroundings.onQueue(list());
      runNext();
      return {
        added: added.map(({ job }) => job.id),
        skipped: [...skipped, ...listed.map(({ path: input }) => ({ path: input, why: reason`it is in the list already` }))],
      };
    },
    setOutputFolder: async (next) => {
      outputFolder = next;
      await save();
      surroundings.onQueue(list());
      return list();
    },
    pause: async (jobId) => {
      const entry = find(jobId);
      if (running?.entry === entry) await settle(entry);
      else if (entry.job.state.kind === 'waiting') enter(entry, { kind: 'paused', progress: null });
    },
    resume: async (jobId, changed) => {
      const entry = find(jobId);
      if (entry === running?.entry || entry.job.state.kind === 'waiting') return;
      await reviewing;
      reviews.forget(jobId);
      entry.changed = changed;
      enter(entry, { kind: 'waiting' });
      runNext();
    },
    remove: async (jobId) => {
      const entry = find(jobId);
      await settle(entry);
      await reviewing;
      reviews.forget(jobId);
      entries = entries.filter((other) => other !== entry);
      await save();
      await rm(folderOf(entry), { recursive: true, force: true });
      surroundings.onQueue(list());
    },
    review: (jobId, page) => {
      const entry = find(jobId);
      return inTurn(entry, () => reviews.page(jobOf(entry), page));
    },
    edit: (jobId, index, translation) => {
      const entry = find(jobId);
      return inTurn(entry, async () => {
        const { segment, report } = await reviews.edit(jobOf(entry), index, translation);
        enter(entry, { kind: 'done', report });
        surroundings.onCorrection(entry.job.options.task, segment);
        return segment;
      });
    },
    files: (jobId) => {
      const { job } = find(jobId);
      return { source: join(job.folder, job.name), translation: job.state.kind === 'done' ? job.state.report.output : null };
    },
    stop: async () => {
      isStopped = true;
      if (running) await settle(running.entry);
      await saving;
    },
  };
}

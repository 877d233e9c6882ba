/**
 * The queue of documents as main last told it, and what came of adding files. Main keeps the jobs; nothing here is shown before main has
 * said so.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppApi } from '../../shared/app-api';
import { type AddedDocuments, type Adding, type DocumentJob, type DocumentOptions, type DocumentQueue } from '../../shared/document';
import { errorWords } from './error-words';

export interface DocumentsState {
  /** Null until main has told it. */
  queue: DocumentQueue | null;
  /** How files are added from now on; as last time, once main has told. */
  adding: Adding;
  /** Files that the system opened with the app wait to be added. */
  hasOpened: boolean;
  /** Files are being added. */
  isAdding: boolean;
  /** What became of the files added last; null: nothing, or put away. */
  lastAdded: AddedDocuments | null;
  /** Why the last call failed, and the job it was about; null: about none. */
  problem: { jobId: string | null; message: string } | null;
}

export interface DocumentsStore extends StoreApi<DocumentsState> {
  setAdding(change: Partial<Adding>): void;
  /** Asks for files or a folder. */
  choose(from: 'files' | 'folder', options: DocumentOptions): void;
  drop(files: readonly File[], options: DocumentOptions): void;
  /** Runs whenever files wait that the system opened with the app, now as well. Returns the function that stops it. */
  onOpened(run: () => void): () => void;
  /** Adds them. */
  addOpened(options: DocumentOptions): void;
  chooseOutputFolder(where: 'ask' | 'beside'): void;
  pause(jobId: string): void;
  resume(jobId: string, changed?: 'keep' | 'fresh'): void;
  remove(jobId: string): void;
  open(jobId: string, what: 'translation' | 'source' | 'folder'): void;
  /** Puts away what is told about the files added last and the call that failed. */
  dismiss(): void;
}

export function createDocumentsStore(app: AppApi): DocumentsStore {
  const store = createStore<DocumentsState>(() => ({
    queue: null,
    adding: { skipExisting: true, reflowInto: 'docx' },
    hasOpened: false,
    isAdding: false,
    lastAdded: null,
    problem: null,
  }));

  const accept = (queue: DocumentQueue) => {
    const isFirst = store.getState().queue === null;
    store.setState({ queue, ...(isFirst && { adding: queue.adding }) });
  };
  const complainAbout = (jobId: string | null) => (error: unknown) => store.setState({ problem: { jobId, message: errorWords(error) } });

  function follow(job: DocumentJob) {
    const { queue } = store.getState();
    if (queue === null) return;
    accept({ ...queue, jobs: queue.jobs.map((known) => (known.id === job.id ? job : known)) });
  }

  async function add(ask: (how: Adding) => Promise<AddedDocuments | null>) {
    store.setState({ isAdding: true, problem: null });
    try {
      const lastAdded = await ask(store.getState().adding);
      if (lastAdded !== null) store.setState({ lastAdded });
    } catch (error) {
      complainAbout(null)(error);
    } finally {
      store.setState({ isAdding: false });
    }
  }

  /** Clears what the call before complained of; the queue's change comes as an event. */
  function ask(jobId: string, call: Promise<null>) {
    store.setState({ problem: null });
    call.catch(complainAbout(jobId));
  }

  app.on('documentsChanged', accept);
  app.on('documentChanged', follow);
  app.on('filesOpened', () => store.setState({ hasOpened: true }));
  // Those of the first start came before there was a page to tell.
  app.call('areFilesOpened', {}).then((areOpened) => areOpened && store.setState({ hasOpened: true }), complainAbout(null));
  // An event that comes before the answer is newer than it.
  app.call('listDocuments', {}).then((queue) => store.getState().queue === null && accept(queue), complainAbout(null));

  return Object.assign(store, {
    setAdding: (change: Partial<Adding>) => store.setState({ adding: { ...store.getState().adding, ...change } }),
    choose: (from: 'files' | 'folder', options: DocumentOptions) =>
      void add((how) => app.call('chooseDocuments', { ...how, from, options })),
    drop: (files: readonly File[], options: DocumentOptions) => void add((how) => app.addDroppedDocuments(files, { ...how, options })),
    onOpened: (run: () => void) => {
      if (store.getState().hasOpened) queueMicrotask(run);
      return store.subscribe((state, before) => state.hasOpened && !before.hasOpened && run());
    },
    addOpened: (options: DocumentOptions) => {
      store.setState({ hasOpened: false });
      void add((how) => app.call('addOpenedDocuments', { ...how, options }));
    },
    chooseOutputFolder: (where: 'ask' | 'beside') => {
      store.setState({ problem: null });
      app.call('chooseOutputFolder', { where }).then(accept, complainAbout(null));
    },
    pause: (jobId: string) => ask(jobId, app.call('pauseDocument', { jobId })),
    resume: (jobId: string, changed: 'ask' | 'keep' | 'fresh' = 'ask') => ask(jobId, app.call('resumeDocument', { jobId, changed })),
    remove: (jobId: string) => ask(jobId, app.call('removeDocument', { jobId })),
    open: (jobId: string, what: 'translation' | 'source' | 'folder') => ask(jobId, app.call('openDocument', { jobId, what })),
    dismiss: () => store.setState({ lastAdded: null, problem: null }),
  });
}

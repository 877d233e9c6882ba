/** The calls about privacy: facts are read when they are asked for, nothing is watched meanwhile. */
import { app, shell } from 'electron';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PRIVACY_CALLS, DeletableData, Fuse } from '../shared/privacy';
import type { AppHandlers } from './app-api';
import { CONTENT_SECURITY_POLICY } from './app-protocol';
import type { Documents } from './documents/queue';
import { describeError, type Log } from './log';
import { fuseFile, readFuses } from './privacy/fuses';
import { deleteFiles, placeOf, readKept, type KeptFolders } from './privacy/kept';
import { openSockets } from './privacy/open-sockets';
import type { Refusals } from './privacy/refusals';
import { reason } from './reasons';

export interface PrivacyDependencies {
  startedMs: number;
  refusals: Refusals;
  /** See `PrivacyReport`. */
  verifiedMs(): Record<string, number>;
  /** Whether the page came with the content policy. */
  hasContentPolicy: boolean;
  folders(): KeptFolders;
  history: { close(): void };
  memory: { close(): void };
  documents: Pick<Documents, 'list' | 'remove'>;
  onDeleted(what: DeletableData): void;
  log: Log;
}

export function privacyHandlers(dependencies: PrivacyDependencies): Pick<AppHandlers, keyof typeof PRIVACY_CALLS> {
  const { startedMs, refusals, verifiedMs, hasContentPolicy, folders, history, memory, documents, onDeleted, log } = dependencies;
  // Of the program that runs; it does not change. Read once, when it is first asked for.
  let fuses: Promise<Fuse[] | null> | null = null;
  const ownFuses = () =>
    readFuses(fuseFile(process.execPath, process.platform)).catch((error: unknown) => {
      log.warn(`the fuses could not be read: ${describeError(error)}`);
      return null;
    });
  const remove: Record<DeletableData, () => Promise<void>> = {
    history: () => {
      history.close();
      return deleteFiles('history', folders());
    },
    memory: () => {
      memory.close();
      return deleteFiles('memory', folders());
    },
    documents: async () => {
      for (const { id } of documents.list().jobs) await documents.remove(id);
      // And what was set aside, or left by a crash.
      await deleteFiles('documents', folders());
    },
    log: () => deleteFiles('log', folders()),
  };
  return {
    getPrivacyReport: async () => ({
      startedMs,
      atMs: Date.now(),
      refused: refusals.list(),
      sockets: await openSockets(app.getAppMetrics().map(({ pid }) => pid)),
      verifiedMs: verifiedMs(),
      isPackaged: app.isPackaged,
      fuses: await (fuses ??= ownFuses()),
      contentPolicy: hasContentPolicy ? CONTENT_SECURITY_POLICY : null,
      kept: await readKept(folders()),
    }),
    deleteKept: async ({ what }) => {
      await remove[what]();
      onDeleted(what);
      return null;
    },
    showKept: async ({ what }) => {
      const place = placeOf(what, folders());
      const folder = what === 'history' || what === 'settings' ? dirname(place) : place;
      await mkdir(folder, { recursive: true });
      const problem = await shell.openPath(folder);
      if (problem !== '') throw new Error(reason`${folder} could not be opened: ${problem}`);
      return null;
    },
  };
}

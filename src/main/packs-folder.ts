/** Where imported packs are kept, and their way to another folder: what a person chose is kept in the settings. */
import { existsSync } from 'node:fs';
import type { PacksFolderState, PacksMove } from '../shared/packs-folder';
import { describeError, type Log } from './log';
import type { PackLibrary } from './packs/library';
import { copyPacks, packNames, removeMoved, targetIn } from './packs/move';
import type { MoveJournal } from './packs/move-journal';
import { reason } from './reasons';

export interface PacksFolderDependencies {
  /** As the app starts. */
  folder: string;
  /** Where they are kept unless a person chose otherwise. */
  usual: string;
  /** Where the settings say that they are, also when that is on a disk that is away. */
  remembered: string;
  journal: MoveJournal;
  /** The command line named the folder: it is not the app's to move. */
  isFixed: boolean;
  library: Pick<PackLibrary, 'relocate' | 'state'>;
  /** Null: the usual one. */
  remember(folder: string | null): Promise<unknown>;
  onState(state: PacksFolderState): void;
  log: Log;
}

export interface PacksFolder {
  get(): string;
  state(): PacksFolderState;
  /** To a folder of the person's choice, null: back to the usual one. How it goes is told as `onState`; throws when one is under way. */
  moveTo(chosen: string | null): Promise<void>;
  cancel(): void;
  /** Brings to an end what a crash left of a move. Later moves wait for it; never throws. */
  tidy(): Promise<void>;
}

/** Progress is told at most this often, in milliseconds. */
const TELL_MS = 100;

export function openPacksFolder(dependencies: PacksFolderDependencies): PacksFolder {
  const { folder: first, usual, remembered, journal, isFixed, library, remember, onState, log } = dependencies;
  let folder = first;
  let move: PacksMove = { kind: 'none' };
  let moving: AbortController | null = null;
  let toldMs = -Infinity;
  let tidying: Promise<void> = Promise.resolve();

  const state = (): PacksFolderState => ({ folder, isChosen: folder !== usual, isFixed, move });
  const enter = (next: PacksMove) => {
    const isProgress = next.kind === 'running' && move.kind === 'running';
    move = next;
    if (isProgress && performance.now() - toldMs < TELL_MS) return;
    toldMs = performance.now();
    onState(state());
  };

  /** Top to bottom: write down → copy → remember → use → clean. Until it is remembered the old folder is the one; from then on the new one. */
  async function run(chosen: string | null, signal: AbortSignal): Promise<void> {
    const from = folder;
    const to = await targetIn(chosen ?? usual, from);
    await journal.begin({ from, to, names: await packNames(from), makesFolder: !existsSync(to) });
    const left = await moved(chosen, from, to, signal).catch(async (error: unknown) => {
      await journal.end();
      throw error;
    });
    // What could not be removed is tried again at the next start.
    if (left === null) await journal.end();
    enter({ kind: 'moved', folder: to, left });
  }

  /** The old folder where copies are left in it, else null. */
  async function moved(chosen: string | null, from: string, to: string, signal: AbortSignal): Promise<string | null> {
    const names = await copyPacks(from, to, (progress) => enter({ kind: 'running', ...progress }), signal);
    await remember(chosen === null ? null : to).catch(async (error: unknown) => {
      await removeMoved(to, names);
      throw error;
    });
    folder = to;
    await library.relocate(to);
    log.info(`packs moved to ${to}`);
    return removeMoved(from, names).then(
      () => null,
      (error: unknown) => {
        log.warn(`packs that were moved could not be removed from ${from}: ${describeError(error)}`);
        return from;
      },
    );
  }

  return {
    get: () => folder,
    state,
    moveTo: async (chosen) => {
      if (isFixed) throw new Error(reason`Tandem was started with --packs-only: those packs are not its own to move.`);
      if (moving !== null) throw new Error(reason`The packs are being moved. Wait until that is done, or cancel it.`);
      const { import: importing } = await library.state();
      if (importing.kind === 'running') throw new Error(reason`A pack is being imported. Wait until it is done, or cancel it.`);
      const controller = new AbortController();
      moving = controller;
      enter({ kind: 'running', bytes: 0, totalBytes: 0 });
      try {
        await tidying;
        await run(chosen, controller.signal);
      } catch (error) {
        if (controller.signal.aborted) enter({ kind: 'none' });
        else enter({ kind: 'refused', problem: error instanceof Error ? error.message : String(error) });
      } finally {
        moving = null;
      }
    },
    cancel: () => moving?.abort(new Error('The move was cancelled.')),
    tidy: () => {
      if (isFixed) return tidying;
      tidying = journal.finish(remembered).then(
        (done) => {
          if (done !== null) log.info(done);
        },
        (error: unknown) => log.warn(`a move of packs that was cut short could not be tidied: ${describeError(error)}`),
      );
      return tidying;
    },
  };
}

/** Where things are on disk. */
import { app } from 'electron';
import { delimiter, join, resolve } from 'node:path';
import type { CommandLine } from './command-line';
import type { PackFolder } from './packs/catalog';

/** Bundled by the build; `out/main` is this file's folder there. */
export const RENDERER_FOLDER = join(import.meta.dirname, '..', 'renderer');
export const PRELOAD_FILE = join(import.meta.dirname, '..', 'preload', 'index.cjs');
export const INFERENCE_ENTRY = join(import.meta.dirname, 'inference.js');

/** What ships beside the code: in the installed app a folder of its own, in development the repository's. */
export function resourcesFolder(): string {
  return app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
}

export const settingsFile = (): string => join(app.getPath('userData'), 'settings.json');
/** Where the window stood. */
export const windowStateFile = (): string => join(app.getPath('userData'), 'window.json');
export const historyFile = (): string => join(app.getPath('userData'), 'history.db');
export const logFile = (): string => join(app.getPath('userData'), 'logs', 'tandem.log');
/** The list of documents, and what is translated of them so far. */
export const documentsFolder = (): string => join(app.getPath('userData'), 'documents');
/** The translation memory and the glossary. */
export const memoryFile = (): string => join(app.getPath('userData'), 'memory', 'memory.db');
/** What tests of providers on this machine found. */
export const processorsFile = (): string => join(app.getPath('userData'), 'processors.json');
/** While they are being moved to another folder. */
export const packsMoveFile = (): string => join(app.getPath('userData'), 'packs-move.json');
/** Where imported packs are kept unless a person chose another folder. */
export const userPacksFolder = (): string => join(app.getPath('userData'), 'packs');

/** Folders searched for packs, first found wins: those named by TANDEM_PACKS, `userPacks`, where imports are kept, and the bundled ones. */
export function packFolders({ packsOnly }: CommandLine, userPacks: string): PackFolder[] {
  if (packsOnly !== null) return [{ folder: packsOnly, bundled: false }];
  const named = (process.env['TANDEM_PACKS'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...named.map((folder) => ({ folder: resolve(folder), bundled: false })),
    { folder: userPacks, bundled: false },
    { folder: join(resourcesFolder(), 'packs'), bundled: true },
  ];
}

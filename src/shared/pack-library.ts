/** The packs on disk as main tells a window of them: whether each was checked, what an import has come to, and the calls that change them. */
import { z } from 'zod';
import { languageSchema, providerSchema } from './pack';
import type { ProcessorsState } from './processors';

/** `waiting`, then `checking`, then `verified`: every byte is as declared, and after an import or a check asked for, its self-test was run. */
export type PackCheck = 'waiting' | 'checking' | 'verified';

export type ImportStage = 'reading' | 'copying' | 'checking' | 'testing';

/** The import that is under way, or what the last one came to. */
export type PackImport =
  | { kind: 'none' }
  | {
      kind: 'running';
      /** Of the file or folder that was chosen. */
      name: string;
      stage: ImportStage;
      /** Which file of the pack it is about, where it is about one. */
      file: string | null;
      /** Copied so far, and in all. */
      bytes: number;
      totalBytes: number;
    }
  | {
      kind: 'imported';
      packId: string;
      name: string;
      version: string;
      replacedVersion: string | null;
      /** Generation settings of a model that are not applied, each with its value; empty of a pack. */
      notApplied: readonly string[];
    }
  /** A model that does not tell its languages: the import goes on when `answerPackImport` says them. */
  | {
      kind: 'asks';
      name: string;
      family: string;
      /** Languages it knows; null: it does not say. */
      offered: string[] | null;
      /** Whether it may have to be asked with words before the text. */
      asksPrefix: boolean;
    }
  /** `problem` says what was got, what was expected and what to do. */
  | { kind: 'refused'; name: string; problem: string };

export interface PackLibraryState {
  /** Where imported packs are kept. */
  packsFolder: string;
  /** Left on its disk. */
  freeBytes: number;
  /** By the folder of a pack; those that are damaged have none. */
  checks: Record<string, PackCheck>;
  /** Folders of packs that may be removed: those that were imported. */
  removable: string[];
  import: PackImport;
}

const packFolder = z.strictObject({ folder: z.string() });

/** Name → argument schema, as in app-api.ts. */
export const PACK_CALLS = {
  getPackLibrary: z.strictObject({}),
  /** Asks for a folder or a zip and imports it; what comes of it is told as `packLibraryChanged`. Null: nothing was chosen. */
  choosePackToImport: z.strictObject({ from: z.enum(['folder', 'zip']) }),
  /** A page names no paths: see `importDroppedPack` of AppApi. */
  importPack: z.strictObject({ path: z.string() }),
  /** Goes on with an import that asks. */
  answerPackImport: z.strictObject({ from: languageSchema, to: languageSchema, prefix: z.string().nullable() }),
  cancelPackImport: z.strictObject({}),
  /** Puts away what the last import came to. */
  dismissPackImport: z.strictObject({}),
  /** Reads every byte again and runs the self-test, of one of the packs listed. */
  checkPack: packFolder,
  /** Deletes one of the packs listed as removable. */
  removePack: packFolder,
  showPackFolder: packFolder,
  getProcessors: z.strictObject({}),
  /** Tests a provider of this machine with a pack, or all that did not end or block a test before; answered when it is done or cancelled. */
  testProcessors: z.strictObject({ packId: z.string(), provider: providerSchema.nullable() }),
  cancelProcessorTest: z.strictObject({}),
  /** The pack runs on the CPU again. */
  forgetProcessors: z.strictObject({ packId: z.string() }),
} as const;

export interface PackCallResults {
  getPackLibrary: PackLibraryState;
  choosePackToImport: null;
  importPack: null;
  answerPackImport: null;
  cancelPackImport: null;
  dismissPackImport: null;
  checkPack: null;
  removePack: null;
  showPackFolder: null;
  getProcessors: ProcessorsState;
  testProcessors: null;
  cancelProcessorTest: null;
  forgetProcessors: null;
}

export interface PackEvents {
  packLibraryChanged: PackLibraryState;
  processorsChanged: ProcessorsState;
}

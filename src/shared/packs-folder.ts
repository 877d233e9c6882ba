/** Where imported packs are kept, and their way to another folder, as main tells a window. */
import { z } from 'zod';

/** The move that is under way, or what the last one came to. */
export type PacksMove =
  | { kind: 'none' }
  /** Bytes copied and compared so far, and in all. */
  | { kind: 'running'; bytes: number; totalBytes: number }
  /** `left`: the old folder, where it could not be cleaned. */
  | { kind: 'moved'; folder: string; left: string | null }
  /** Everything is where it was. */
  | { kind: 'refused'; problem: string };

export interface PacksFolderState {
  folder: string;
  /** Whether a person chose it. */
  isChosen: boolean;
  /** The command line named it: it cannot be moved from here. */
  isFixed: boolean;
  move: PacksMove;
}

/** Name → argument schema, as in app-api.ts. */
export const PACKS_FOLDER_CALLS = {
  getPacksFolder: z.strictObject({}),
  /** `ask`: to a folder of the person's choice; answered when it is done, refused or cancelled. */
  movePacks: z.strictObject({ to: z.enum(['ask', 'usual']) }),
  cancelPacksMove: z.strictObject({}),
} as const;

export interface PacksFolderCallResults {
  getPacksFolder: PacksFolderState;
  movePacks: null;
  cancelPacksMove: null;
}

export interface PacksFolderEvents {
  packsFolderChanged: PacksFolderState;
}

/**
 * A move of packs in writing while it goes on, so that one that a crash cut short is brought to an end when the app starts again: what was
 * copied too much goes, in the new folder or in the old one, whichever the packs are not kept in. Knows files only.
 */
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../write-atomic';
import { removeStaleStaging } from './staging';

const moveSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Of the packs. */
  names: z.array(z.string().regex(/^[^/\\]+$/)),
  /** Whether the move makes the folder it goes to. */
  makesFolder: z.boolean(),
});
export type MoveUnderWay = z.infer<typeof moveSchema>;

export interface MoveJournal {
  /** Before the first byte is copied. */
  begin(move: MoveUnderWay): Promise<void>;
  /** Nothing is left of it to be tidied. */
  end(): Promise<void>;
  /**
   * After a crash: `folder` is where packs are kept, as the settings say. Only what is there as well, file by file, is removed from the other
   * folder. A folder that is on a disk that is away waits for another start. Tells what was done, or null.
   */
  finish(folder: string): Promise<string | null>;
}

export function openMoveJournal(path: string): MoveJournal {
  const end = () => rm(path, { force: true });
  return {
    begin: (move) => writeFileAtomic(path, `${JSON.stringify(move, null, 2)}\n`),
    end,
    finish: async (folder) => {
      const move = await readMove(path);
      if (move === null) return null;
      const { from, to, names, makesFolder } = move;
      if (folder !== from && folder !== to) {
        await end();
        return 'packs that were being moved are kept elsewhere by now; nothing is touched';
      }
      const spent = folder === to ? from : to;
      if (!existsSync(spent) && !existsSync(dirname(spent))) return null;
      const removed = existsSync(spent) ? await removeCopies(spent, folder, names) : 0;
      if (spent === to && makesFolder) await rmdir(to).catch(() => {});
      await end();
      return `a move of packs had been cut short; ${removed} copies were removed from ${spent}`;
    },
  };
}

/** How many. What is not whole in `kept` stays. */
async function removeCopies(spent: string, kept: string, names: readonly string[]): Promise<number> {
  await removeStaleStaging(spent);
  let removed = 0;
  for (const name of names) {
    const copy = join(spent, name);
    if (!existsSync(copy) || !(await isWithin(copy, join(kept, name)))) continue;
    await rm(copy, { recursive: true, maxRetries: 5 });
    removed++;
  }
  return removed;
}

/** Whether every file of the one is in the other, with as many bytes. */
async function isWithin(copy: string, whole: string): Promise<boolean> {
  if (!existsSync(whole)) return false;
  const [ours, theirs] = [await lstat(copy), await lstat(whole)];
  if (ours.isFile()) return theirs.isFile() && theirs.size === ours.size;
  if (!ours.isDirectory() || !theirs.isDirectory()) return false;
  for (const name of await readdir(copy)) if (!(await isWithin(join(copy, name), join(whole, name)))) return false;
  return true;
}

/** Null: no move was under way. Throws where the file is not what was written. */
async function readMove(path: string): Promise<MoveUnderWay | null> {
  return existsSync(path) ? moveSchema.parse(JSON.parse(await readFile(path, 'utf8'))) : null;
}

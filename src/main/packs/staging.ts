/** Folders beside the packs that are not packs: those on their way in, and those on their way out. Each is named after its process. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive } from '../process-alive';
import { reason } from '../reasons';
import { PackRefusal } from './refusal';

const STAGING = /^\.import-(\d+)-[0-9a-f]+$/;
/** Room that must be left on the disk. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** An empty folder for a pack of `bytes`, in the packs' folder, which is made where it is not there. Throws PackRefusal, about `name`. */
export async function makeStaging(packsFolder: string, bytes: number, name: string): Promise<string> {
  const staging = stagingFolder(packsFolder);
  try {
    await mkdir(packsFolder, { recursive: true });
    await removeStaleStaging(packsFolder);
    await checkRoom(packsFolder, bytes, name);
    await mkdir(staging);
    return staging;
  } catch (error) {
    if (error instanceof PackRefusal) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new PackRefusal(
      name,
      reason`nothing can be installed in ${packsFolder} (${why}). Choose another folder for packs, or let this one be written to.`,
      { cause: error },
    );
  }
}

async function checkRoom(folder: string, bytes: number, name: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = bytes + SPARE_BYTES;
  if (needed <= free) return;
  throw new PackRefusal(
    name,
    reason`needs ${Math.ceil(needed / 1e6)} MB, but the disk has ${Math.floor(free / 1e6)} MB left. Make room, and import it again.`,
  );
}

/** Gone at once for whoever looks for packs, then from the disk. Throws PackRefusal where the system does not let it go. */
export async function removePackFolder(folder: string): Promise<void> {
  const aside = stagingFolder(dirname(folder));
  try {
    await rename(folder, aside);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PackRefusal(basename(folder), reason`cannot be removed (${why}). Close what uses it, and remove it again.`, { cause: error });
  }
  await rm(aside, { recursive: true, force: true, maxRetries: 3 });
}

const stagingFolder = (packsFolder: string) => join(packsFolder, `.import-${process.pid}-${randomBytes(6).toString('hex')}`);

/** What imports left that were killed: their process is gone. */
export async function removeStaleStaging(packsFolder: string): Promise<void> {
  for (const name of await readdir(packsFolder)) {
    const owner = STAGING.exec(name)?.[1];
    if (owner !== undefined && !isProcessAlive(Number(owner))) await rm(join(packsFolder, name), { recursive: true, force: true });
  }
}

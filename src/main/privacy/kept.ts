/** What the app keeps on disk, and how much of it there is. Every file of the user's folder belongs to exactly one kind. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { KEPT_DATA, type DeletableData, type Kept, type KeptData } from '../../shared/privacy';

export interface KeptFolders {
  /** All of the app's data; the packs may lie elsewhere. */
  userData: string;
  /** Imported packs. */
  packs: string;
  /** Written `~` where a place is told. */
  home: string;
}

/** Names in the user's folder, by their beginnings: a file that was damaged is set aside under a longer name. `window` takes the others. */
const BEGINNINGS: Readonly<Record<Exclude<KeptData, 'packs' | 'window'>, readonly string[]>> = {
  history: ['history.'],
  memory: ['memory'],
  documents: ['documents'],
  log: ['logs'],
  settings: ['settings.', 'window.json', 'processors.json', 'packs-move.json'],
};

/** Files or folders in the user's folder, each with the kind that it is; folders of the packs apart. */
async function entriesOf({ userData, packs }: KeptFolders): Promise<{ path: string; what: KeptData }[]> {
  const names = await readdir(userData);
  return names
    .map((name) => ({ path: join(userData, name), what: kindOf(name) }))
    .filter(({ path }) => path !== packs && !packs.startsWith(path + sep));
}

function kindOf(name: string): KeptData {
  for (const what of KEPT_DATA) {
    if (what === 'packs' || what === 'window') continue;
    if (BEGINNINGS[what].some((beginning) => name.startsWith(beginning))) return what;
  }
  return 'window';
}

export async function readKept(folders: KeptFolders): Promise<Kept[]> {
  const entries = [...(await entriesOf(folders)), { path: folders.packs, what: 'packs' as const }];
  const all: Kept[] = [];
  for (const what of KEPT_DATA) {
    const sizes = await Promise.all(entries.filter((entry) => entry.what === what).map(({ path }) => sizeOf(path)));
    const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
    const files = sizes.reduce((sum, size) => sum + size.files, 0);
    all.push({ what, place: shortened(placeOf(what, folders), folders.home), bytes, files });
  }
  return all;
}

/** The folder, or where it is one file that file, to show to a person. */
export function placeOf(what: KeptData, { userData, packs }: KeptFolders): string {
  switch (what) {
    case 'history':
      return join(userData, 'history.db');
    case 'memory':
      return join(userData, 'memory');
    case 'documents':
      return join(userData, 'documents');
    case 'log':
      return join(userData, 'logs');
    case 'settings':
      return join(userData, 'settings.json');
    case 'packs':
      return packs;
    case 'window':
      return userData;
    default:
      return what satisfies never;
  }
}

/** The list of documents stays, which is the queue's to write. Whoever writes the other files must have let go of them. */
export async function deleteFiles(what: DeletableData, folders: KeptFolders): Promise<void> {
  const paths =
    what === 'documents'
      ? (await namesIn(placeOf(what, folders))).filter((name) => name !== 'queue.json').map((name) => join(placeOf(what, folders), name))
      : (await entriesOf(folders)).filter((entry) => entry.what === what).map(({ path }) => path);
  for (const path of paths) await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** None of a folder that was never made. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });

/** With `~` for the home folder: a path tells a person's name. */
export function shortened(path: string, home: string): string {
  const within = relative(home, path);
  return within === '' || within.startsWith('..') || within === path ? path : join('~', within);
}

async function sizeOf(path: string): Promise<{ bytes: number; files: number }> {
  try {
    const found = await lstat(path);
    if (!found.isDirectory()) return { bytes: found.size, files: 1 };
    const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
    return sizes.reduce((sum, { bytes, files }) => ({ bytes: sum.bytes + bytes, files: sum.files + files }), { bytes: 0, files: 0 });
  } catch {
    // Gone since its folder was read, or closed to us: then it is no file of ours.
    return { bytes: 0, files: 0 };
  }
}

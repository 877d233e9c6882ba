/** Where the command line looks for packs, and which one it was asked for. */
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalog, readPack, type PackFolder } from '../main/packs/catalog';
import type { PackEntry } from '../shared/app-api';

type UsablePack = Extract<PackEntry, { state: 'ok' }>;

/** What the person asked for cannot be had; one line, exit code 1. */
export class CommandFailure extends Error {}

const BUNDLED_PACKS = fileURLToPath(new URL('../../resources/packs', import.meta.url));

export function packFolders(environment: NodeJS.ProcessEnv): PackFolder[] {
  const extra = (environment.TANDEM_PACKS ?? '').split(delimiter).filter((folder) => folder !== '');
  return [{ folder: BUNDLED_PACKS, bundled: true }, ...extra.map((folder) => ({ folder: fromCallersFolder(folder), bundled: false }))];
}

/** `wanted`: an id, a folder, or null for the first usable pack. */
export async function findPack(wanted: string | null, environment: NodeJS.ProcessEnv): Promise<UsablePack> {
  if (wanted !== null && existsSync(join(fromCallersFolder(wanted), 'pack.json'))) {
    const entry = await readPack(fromCallersFolder(wanted), false);
    if (entry.state === 'ok') return entry;
    throw new CommandFailure(`The pack in ${wanted} cannot be used: ${entry.problem}`);
  }
  const entries = await readCatalog(packFolders(environment));
  const usable = entries.filter((entry) => entry.state === 'ok');
  const found = wanted === null ? usable[0] : usable.find((entry) => entry.manifest.id === wanted);
  if (found) return found;
  const damaged = entries.flatMap((entry) => (entry.state === 'damaged' ? [`${entry.folder}: ${entry.problem}`] : []));
  const known = usable.map((entry) => entry.manifest.id).join(', ') || 'none';
  const asked = wanted === null ? 'There is no usable pack' : `There is no pack "${wanted}"`;
  throw new CommandFailure(
    [`${asked}; found: ${known}. Put one into resources/packs or name its folder with --pack.`, ...damaged].join(' '),
  );
}

/** npm runs scripts in the project's folder; paths are meant from where the person typed. */
export function fromCallersFolder(path: string): string {
  const caller = process.env.npm_lifecycle_event === 'cli' ? process.env.INIT_CWD : undefined;
  return resolve(caller ?? process.cwd(), path);
}

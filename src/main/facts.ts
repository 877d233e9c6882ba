/** What a report of a bug needs to know of this machine: versions, processor, memory, packs. The command line and the window tell the same. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { freemem, homedir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { Machine, PackEntry } from '../shared/app-api';
import type { Provider } from '../shared/pack';
import { machine } from './machine';
import { MANIFEST_FILE } from './packs/verify';
import { gpuProvidersHere, runtimeVersion } from './providers/runtime';

export interface PackFacts {
  /** Of a damaged pack, the name of its folder. */
  id: string;
  /** Null: damaged. */
  version: string | null;
  /** Of its manifest, which holds the hash of every other file; null: it cannot be read. */
  sha256: string | null;
  bytes: number | null;
  /** Whether it came with the app or was put here. */
  bundled: boolean;
  /** Null: it is sound, as far as was looked. */
  problem: string | null;
}

export interface Facts {
  app: string;
  /** Null on the command line, which runs under Node alone. */
  electron: string | null;
  chrome: string | null;
  node: string;
  /** ONNX Runtime. */
  runtime: string;
  /** Where the runtime could run sessions on such a machine; whether it works there, a probe tells. */
  providers: readonly Provider[];
  machine: Machine;
  freeMemoryBytes: number;
  packs: PackFacts[];
}

/**
 * A plain object of strings and numbers that can be shown or written as JSON. It holds no path, no name of a user and nothing that was
 * typed: words of a pack's problem have the user's folder and name taken out. Reads each pack's manifest; never throws.
 */
export async function facts(appVersion: string, packs: readonly PackEntry[]): Promise<Facts> {
  const { electron = null, chrome = null, node } = process.versions as Partial<NodeJS.ProcessVersions> & { node: string };
  return {
    app: appVersion,
    electron,
    chrome,
    node,
    runtime: runtimeVersion(),
    providers: ['cpu', ...gpuProvidersHere()],
    machine: machine(),
    freeMemoryBytes: freemem(),
    packs: await Promise.all(packs.map(packFacts)),
  };
}

async function packFacts(entry: PackEntry): Promise<PackFacts> {
  const { folder, bundled } = entry;
  const sha256 = await readFile(join(folder, MANIFEST_FILE)).then(
    (content) => createHash('sha256').update(content).digest('hex'),
    () => null,
  );
  if (entry.state === 'damaged')
    return { id: withoutUser(basename(folder)), version: null, sha256, bytes: null, bundled, problem: withoutUser(entry.problem) };
  return { id: entry.manifest.id, version: entry.manifest.version, sha256, bytes: entry.bytes, bundled, problem: null };
}

/** The home folder as `~`, and the user's name as `user` wherever it stands as a word of its own. */
export function withoutUser(words: string, home = homedir(), user = userName()): string {
  const name = user.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const homeless = home === '' || home === '/' ? words : words.replaceAll(home, '~');
  return name === '' ? homeless : homeless.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'gu'), 'user');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // The system knows no name for this user: there is none to take out.
    return '';
  }
}

/**
 * Which packs there are: reads the pack folders, parses each manifest and compares file sizes.
 * Fast on purpose (no content is read); hashes are verify.ts's. Knows no process and no window.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackEntry } from '../../shared/app-api';
import { packManifestSchema, type PackManifest } from '../../shared/pack';
import { reason } from '../reasons';
import { MANIFEST_FILE, readFailure, sizeProblem } from './verify';

export interface PackFolder {
  /** Holds packs as subfolders, or is a pack itself. */
  folder: string;
  bundled: boolean;
}

/** A manifest is a few kilobytes; anything far beyond is not one. */
export const MANIFEST_LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * Packs in search order: the first usable pack of an id wins, within a folder its newest version; others of the same id are left out.
 * A damaged pack is listed with its reason. A folder that is not there holds no packs.
 */
export async function readCatalog(folders: PackFolder[]): Promise<PackEntry[]> {
  const entries: PackEntry[] = [];
  const known = new Set<string>();
  for (const { folder, bundled } of folders) {
    const found: PackEntry[] = [];
    for (const candidate of await packCandidates(folder)) found.push(await readPack(candidate, bundled));
    const newest = newestVersions(found);
    for (const entry of found) {
      if (entry.state === 'ok') {
        if (known.has(entry.manifest.id) || newest.get(entry.manifest.id) !== entry) continue;
        known.add(entry.manifest.id);
      }
      entries.push(entry);
    }
  }
  return entries;
}

/** By id; the first of equals. */
function newestVersions(entries: readonly PackEntry[]): Map<string, PackEntry> {
  const newest = new Map<string, Extract<PackEntry, { state: 'ok' }>>();
  for (const entry of entries) {
    if (entry.state !== 'ok') continue;
    const known = newest.get(entry.manifest.id);
    if (!known || compareVersions(entry.manifest.version, known.manifest.version) > 0) newest.set(entry.manifest.id, entry);
  }
  return newest;
}

/** Positive when `a` is newer. Both are three numbers. */
export function compareVersions(a: string, b: string): number {
  const numbers = b.split('.').map(Number);
  return a.split('.').reduce((order, part, i) => (order !== 0 ? order : Number(part) - (numbers[i] ?? 0)), 0);
}

/** One pack folder as the catalog sees it. */
export async function readPack(folder: string, bundled: boolean): Promise<PackEntry> {
  const damaged = (problem: string): PackEntry => ({ state: 'damaged', folder, bundled, problem });
  const read = await readManifest(folder);
  if ('problem' in read) return damaged(read.problem);
  const { manifest } = read;
  const problems = await Promise.all(manifest.files.map((file) => sizeProblem(folder, file)));
  const problem = problems.find((found) => found !== null);
  if (problem !== undefined) return damaged(problem);
  return { state: 'ok', folder, bundled, bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0), manifest };
}

type ReadManifest = { manifest: PackManifest } | { problem: string };

async function readManifest(folder: string): Promise<ReadManifest> {
  const path = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MANIFEST_LIMIT_BYTES) return { problem: reason`${MANIFEST_FILE}: ${size} bytes; expected a manifest of a few kilobytes.` };
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { problem: reason`${MANIFEST_FILE}: ${readFailure(error)}; expected the pack's manifest.` };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: reason`${MANIFEST_FILE}: not valid JSON (${error instanceof Error ? error.message : String(error)}).` };
  }
  const parsed = packManifestSchema.safeParse(json);
  if (parsed.success) return { manifest: parsed.data };
  return { problem: `${MANIFEST_FILE}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` };
}

/** The folder itself when it is a pack, else its subfolders; names starting with a dot are staging folders. */
async function packCandidates(folder: string): Promise<string[]> {
  if (await isFile(join(folder, MANIFEST_FILE))) return [folder];
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    // There, but not to be read: it becomes one damaged entry that says why.
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? [] : [folder];
  }
  const candidates: string[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (!name.startsWith('.') && (await isDirectory(path))) candidates.push(path);
  }
  return candidates;
}

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
const isDirectory = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

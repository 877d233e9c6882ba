/** Where hostile packs are made and imported: a copy of the tiny pack that a case may change, and a folder that packs come into. */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { readCatalog } from '../../../src/main/packs/catalog';
import { importPack, type ImportContext } from '../../../src/main/packs/import';
import { PackRefusal } from '../../../src/main/packs/refusal';
import { selfTestProblems } from '../../../src/main/inference/self-test';
import { TINY, tinyManifest } from '../tiny';
import type { HostileEntry } from './zip';

export let scratch: string;
export let packsFolder: string;
/** A copy of the tiny pack that a case may change. */
export let pack: string;

/** New ones for each test of the file that calls it. */
export function freshFolders(): void {
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'tandem-hostile-'));
    packsFolder = join(scratch, 'packs');
    pack = join(scratch, 'pack');
    await mkdir(packsFolder);
    await cp(TINY, pack, { recursive: true });
  });
  afterEach(() => rm(scratch, { recursive: true, maxRetries: 3 }));
}

/** What a case does to the pack, and what the refusal of it says. */
export type Case = [name: string, make: () => Promise<unknown>, expected: RegExp];

export async function imported(path: string, changes: Partial<ImportContext> = {}) {
  const installed = await readCatalog([{ folder: packsFolder, bundled: false }]);
  const context: ImportContext = {
    packsFolder,
    installed,
    answers: null,
    selfTest: selfTestProblems,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...changes,
  };
  return importPack(path, context);
}

export async function refusal(path: string): Promise<PackRefusal> {
  const before = await readdir(packsFolder);
  const refused = await imported(path).then(
    () => null,
    (error: unknown) => error,
  );
  expect(await readdir(packsFolder), 'something is left').toEqual(before);
  if (!(refused instanceof PackRefusal)) throw new Error(`expected a refusal, got ${String(refused)}`, { cause: refused });
  return refused;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The manifest with these fields in place of its own, whatever they are. */
export const manifest = (changes: object) => writeFile(join(pack, 'pack.json'), JSON.stringify({ ...tinyManifest, ...changes }));

/** Puts files into the pack and declares them as they are. */
export async function put(files: Record<string, Uint8Array | string>, changes: object = {}): Promise<void> {
  const declared = new Map(tinyManifest.files.map((file) => [file.path, file]));
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    await mkdir(dirname(join(pack, path)), { recursive: true });
    await writeFile(join(pack, path), bytes);
    declared.set(path, { path, bytes: bytes.length, sha256: sha256(bytes) });
  }
  await manifest({ files: [...declared.values()], ...changes });
}

export async function tinyFiles(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(TINY)) files.set(name, await readFile(join(TINY, name)));
  return files;
}

export const entriesOf = (files: ReadonlyMap<string, Uint8Array>): HostileEntry[] =>
  Array.from(files, ([name, content]) => ({ name, content, store: name.endsWith('.onnx') }));

/** A pack of this app's own format before it is copied: its manifest, and whether what lies beside it is what the manifest lists. */
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { packManifestSchema } from '../../shared/pack';
import { reason } from '../reasons';
import { MANIFEST_LIMIT_BYTES } from './catalog';
import { contentKind } from './content';
import type { ImportPlan, PlannedFile } from './import';
import { pathKey, pathProblem } from './pack-path';
import { getAgain, notTrusted, PackRefusal } from './refusal';
import type { PackSource, SourceFile } from './source';
import { MANIFEST_FILE } from './verify';

/** Null where the source is no pack of this format. Throws PackRefusal. */
export async function planNativePack(source: PackSource): Promise<ImportPlan | null> {
  const manifestFile = source.files.find(({ path }) => path === MANIFEST_FILE);
  if (!manifestFile) return null;
  const text = await readText(manifestFile, MANIFEST_LIMIT_BYTES);
  const parsed = packManifestSchema.safeParse(parsedJson(text, MANIFEST_FILE));
  if (!parsed.success) {
    throw new PackRefusal(MANIFEST_FILE, reason`${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}. ${getAgain()}`);
  }
  const manifest = parsed.data;
  const undeclared = new Map(source.files.filter((file) => file !== manifestFile).map((file) => [file.path, file]));
  const keys = new Set([pathKey(MANIFEST_FILE)]);
  const files: PlannedFile[] = [];
  for (const { path, bytes, sha256 } of manifest.files) {
    const problem = pathProblem(path);
    if (problem !== null) throw new PackRefusal(path, reason`${problem}. ${notTrusted()}`);
    if (keys.has(pathKey(path))) throw new PackRefusal(path, reason`listed twice in ${MANIFEST_FILE}, expected once. ${getAgain()}`);
    keys.add(pathKey(path));
    contentKind(path, bytes);
    const file = undeclared.get(path);
    if (!file) throw new PackRefusal(path, reason`missing; expected ${bytes} bytes. ${getAgain()}`);
    if (file.bytes !== bytes) throw new PackRefusal(path, reason`${file.bytes} bytes; expected ${bytes}. ${getAgain()}`);
    undeclared.delete(path);
    files.push({ file, sha256 });
  }
  for (const { path, bytes } of undeclared.values()) {
    contentKind(path, bytes);
    throw new PackRefusal(path, reason`not listed in ${MANIFEST_FILE}; expected no other files. Remove it.`);
  }
  return { id: manifest.id, name: manifest.name, version: manifest.version, files, notApplied: [], manifestText: () => text };
}

/** A file of at most `mostBytes` as text. Throws PackRefusal. */
export async function readText({ path, bytes, open }: SourceFile, mostBytes: number): Promise<string> {
  if (bytes > mostBytes) throw new PackRefusal(path, reason`${bytes} bytes, expected at most ${mostBytes}. ${notTrusted()}`);
  const content = await buffer(await open()).catch((error: unknown) => {
    throw new PackRefusal(path, reason`cannot be read (${error instanceof Error ? error.message : String(error)}). ${getAgain()}`, {
      cause: error,
    });
  });
  return content.toString('utf8');
}

/** Throws PackRefusal. */
export function parsedJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PackRefusal(path, reason`not valid JSON (${error instanceof Error ? error.message : String(error)}). ${getAgain()}`, {
      cause: error,
    });
  }
}

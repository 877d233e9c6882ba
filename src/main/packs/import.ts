/**
 * THE WAY OF A PACK INTO THE APP, top to bottom: open → read its manifest → refuse what is installed already → copy into a staging folder,
 * counting and hashing every byte → look into every file → try it in the engine → rename into place. Whatever goes wrong, nothing is left.
 * Knows files; who runs a pack is passed in.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackEntry } from '../../shared/app-api';
import { reason } from '../reasons';
import { compareVersions, readPack } from './catalog';
import { checkContents } from './content';
import { planHubModel } from './hub-model';
import type { HubAnswers } from './hub-families';
import { planNativePack } from './native-pack';
import { getAgain, PackRefusal } from './refusal';
import { openSource, type SourceFile } from './source';
import { makeStaging, removePackFolder } from './staging';
import { MANIFEST_FILE } from './verify';

export interface PlannedFile {
  readonly file: SourceFile;
  /** What its bytes must hash to; null where nobody has said. */
  readonly sha256: string | null;
}

/** A file as it was copied. */
export interface CopiedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What is to be installed, and under which id. */
export interface ImportPlan {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly PlannedFile[];
  /** Settings of a model that are not applied here, for a person to know; none of a pack. */
  readonly notApplied: readonly string[];
  /** The manifest to install with what was copied. */
  manifestText(copied: readonly CopiedFile[]): string;
}

export interface ImportProgress {
  stage: 'reading' | 'copying' | 'checking' | 'testing';
  /** Which file it is about, where it is about one. */
  file: string | null;
  /** Copied so far, and in all. */
  bytes: number;
  totalBytes: number;
}

type UsablePack = Extract<PackEntry, { state: 'ok' }>;

export interface ImportContext {
  /** Packs are installed here, each in a folder named after its id and version. */
  packsFolder: string;
  /** What the person said about a model that does not tell its languages; null: nothing was asked yet. */
  answers: HubAnswers | null;
  /** Those that are known now. */
  installed: readonly PackEntry[];
  /** What is wrong with a pack when it is run, one sentence each. Runs graphs nobody has vouched for: best in a process of its own. */
  selfTest(folder: string, signal: AbortSignal): Promise<string[]>;
  onProgress(progress: ImportProgress): void;
  signal: AbortSignal;
}

export interface ImportedPack {
  id: string;
  name: string;
  version: string;
  folder: string;
  /** The older version that is still there beside it; null where there was none. Bundled ones stay, others are removed by the caller. */
  replaced: UsablePack | null;
  /** Settings of a model that are not applied here. */
  notApplied: readonly string[];
}

/** `path`: a folder or a zip. Throws PackRefusal, PackQuestion, or the signal's reason. */
export async function importPack(path: string, context: ImportContext): Promise<ImportedPack> {
  const { packsFolder, signal, onProgress } = context;
  const progress: ImportProgress = { stage: 'reading', file: null, bytes: 0, totalBytes: 0 };
  const tell = (change: Partial<ImportProgress>) => onProgress(Object.assign(progress, change));
  tell({});
  signal.throwIfAborted();
  const source = await openSource(path);
  let staging: string | null = null;
  try {
    const plan = (await planNativePack(source)) ?? (await planHubModel(source, context.answers));
    if (!plan) {
      const expected = reason`a pack with ${MANIFEST_FILE}, or a model with config.json and ONNX graphs`;
      throw new PackRefusal(source.name, reason`holds no ${MANIFEST_FILE}; expected ${expected}. Choose the folder or zip that has it.`);
    }
    const replaced = replacedPack(plan, context.installed);

    const totalBytes = plan.files.reduce((sum, { file }) => sum + file.bytes, 0);
    staging = await makeStaging(packsFolder, totalBytes, source.name);
    const copied: CopiedFile[] = [];
    for (const planned of plan.files) {
      signal.throwIfAborted();
      tell({ stage: 'copying', file: planned.file.path, totalBytes });
      copied.push(await copyFile(planned, staging, signal, (bytes) => tell({ bytes: progress.bytes + bytes })));
    }
    await writeSynced(join(staging, MANIFEST_FILE), plan.manifestText(copied));

    await checkContents(staging, copied, signal, (file) => tell({ stage: 'checking', file }));
    const entry = await readPack(staging, false);
    if (entry.state === 'damaged') throw new PackRefusal(source.name, entry.problem);
    tell({ stage: 'testing', file: null });
    const [problem] = await context.selfTest(staging, signal);
    if (problem !== undefined) throw new PackRefusal(source.name, reason`does not work here. ${problem}`);

    signal.throwIfAborted();
    const folder = join(packsFolder, `${plan.id}-${plan.version}`);
    await moveIntoPlace(staging, folder, context.installed);
    return { id: plan.id, name: plan.name, version: plan.version, folder, replaced, notApplied: plan.notApplied };
  } finally {
    await source.close();
    if (staging !== null) await rm(staging, { recursive: true, force: true });
  }
}

/** The installed version that gives way; throws PackRefusal where none may. */
function replacedPack({ id, name, version }: ImportPlan, installed: readonly PackEntry[]): UsablePack | null {
  const known = installed.filter((entry) => entry.state === 'ok').find((entry) => entry.manifest.id === id);
  if (!known) return null;
  const { version: had } = known.manifest;
  const order = compareVersions(version, had);
  if (order > 0) return known;
  const what =
    order < 0
      ? reason`version ${version} is older than ${had}, which is installed`
      : known.manifest.name === name
        ? reason`version ${version} is installed already`
        : reason`its id “${id}” is that of “${known.manifest.name}”, which is installed already`;
  const remedy = known.bundled
    ? reason`It came with the app, which needs nothing else.`
    : order === 0
      ? reason`To install it anew, remove it first.`
      : reason`To go back to ${version}, remove ${had} first.`;
  throw new PackRefusal(name, reason`${what}. ${remedy}`);
}

async function copyFile(
  { file, sha256 }: PlannedFile,
  staging: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<CopiedFile> {
  const { path, bytes } = file;
  const target = join(staging, path);
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  let written = 0;
  async function* counted(pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      written += piece.length;
      if (written > bytes) throw new PackRefusal(path, reason`holds more than the ${bytes} bytes that it says. ${getAgain()}`);
      hash.update(piece);
      onBytes(piece.length);
      yield piece;
    }
  }
  try {
    await pipeline(await file.open(), counted, createWriteStream(target, { flags: 'wx', flush: true }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PackRefusal) throw error;
    throw new PackRefusal(path, reason`cannot be copied (${error instanceof Error ? error.message : String(error)}). ${getAgain()}`, {
      cause: error,
    });
  }
  if (written !== bytes) throw new PackRefusal(path, reason`${written} bytes; expected ${bytes}. ${getAgain()}`);
  const got = hash.digest('hex');
  if (sha256 !== null && got !== sha256) throw new PackRefusal(path, reason`sha256 ${got}; expected ${sha256}. ${getAgain()}`);
  return { path, bytes, sha256: got };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** One rename. A damaged pack that is in the way gives way, anything else does not. */
async function moveIntoPlace(staging: string, folder: string, installed: readonly PackEntry[]): Promise<void> {
  const isPack =
    installed.some((entry) => entry.state === 'damaged' && entry.folder === folder) && (await exists(join(folder, MANIFEST_FILE)));
  if (isPack) await removePackFolder(folder);
  else if (await exists(folder)) {
    throw new PackRefusal(basename(folder), reason`there is a folder of that name which is no pack. Rename it, and import the pack again.`);
  }
  await rename(staging, folder);
}

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** What kinds of files a pack may hold, by name before they are copied and by content after. Models are data: nothing in a pack is run. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { reason } from '../reasons';
import { inspectGraph } from './inspect-graph';
import { getAgain, notTrusted, PackRefusal } from './refusal';

/** `weights`: what no other kind is; a graph of the pack has to refer to it. */
export type ContentKind = 'graph' | 'text' | 'json' | 'weights';

const PICKLES = new Set(['.bin', '.pt', '.pth', '.pkl', '.pickle', '.ckpt', '.joblib', '.npy', '.npz', '.h5', '.msgpack', '.t7', '.mar']);
const PROGRAMS = new Set([
  '.so', '.dll', '.dylib', '.exe', '.com', '.bat', '.cmd', '.ps1', '.sh', '.py', '.pyc', '.js', '.mjs', '.cjs', '.ts', '.node', '.wasm', '.jar',
  '.class', '.lnk', '.desktop', '.app', '.msi', '.scr', '.vbs', '.rb', '.pl', '.ort_custom',
]); // prettier-ignore
const ARCHIVES = new Set(['.zip', '.7z', '.rar', '.tar', '.gz', '.tgz', '.bz2', '.xz', '.zst']);
const TEXTS = new Set(['.md', '.txt']);
const PLAIN_NAMES = /^(license|licence|notice|readme|copying|model_card)$/i;

/** Text and tokenizers are read whole; a vocabulary of a million pieces is less. */
export const MOST_TEXT_BYTES = 256 * 1024 * 1024;
/** What protobuf can hold in one message, so the largest ONNX file without external data. */
const MOST_GRAPH_BYTES = 2 ** 31;

/** Throws PackRefusal for files that no pack holds. */
export function contentKind(path: string, bytes: number): ContentKind {
  const extension = extname(path).toLowerCase();
  if (PICKLES.has(extension) || /\.so(\.\d+)+$/.test(path)) {
    const what = PICKLES.has(extension) ? reason`weights in a form that can run code when they are read` : reason`a program library`;
    throw new PackRefusal(path, reason`got ${what}, expected ONNX graphs. ${notTrusted()}`);
  }
  if (PROGRAMS.has(extension)) throw new PackRefusal(path, reason`got a program, expected models and text only. ${notTrusted()}`);
  if (ARCHIVES.has(extension)) throw new PackRefusal(path, reason`got an archive in the pack, expected its files. Unpack it first.`);
  const kind = extension === '.onnx' ? 'graph' : extension === '.json' ? 'json' : isText(path, extension) ? 'text' : 'weights';
  const most = { graph: MOST_GRAPH_BYTES, json: MOST_TEXT_BYTES, text: MOST_TEXT_BYTES, weights: Number.MAX_SAFE_INTEGER }[kind];
  if (bytes > most) throw new PackRefusal(path, reason`${bytes} bytes, expected at most ${most}. ${notTrusted()}`);
  return kind;
}

const isText = (path: string, extension: string) => TEXTS.has(extension) || (extension === '' && PLAIN_NAMES.test(basename(path)));

/** Reads every file of a staged pack for what it is. Throws PackRefusal. */
export async function checkContents(
  folder: string,
  files: readonly { path: string; bytes: number }[],
  signal: AbortSignal,
  onFile: (path: string) => void,
): Promise<void> {
  const external = new Set<string>();
  for (const { path, bytes } of files) {
    signal.throwIfAborted();
    onFile(path);
    const kind = contentKind(path, bytes);
    if (kind === 'graph') for (const file of (await inspectGraph(folder, path, signal)).externalFiles) external.add(file);
    else if (kind !== 'weights') await checkText(folder, path, kind);
  }
  for (const { path, bytes } of files) {
    if (contentKind(path, bytes) === 'weights' && !external.has(path)) {
      throw new PackRefusal(path, reason`no graph of the pack refers to it; expected graphs, their weights, JSON and text. Remove it.`);
    }
  }
  const declared = new Set(files.map(({ path }) => path));
  const missing = [...external].find((path) => !declared.has(path));
  if (missing !== undefined)
    throw new PackRefusal(missing, reason`a graph has its weights there, but it is not part of the pack. ${getAgain()}`);
}

async function checkText(folder: string, path: string, kind: 'text' | 'json'): Promise<void> {
  const content = await readFile(join(folder, path));
  if (!isUtf8(content) || content.includes(0))
    throw new PackRefusal(path, reason`got bytes that are no text, expected UTF-8. ${getAgain()}`);
  if (kind === 'text') return;
  try {
    JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new PackRefusal(path, reason`not valid JSON (${error instanceof Error ? error.message : String(error)}). ${getAgain()}`, {
      cause: error,
    });
  }
}

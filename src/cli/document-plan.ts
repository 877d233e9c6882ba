/** Which documents a command means and where their translations go; what cannot be meant is refused before any work. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { checkRequest } from '../main/inference/check-request';
import { findDocuments, type FoundDocument, type FoundDocuments } from '../main/documents/find-documents';
import { FORMATS } from '../main/documents/known-formats';
import { usualDecoding } from '../shared/inference/lanes';
import { USUAL_NAME_PATTERN } from '../shared/output-name';
import type { TranslatingManifest } from '../shared/pack';
import { UsageError, type Command } from './arguments';
import { CommandFailure, fromCallersFolder } from './pack-folders';

export type DocumentCommand = Extract<Command, { kind: 'document' }>;

/** Throws UsageError, or CommandFailure where what was asked for is well put and cannot be had. */
export async function planDocuments(command: DocumentCommand, pack: TranslatingManifest): Promise<FoundDocuments> {
  const { from, to, lane, inputs: named } = command;
  const decoding = command.decoding ?? usualDecoding(pack, lane);
  const refusal = checkRequest({ task: { kind: 'translate', from, to }, lane, decoding }, pack);
  if (refusal) throw new CommandFailure(refusal.message);
  const inputs = [...new Set(named.map(fromCallersFolder))];
  const output = await outputOf(command, inputs);
  const { found, skipped } = await findDocuments(inputs, {
    to,
    outputFolder: output.file === null ? output.folder : null,
    namePattern: command.namePattern ?? USUAL_NAME_PATTERN,
    skipExisting: false,
    reflowInto: command.reflowInto ?? 'docx',
  });
  const unique = found.filter(({ path }, at) => found.findIndex((other) => other.path === path) === at);
  if (command.reflowInto !== null && !unique.some(({ path }) => formatAt(path)?.reflow))
    throw new UsageError('--pdf-as goes with PDFs; there is none among the documents.');
  return { found: unique.map((document) => intoFile(document, output.file)), skipped };
}

/** One of them, or neither: beside the sources. */
async function outputOf({ out, namePattern, reflowInto }: DocumentCommand, inputs: readonly string[]) {
  if (out === null) return { file: null, folder: null };
  const path = fromCallersFolder(out);
  const isFolder = await folderAt(path);
  const isOneFile = inputs.length === 1 && !(await folderAt(inputs[0] ?? ''));
  if (isOneFile && !/[\\/]$/.test(out) && !isFolder) {
    if (namePattern !== null) throw new UsageError('--name names files in a folder; --out names one file. Leave one of them out.');
    if (reflowInto !== null) throw new UsageError('--pdf-as goes with a folder as --out; the name of a file says what the PDF becomes.');
    return { file: path, folder: null };
  }
  if (!isFolder && existsSync(path)) throw new CommandFailure(`--out: ${path} is a file; a folder was expected. Name another.`);
  return { file: null, folder: path };
}

/** A file's name says its format, so the translation's must say the document's. Throws CommandFailure. */
function intoFile(document: FoundDocument, file: string | null): FoundDocument {
  if (file === null) return document;
  if (resolve(file) === resolve(document.path))
    throw new CommandFailure(`--out: ${file} is the document itself, which stays as it is. Name another file.`);
  const format = formatAt(document.path);
  const known = (format?.reflow?.into ?? (format ? [format] : [])).flatMap(({ extensions }) => extensions);
  if (!known.includes(extensionOf(file))) {
    const expected = known.map((extension) => `.${extension}`).join(', ');
    throw new CommandFailure(
      `--out: got "${basename(file)}"; the translation of ${basename(document.path)} has a name that ends in ${expected}.`,
    );
  }
  return { ...document, output: file };
}

const extensionOf = (path: string): string => extname(path).slice(1).toLowerCase();
const formatAt = (path: string) => FORMATS.find(({ extensions }) => extensions.includes(extensionOf(path)));

const folderAt = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

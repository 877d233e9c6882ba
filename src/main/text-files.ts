/** Text files and documents the user picks: opened and saved through the system's dialogs. The page never names a path. */
import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { open, readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { OpenedText, SavedText } from '../shared/app-api';
import { DocumentError } from './documents/format';
import { fileReason } from './documents/job-failure';
import { FORMATS } from './documents/known-formats';
import { readingText } from './documents/reading-text';
import { decodeText } from './text-encoding';
import type { MainWords } from './words';
import { writeFileAtomic } from './write-atomic';

const LIMIT_MEBIBYTES = 8;
const LIMIT_BYTES = LIMIT_MEBIBYTES * 1024 * 1024;

export async function openTextFile(window: BrowserWindow, words: MainWords): Promise<OpenedText> {
  const options: OpenDialogOptions = {
    properties: ['openFile'],
    filters: [
      { name: words.text, extensions: ['txt', 'text', 'md', 'log', 'csv', 'tsv', 'srt'] },
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  const [path] = filePaths;
  return canceled || path === undefined ? { kind: 'none' } : readTextFile(path, words);
}

async function readTextFile(path: string, words: MainWords): Promise<OpenedText> {
  const name = basename(path);
  const failed = (message: string): OpenedText => ({ kind: 'failed', message });
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > LIMIT_BYTES) return failed(words.tooLarge(name, Math.ceil(size / 1024 / 1024), LIMIT_MEBIBYTES));
      const decoded = decodeText(await file.readFile());
      if (decoded.kind === 'unknown') {
        return failed(words.notText(name, decoded.at));
      }
      return { kind: 'text', name, text: decoded.text };
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(words.unreadable(name, fileReason(error)));
  }
}

/** A document in any format that the app reads. */
export async function openReadable(window: BrowserWindow, words: MainWords): Promise<OpenedText> {
  const options: OpenDialogOptions = {
    properties: ['openFile'],
    filters: [
      { name: words.documents, extensions: FORMATS.flatMap(({ extensions }) => extensions) },
      { name: words.allFiles, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  const [path] = filePaths;
  return canceled || path === undefined ? { kind: 'none' } : readReadable(path, words);
}

export async function readReadable(path: string, words: MainWords): Promise<OpenedText> {
  const name = basename(path);
  try {
    return { kind: 'text', name, text: await readingText(name, await readFile(path)) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof DocumentError ? error.message : words.unreadable(name, fileReason(error)) };
  }
}

export async function saveTextFile(window: BrowserWindow, suggestedName: string, text: string, words: MainWords): Promise<SavedText> {
  // A name, not a path: what comes from the page does not choose a folder.
  const defaultPath = basename(suggestedName.replaceAll('\\', '/')) || 'translation.txt';
  const extension = extname(defaultPath).slice(1) || 'txt';
  const options: SaveDialogOptions = { defaultPath, filters: [{ name: extension.toUpperCase(), extensions: [extension] }] };
  const { canceled, filePath } = await dialog.showSaveDialog(window, options);
  if (canceled || filePath === '') return { kind: 'none' };
  const name = basename(filePath);
  try {
    await writeFileAtomic(filePath, text);
    return { kind: 'saved', name };
  } catch (error) {
    return { kind: 'failed', message: words.unsaved(name, fileReason(error)) };
  }
}

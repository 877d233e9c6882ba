/** Text files the user picks: opened and saved through the system's dialogs. The page never names a path. */
import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { OpenedText, SavedText } from '../shared/app-api';
import { decodeText } from './text-encoding';
import { writeFileAtomic } from './write-atomic';

const LIMIT_MEBIBYTES = 8;
const LIMIT_BYTES = LIMIT_MEBIBYTES * 1024 * 1024;

export async function openTextFile(window: BrowserWindow): Promise<OpenedText> {
  const options: OpenDialogOptions = {
    properties: ['openFile'],
    filters: [
      { name: 'Text', extensions: ['txt', 'text', 'md', 'log', 'csv', 'tsv', 'srt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  const [path] = filePaths;
  return canceled || path === undefined ? { kind: 'none' } : readTextFile(path);
}

export async function readTextFile(path: string): Promise<OpenedText> {
  const name = basename(path);
  const failed = (message: string): OpenedText => ({ kind: 'failed', message });
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > LIMIT_BYTES)
        return failed(`“${name}” has ${Math.ceil(size / 1024 / 1024)} MB; a text may have ${LIMIT_MEBIBYTES} MB. Split it.`);
      const decoded = decodeText(await file.readFile());
      if (decoded.kind === 'unknown') {
        return failed(`“${name}” is not UTF-8 or UTF-16 text (byte ${decoded.at}). Save it as UTF-8 in the program that wrote it.`);
      }
      return { kind: 'text', name, text: decoded.text };
    } finally {
      await file.close();
    }
  } catch (error) {
    return failed(`“${name}” could not be read: ${reason(error)}`);
  }
}

export async function saveTextFile(window: BrowserWindow, suggestedName: string, text: string): Promise<SavedText> {
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
    return { kind: 'failed', message: `“${name}” could not be saved: ${reason(error)}` };
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

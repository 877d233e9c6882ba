/** The calls about history: nothing is kept while it is off or private mode is on, and what was removed is gone for good in the end. */
import { app, dialog, type BrowserWindow, type WebContents } from 'electron';
import { basename } from 'node:path';
import type { Settings } from '../../shared/app-api';
import type { HISTORY_CALLS } from '../../shared/history';
import type { AppHandlers } from '../app-api';
import { interfaceLanguage, mainWords } from '../words';
import { writeFileAtomic } from '../write-atomic';
import { historyAsJson, historyAsMarkdown } from './history-export';
import type { HistoryFile } from './history-file';

/** Longer than the window offers to undo. */
const PURGE_MS = 60_000;

export interface HistoryDependencies {
  settings(): Settings;
  windowOf(sender: WebContents): BrowserWindow;
  onChanged(): void;
}

export function historyHandlers(
  history: HistoryFile,
  { settings, windowOf, onChanged }: HistoryDependencies,
): Pick<AppHandlers, keyof typeof HISTORY_CALLS> {
  let purging: NodeJS.Timeout | undefined;
  const changed = <T>(result: T): T => {
    onChanged();
    return result;
  };
  return {
    addHistory: ({ entry, replaces }) => {
      const { keepHistory, privateMode } = settings();
      return keepHistory && !privateMode ? changed(history.add(entry, replaces, Date.now())) : null;
    },
    listHistory: (question) => history.list(question),
    pinHistory: ({ id, isPinned }) => {
      history.pin(id, isPinned);
      return changed(null);
    },
    removeHistory: ({ id }) => {
      clearTimeout(purging);
      purging = setTimeout(() => history.purge(), PURGE_MS);
      return changed(history.remove(id));
    },
    restoreHistory: () => changed(history.restore()),
    exportHistory: async ({ format }, sender) => {
      const words = mainWords(settings());
      const extension = format === 'json' ? 'json' : 'md';
      const { canceled, filePath } = await dialog.showSaveDialog(windowOf(sender), {
        defaultPath: `${words.historyFile}.${extension}`,
        filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      });
      if (canceled || filePath === '') return { kind: 'none' };
      const name = basename(filePath);
      const title = `${app.name}: ${words.screens.history}`;
      const text =
        format === 'json' ? historyAsJson(history.all()) : historyAsMarkdown(history.all(), title, interfaceLanguage(settings()));
      try {
        await writeFileAtomic(filePath, text);
        return { kind: 'saved', name };
      } catch (error) {
        return { kind: 'failed', message: words.unsaved(name, error instanceof Error ? error.message : String(error)) };
      }
    },
  };
}

/** The calls about memory and glossary: what needs a dialog is done here, the rest is the memory's. */
import { app, type BrowserWindow, dialog, type FileFilter, type WebContents } from 'electron';
import type { Imported, MEMORY_CALLS, MemoryOverview } from '../shared/memory';
import type { AppHandlers } from './app-api';
import { exportGlossary, exportTmx, importGlossary, importTmx } from './memory/exchange';
import type { MemoryFile } from './memory/memory-file';
import { reason } from './reasons';

/** `changed` is called behind every change. */
export function memoryHandlers(
  memory: MemoryFile,
  overview: () => MemoryOverview,
  changed: () => void,
  windowOf: (sender: WebContents) => BrowserWindow,
): Pick<AppHandlers, keyof typeof MEMORY_CALLS> {
  /** One file after the other; those before one that cannot be used stay imported. */
  async function importFrom(
    sender: WebContents,
    filters: FileFilter[],
    take: (path: string) => Promise<Imported>,
  ): Promise<readonly Imported[] | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(sender), { properties: ['openFile', 'multiSelections'], filters });
    if (canceled) return null;
    const imported: Imported[] = [];
    try {
      for (const path of filePaths) imported.push(await take(path));
    } finally {
      changed();
    }
    return imported;
  }

  async function exportTo(
    sender: WebContents,
    defaultPath: string,
    filters: FileFilter[],
    write: (path: string) => Promise<number>,
  ): Promise<number | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(windowOf(sender), { defaultPath, filters });
    return canceled || filePath === '' ? null : write(filePath);
  }

  const told = <T>(result: T): T => {
    changed();
    return result;
  };
  const tmx = [{ name: 'TMX', extensions: ['tmx'] }];
  const csv = { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] };
  const tbx = { name: 'TBX', extensions: ['tbx', 'xml'] };
  return {
    describeMemory: overview,
    searchMemory: ({ text, offset, limit, ...languages }) => memory.search(languages, text, offset, limit),
    changePair: ({ id, translation }) => told(memory.change(id, translation, Date.now())),
    forgetPairs: ({ ids }) => {
      memory.forget(ids);
      return told(null);
    },
    clearMemory: ({ origin, ...languages }) => {
      memory.clear(languages, origin);
      return told(null);
    },
    importMemory: (_argument, sender) => importFrom(sender, tmx, (path) => importTmx(memory, path)),
    exportMemory: (languages, sender) =>
      exportTo(sender, `memory_${languages.from}-${languages.to}.tmx`, tmx, (path) => exportTmx(memory, path, languages, app.getVersion())),
    suggestTranslations: ({ segment, ...languages }) => memory.suggest(languages, segment),
    listTerms: (languages) => memory.terms(languages),
    saveTerm: ({ id, term }) => {
      memory.saveTerms([term], id);
      const saved = memory.terms(term).find(({ source }) => source === term.source);
      if (!saved) throw new Error(reason`The term could not be kept.`);
      return told(saved);
    },
    forgetTerms: ({ ids }) => {
      memory.forgetTerms(ids);
      return told(null);
    },
    importGlossary: (languages, sender) =>
      importFrom(sender, [{ name: 'CSV, TBX', extensions: [...csv.extensions, ...tbx.extensions] }], (path) =>
        importGlossary(memory, path, languages),
      ),
    exportGlossary: (languages, sender) =>
      exportTo(sender, `glossary_${languages.from}-${languages.to}.csv`, [csv, tbx], (path) => exportGlossary(memory, path, languages)),
  };
}

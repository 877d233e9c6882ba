/** The calls about packs: what needs a dialog or the system's shell is done here, the rest is the library's. */
import { type BrowserWindow, dialog, shell, type WebContents } from 'electron';
import type { PACK_CALLS } from '../shared/pack-library';
import type { AppHandlers } from './app-api';
import { droppedFile } from './dropped';
import type { PackLibrary } from './packs/library';
import type { Processors } from './providers/processors';

export function packHandlers(
  packs: PackLibrary,
  processors: Processors,
  windowOf: (sender: WebContents) => BrowserWindow,
): Pick<AppHandlers, keyof typeof PACK_CALLS> {
  return {
    getPackLibrary: () => packs.state(),
    choosePackToImport: async ({ from }, sender) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(
        windowOf(sender),
        from === 'folder'
          ? { properties: ['openDirectory'] }
          : { properties: ['openFile'], filters: [{ name: 'Zip', extensions: ['zip'] }] },
      );
      const [path] = filePaths;
      if (!canceled && path !== undefined) await packs.import(path);
      return null;
    },
    importPack: ({ path }) => packs.import(droppedFile(path)).then(() => null),
    answerPackImport: (answers) => packs.answerImport(answers).then(() => null),
    cancelPackImport: () => {
      packs.cancelImport();
      return null;
    },
    dismissPackImport: () => {
      packs.dismissImport();
      return null;
    },
    checkPack: ({ folder }) => packs.check(folder).then(() => null),
    removePack: ({ folder }) => packs.remove(folder).then(() => null),
    showPackFolder: ({ folder }) => {
      if (packs.packs().some((entry) => entry.folder === folder)) shell.showItemInFolder(folder);
      return null;
    },
    getProcessors: () => processors.state(),
    testProcessors: ({ packId, provider }) => processors.test(packId, provider).then(() => null),
    cancelProcessorTest: () => {
      processors.cancel();
      return null;
    },
    forgetProcessors: ({ packId }) => processors.forget(packId).then(() => null),
  };
}

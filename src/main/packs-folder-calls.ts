/** The calls about the packs' folder: the dialog is here, the rest is the folder's. */
import { type BrowserWindow, dialog, type WebContents } from 'electron';
import type { PACKS_FOLDER_CALLS } from '../shared/packs-folder';
import type { AppHandlers } from './app-api';
import type { PacksFolder } from './packs-folder';

export function packsFolderHandlers(
  packsFolder: PacksFolder,
  windowOf: (sender: WebContents) => BrowserWindow,
): Pick<AppHandlers, keyof typeof PACKS_FOLDER_CALLS> {
  return {
    getPacksFolder: () => packsFolder.state(),
    movePacks: async ({ to }, sender) => {
      if (to === 'usual') {
        await packsFolder.moveTo(null);
        return null;
      }
      const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(sender), { properties: ['openDirectory', 'createDirectory'] });
      const [folder] = filePaths;
      if (!canceled && folder !== undefined) await packsFolder.moveTo(folder);
      return null;
    },
    cancelPacksMove: () => {
      packsFolder.cancel();
      return null;
    },
  };
}

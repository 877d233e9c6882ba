/** The calls about documents: what needs a dialog or the system's shell is done here, the rest is the queue's. */
import { type BrowserWindow, dialog, type OpenDialogOptions, shell, type WebContents } from 'electron';
import type { DOCUMENT_CALLS } from '../shared/document';
import type { AppHandlers } from './app-api';
import { FORMATS } from './documents/known-formats';
import type { Documents } from './documents/queue';
import { droppedFiles } from './dropped';
import type { OpenedFiles } from './opened-files';
import type { MainWords } from './words';

export function documentHandlers(
  documents: Documents,
  opened: OpenedFiles,
  windowOf: (sender: WebContents) => BrowserWindow,
  words: () => MainWords,
): Pick<AppHandlers, keyof typeof DOCUMENT_CALLS> {
  const choose = async (sender: WebContents, options: OpenDialogOptions): Promise<string[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(windowOf(sender), options);
    return canceled ? [] : filePaths;
  };
  return {
    listDocuments: () => documents.list(),
    chooseDocuments: async ({ from, ...how }, sender) => {
      const extensions = FORMATS.flatMap((format) => format.extensions);
      const paths = await choose(
        sender,
        from === 'folder'
          ? { properties: ['openDirectory', 'multiSelections'] }
          : { properties: ['openFile', 'multiSelections'], filters: [{ name: words().documents, extensions }] },
      );
      return paths.length === 0 ? null : documents.add(paths, how);
    },
    addDocuments: ({ paths, ...how }) => documents.add(droppedFiles(paths), how),
    areFilesOpened: () => opened.areWaiting(),
    addOpenedDocuments: (how) => {
      const paths = opened.take();
      return paths.length === 0 ? null : documents.add(paths, how);
    },
    chooseOutputFolder: async ({ where }, sender) => {
      if (where === 'beside') return documents.setOutputFolder(null);
      const [folder] = await choose(sender, { properties: ['openDirectory', 'createDirectory'] });
      return folder === undefined ? documents.list() : documents.setOutputFolder(folder);
    },
    pauseDocument: ({ jobId }) => documents.pause(jobId).then(() => null),
    resumeDocument: ({ jobId, changed }) => documents.resume(jobId, changed).then(() => null),
    removeDocument: ({ jobId }) => documents.remove(jobId).then(() => null),
    reviewDocument: ({ jobId, ...page }) => documents.review(jobId, page),
    editSegment: ({ jobId, index, translation }) => documents.edit(jobId, index, translation),
    openDocument: async ({ jobId, what }) => {
      const { source, translation } = documents.files(jobId);
      if (what === 'folder') {
        shell.showItemInFolder(translation ?? source);
        return null;
      }
      const path = what === 'source' ? source : translation;
      if (path === null) throw new Error(words().notTranslatedYet);
      const problem = await shell.openPath(path);
      if (problem !== '') throw new Error(words().unopened(path, problem));
      return null;
    },
  };
}

/** The calls about the app itself: what it is, its settings, the clipboard, text files, and the engine of what is typed. */
import { app, clipboard, nativeTheme, shell } from 'electron';
import { mkdirSync } from 'node:fs';
import { CHANNELS, type OWN_CALLS, type Settings, type SettingsPatch } from '../shared/app-api';
import type { AppHandlers } from './app-api';
import type { AppEngines } from './app-engines';
import { appInfo } from './app-info';
import { desktopHasTray } from './desktop-tray';
import { desktopOf, diagnosis } from './diagnosis';
import { droppedFile } from './dropped';
import { facts } from './facts';
import { detectLanguage } from './language-detection';
import { machine } from './machine';
import type { PackFolder } from './packs/catalog';
import type { PackLibrary } from './packs/library';
import type { SettingsStore } from './settings';
import { tell, windowOf } from './tell';
import { openReadable, openTextFile, readReadable, saveTextFile } from './text-files';
import type { MainWords } from './words';

export interface AppHandlersDependencies {
  settings: Pick<SettingsStore, 'get' | 'change'>;
  words(): MainWords;
  packs: Pick<PackLibrary, 'packs' | 'rescan'>;
  /** Where packs are looked for, and where those of the user lie now. */
  packFolders(): PackFolder[];
  packsFolder(): string;
  engines: AppEngines;
  /** What a person should know without having asked. */
  notices: readonly string[];
  /** Why the desktop's shortcut cannot be switched so. */
  clipboardProblem(isOn: boolean): string | null;
  /** Settings are other ones now; the theme and the engines follow already. */
  onSettings(changed: Settings, patch: SettingsPatch): void;
}

export function appHandlers(dependencies: AppHandlersDependencies): Pick<AppHandlers, keyof typeof OWN_CALLS> {
  const { settings, words, packs, packFolders, packsFolder, engines, notices, clipboardProblem, onSettings } = dependencies;
  const { typing: inference } = engines;
  return {
    getAppInfo: () => appInfo(packFolders()),
    getMachine: machine,
    listPacks: () => packs.packs(),
    rescanPacks: () => packs.rescan(),
    openPacksFolder: async () => {
      mkdirSync(packsFolder(), { recursive: true });
      const problem = await shell.openPath(packsFolder());
      if (problem !== '') throw new Error(words().unopened(packsFolder(), problem));
      return null;
    },
    getSettings: () => settings.get(),
    changeSettings: async (patch) => {
      if (patch.clipboardShortcut !== undefined) {
        const refused = clipboardProblem(patch.clipboardShortcut);
        if (refused !== null) throw new Error(refused);
      }
      const changed = await settings.change(patch);
      nativeTheme.themeSource = changed.theme;
      if ([patch.processor, patch.threads, patch.packMemoryBytes].some((choice) => choice !== undefined)) engines.configure();
      onSettings(changed, patch);
      return changed;
    },
    listNotices: () => [...notices],
    hasTray: () => desktopHasTray(),
    detectLanguage: ({ text }) => detectLanguage(text),
    copyText: async ({ text }) => {
      // Newer Electrons answer with a promise.
      await clipboard.writeText(text);
      return null;
    },
    openTextFile: (_argument, sender) => openTextFile(windowOf(sender), words()),
    openReadable: (_argument, sender) => openReadable(windowOf(sender), words()),
    readReadable: ({ path }) => readReadable(droppedFile(path), words()),
    saveTextFile: ({ suggestedName, text }, sender) => saveTextFile(windowOf(sender), suggestedName, text, words()),
    connectInference: (_argument, sender) => {
      sender.postMessage(CHANNELS.port, null, [inference.connect()]);
      // A page that asks listens by now; it may have missed what was told before.
      tell(sender, 'engineState', inference.state());
      return null;
    },
    restartInference: () => {
      inference.restart();
      return null;
    },
    copyDiagnosis: async () => {
      const known = await facts(app.getVersion(), packs.packs());
      await clipboard.writeText(diagnosis(known, inference.state(), engines.documents.states(), settings.get(), desktopOf(process.env)));
      return null;
    },
    forgetEncodings: () => {
      // An engine that is configured keeps its packs open where they are the same, and no encodings.
      engines.configure();
      return null;
    },
  };
}

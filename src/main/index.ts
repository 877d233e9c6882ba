/**
 * Electron main: the composition root. Everything is made here, in this order, and passed on; `quit` takes it down again.
 */
import { app, BrowserWindow, ipcMain, nativeTheme, protocol, session } from 'electron';
import { homedir } from 'node:os';
import { setupAppApi } from './app-api';
import { openAppDocuments } from './app-documents';
import { startAppEngines } from './app-engines';
import { appHandlers } from './app-handlers';
import { APP_PAGE, isPage } from './app-page';
import { registerAppScheme, setupAppProtocol } from './app-protocol';
import { CLIPBOARD_SWITCH, clipboardKeysLabel, setupClipboardShortcut } from './clipboard-shortcut';
import { readCommandLine, setupSwitches } from './command-line';
import { documentHandlers } from './document-calls';
import { setupContents, setupSession } from './hardening';
import { historyHandlers } from './history/history-calls';
import { HistoryFile } from './history/history-file';
import { describeError, openLog } from './log';
import { filesOf, keepOpenedFiles } from './opened-files';
import { memoryHandlers } from './memory-calls';
import { openAppMemory } from './memory/app-memory';
import { loadSqlite, NoSqlite } from './memory/sqlite';
import { setupMenu } from './menu';
import { openPackLibrary } from './packs/library';
import { packsFolderAtStart } from './packs/move';
import { openMoveJournal } from './packs/move-journal';
import { openPacksFolder } from './packs-folder';
import { packsFolderHandlers } from './packs-folder-calls';
import { selfTestInOwnProcess } from './packs/trial';
import { packHandlers } from './pack-calls';
import {
  documentsFolder,
  historyFile,
  INFERENCE_ENTRY,
  logFile,
  memoryFile,
  packFolders,
  packsMoveFile,
  RENDERER_FOLDER,
  settingsFile,
  userPacksFolder,
} from './paths';
import { createRefusals } from './privacy/refusals';
import { createVerifiedTimes } from './privacy/verified-times';
import { privacyHandlers } from './privacy-calls';
import { openAppProcessors } from './providers/app-processors';
import { speakReasons } from './reasons';
import { openSettings } from './settings';
import { tellAll, windowOf } from './tell';
import { createTray } from './tray';
import { openWindow } from './window';
import { interfaceLanguage, mainWords } from './words';

/** Set by `npm run dev`, which serves the page itself; an installed app never listens to it. */
const developmentPage = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
const developmentOrigin = developmentPage === null ? null : new URL(developmentPage).origin;
const page = developmentPage ?? APP_PAGE;

setupSwitches(app, developmentPage !== null);
registerAppScheme(protocol);

/** Kept from the first moment on: macOS tells of files before the app is ready. */
const openedFiles = keepOpenedFiles(() => tellAll('filesOpened', null));
app.on('open-file', (event, path) => {
  event.preventDefault();
  openedFiles.add([path]);
});

// Never awaited here: a module that awaits this at its top level keeps it from coming.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  const commandLine = readCommandLine(app);
  const showsLog = commandLine.showLog || !app.isPackaged;
  const log = openLog(logFile(), showsLog ? (line) => process.stderr.write(`${line}\n`) : undefined);
  setupErrorReports();
  log.info(`Tandem ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`);

  const startedMs = Date.now();
  const refusals = createRefusals(log);
  setupContents(app, developmentOrigin, refusals);
  setupAppProtocol(protocol, RENDERER_FOLDER);
  await setupSession(session.defaultSession, developmentOrigin, refusals);

  const settings = await openSettings(settingsFile(), log);
  const words = () => mainWords(settings.get());
  speakReasons(() => interfaceLanguage(settings.get()));
  /** What a person should know without having asked; told when the window opens. */
  const notices: string[] = [];
  if (settings.setAside !== null) notices.push(words().settingsSetAside(settings.setAside));
  nativeTheme.themeSource = settings.get().theme;
  const { folder: firstPacksFolder, isAway } = packsFolderAtStart(settings.get().packsFolder, userPacksFolder());
  if (isAway) notices.push(words().packsFolderAway(settings.get().packsFolder ?? ''));
  const folders = packFolders(commandLine, firstPacksFolder);
  const verifiedTimes = createVerifiedTimes();
  const packs = await openPackLibrary({
    folders,
    packsFolder: commandLine.packsOnly ?? firstPacksFolder,
    onChanged: () => packsChanged(),
    onState: (state) => {
      verifiedTimes.follow(state.checks, Date.now());
      tellAll('packLibraryChanged', state);
    },
    selfTest: (folder, signal) => selfTestInOwnProcess(INFERENCE_ENTRY, folder, signal),
    log,
  });
  const processors = await openAppProcessors(
    INFERENCE_ENTRY,
    {
      packs: () => packs.packs(),
      threads: () => engines.config(),
      onState: (state) => tellAll('processorsChanged', state),
      onPlaces: () => engines.configure(),
    },
    log,
  );
  const packsFolder = openPacksFolder({
    folder: commandLine.packsOnly ?? firstPacksFolder,
    usual: userPacksFolder(),
    remembered: settings.get().packsFolder ?? userPacksFolder(),
    journal: openMoveJournal(packsMoveFile()),
    isFixed: commandLine.packsOnly !== null,
    library: packs,
    remember: (folder) => settings.change({ packsFolder: folder }).then((changed) => tellAll('settingsChanged', changed)),
    onState: (state) => tellAll('packsFolderChanged', state),
    log,
  });
  const engines = startAppEngines(INFERENCE_ENTRY, {
    packs: () => packs.packs(),
    settings: settings.get,
    placesOf: (manifest) => processors.placesOf(manifest),
    onState: (state) => tellAll('engineState', state),
    onDeath: () => {
      if (settings.get().processor !== 'automatic') return;
      processors
        .engineDied()
        .catch((error: unknown) => log.warn(`a provider cannot be remembered as troublesome: ${describeError(error)}`));
    },
    log,
  });
  const { typing: inference } = engines;

  const memory = openAppMemory(memoryFile(), (overview) => tellAll('memoryChanged', overview), log);
  const documents = await openAppDocuments(documentsFolder(), {
    settings,
    words,
    packs,
    engines: engines.documents,
    memory,
    onOpen: showDocuments,
    log,
  });

  const history = new HistoryFile(historyFile(), (aside, why) => {
    log.warn(`the history could not be used and was set aside as ${aside}: ${why}`);
    notices.push(words().historySetAside(aside));
  });
  const clipboardShortcut = setupClipboardShortcut((text) => {
    showWindow();
    tellAll('translateText', text);
  });
  const clipboardProblem = (isOn: boolean): string | null => {
    const outcome = clipboardShortcut.set(isOn);
    if (outcome === 'taken') return words().shortcutTaken(clipboardKeysLabel());
    return outcome === 'unsupported' ? words().shortcutUnsupported(clipboardKeysLabel()) : null;
  };
  const problem = clipboardProblem(settings.get().clipboardShortcut);
  if (problem !== null) notices.push(problem);

  const tray = createTray({
    isWanted: () => settings.get().tray,
    words,
    actions: { open: () => showWindow(), translateClipboard: clipboardShortcut.run, quit: () => app.quit() },
    log,
  });
  const followTray = () => tray.update().catch((error: unknown) => log.warn(`the tray icon cannot be shown: ${describeError(error)}`));
  void followTray();

  const showMenu = () => setupMenu(words(), (command) => tellAll('menuCommand', command), !app.isPackaged);
  showMenu();
  setupAppApi(
    ipcMain,
    {
      ...appHandlers({
        settings,
        words,
        packs,
        packFolders: () => packFolders(commandLine, packsFolder.get()),
        packsFolder: packsFolder.get,
        engines,
        notices,
        clipboardProblem,
        onSettings: (changed, patch) => {
          if (patch.language !== undefined) showMenu();
          if (patch.language !== undefined || patch.tray !== undefined) void followTray();
          tellAll('settingsChanged', changed);
        },
      }),
      ...documentHandlers(documents, openedFiles, windowOf, words),
      ...historyHandlers(history, { settings: settings.get, windowOf, onChanged: () => tellAll('historyChanged', null) }),
      ...memoryHandlers(memory.file, memory.overview, memory.changed, windowOf),
      ...packHandlers(packs, processors, windowOf),
      ...packsFolderHandlers(packsFolder, windowOf),
      ...privacyHandlers({
        startedMs,
        refusals,
        verifiedMs: verifiedTimes.list,
        hasContentPolicy: developmentPage === null,
        folders: () => ({ userData: app.getPath('userData'), packs: packsFolder.get(), home: homedir() }),
        history,
        memory: memory.file,
        documents,
        onDeleted: (what) => {
          log.info(`deleted, as asked for: ${what}`);
          if (what === 'history') tellAll('historyChanged', null);
          if (what === 'memory') memory.deleted();
        },
        log,
      }),
    },
    (url) => isPage(url, page),
    log,
  );

  function showWindow(): void {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) {
      const opened = openWindow(page, log);
      opened.webContents.on('did-finish-load', () => tellAll('engineState', inference.state()));
      tray.keep(opened);
    } else {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    }
  }

  function showDocuments(): void {
    showWindow();
    tellAll('menuCommand', 'showDocuments');
  }

  function purgeHistory(): void {
    try {
      history.purge();
    } catch (error) {
      log.warn(`what was removed from the history is not overwritten yet: ${describeError(error)}`);
    }
  }

  function tellOfSqlite(): void {
    try {
      loadSqlite();
    } catch (error) {
      if (!(error instanceof NoSqlite)) throw error;
      log.error(error.message);
      notices.push(error.message);
      tellAll('historyChanged', null);
    }
  }

  function packsChanged(): void {
    engines.configure();
    tellAll('packsChanged', packs.packs());
  }

  app.on('second-instance', (_event, argv, workingFolder) => {
    showWindow();
    openedFiles.add(filesOf(argv, workingFolder, app.getAppPath()));
    if (argv.includes(CLIPBOARD_SWITCH)) clipboardShortcut.run();
  });
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    // What is translated is on the disk already; nothing waits for the rest.
    void documents.stop().finally(() => memory.close());
    packs.stop();
    packsFolder.cancel();
    processors.cancel();
    purgeHistory();
    history.close();
    engines.stop();
    log.info('quit');
  });
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    log.warn(`process gone: ${name ?? type}, ${reason} (${exitCode})`);
  });
  openedFiles.add(filesOf(process.argv, process.cwd(), app.getAppPath()));
  showWindow();
  // After the window: reading every byte of a pack must not delay it.
  BrowserWindow.getAllWindows()[0]?.once('show', () => {
    void packs.verify();
    void packsFolder.tidy();
    tellOfSqlite();
    purgeHistory();
  });
  if (commandLine.translateClipboard) BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => clipboardShortcut.run());

  function setupErrorReports(): void {
    process.on('uncaughtException', (error) => log.error(describeError(error)));
    process.on('unhandledRejection', (error) => log.error(describeError(error)));
  }
}

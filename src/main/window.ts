/** The window: how it looks before its page does. */
import { BrowserWindow, nativeTheme } from 'electron';
import { join } from 'node:path';
import type { Log } from './log';
import { PAGE_PREFERENCES } from './page-preferences';
import { PRELOAD_FILE, resourcesFolder, windowStateFile } from './paths';
import { keepWindowState, readWindowState } from './window-state';

/** The page's own background, so that nothing flashes before it paints. */
const BACKGROUND = { light: '#f5f5f7', dark: '#161719' };
/** A page that does not paint by then is shown as it is: a late window looks like none. */
const SHOW_AT_LATEST_MS = 2_000;
/** A page that crashes at once when it is loaded again is left alone. */
const RELOAD_PAUSE_MS = 10_000;

const background = () => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light);

export function openWindow(page: string, log: Log): BrowserWindow {
  const state = readWindowState(windowStateFile());
  const window = new BrowserWindow({
    ...(state === null ? { width: 1280, height: 800 } : { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Tandem',
    backgroundColor: background(),
    autoHideMenuBar: true,
    icon: join(resourcesFolder(), 'icons', '256x256.png'),
    webPreferences: { preload: PRELOAD_FILE, ...PAGE_PREFERENCES },
  });
  const show = () => {
    clearTimeout(lateShow);
    if (window.isDestroyed() || window.isVisible()) return;
    if (state?.isMaximized === true) window.maximize();
    window.show();
    log.info(`window shown ${Math.round(Date.now() - (process.getCreationTime() ?? NaN))} ms after the process began`);
  };
  window.once('ready-to-show', show);
  const lateShow = setTimeout(show, SHOW_AT_LATEST_MS);

  const followTheme = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', followTheme);
  window.on('closed', () => nativeTheme.off('updated', followTheme));
  keepWindowState(window, windowStateFile(), log);
  reloadAfterCrash(window, log);
  window.loadURL(page).catch((error: unknown) => log.error(`the page could not be loaded: ${String(error)}`));
  return window;
}

function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let lastMs = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error(`page process gone: ${reason} (${exitCode})`);
    const nowMs = performance.now();
    if (reason === 'clean-exit' || nowMs - lastMs < RELOAD_PAUSE_MS) return;
    lastMs = nowMs;
    window.webContents.reload();
  });
  window.on('unresponsive', () => log.warn('page unresponsive'));
  window.on('responsive', () => log.info('page responsive again'));
}

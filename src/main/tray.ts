/** The icon in the desktop's tray, on macOS in its menu bar: while it is there, a window that is closed is only put away. */
import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, nativeImage, type NativeImage, Tray } from 'electron';
import { join } from 'node:path';
import { desktopHasTray } from './desktop-tray';
import { describeError, type Log } from './log';
import { resourcesFolder } from './paths';
import type { MainWords } from './words';

export interface TrayActions {
  open(): void;
  translateClipboard(): void;
  quit(): void;
}

export interface TrayDependencies {
  isWanted(): boolean;
  words(): MainWords;
  actions: TrayActions;
  log: Log;
}

export interface AppTray {
  /** Draws it, or takes it away, as settings and desktop are now; resolves to whether it is there. */
  update(): Promise<boolean>;
  /** From now on this window is put away when it is closed, where the icon can bring it back; else it closes. */
  keep(window: BrowserWindow): void;
}

export function createTray({ isWanted, words, actions, log }: TrayDependencies): AppTray {
  let icon: Tray | null = null;
  let isQuitting = false;
  app.on('before-quit', () => (isQuitting = true));

  async function update(): Promise<boolean> {
    const isPossible = isWanted() && (await desktopHasTray());
    // It may have been switched off meanwhile.
    if (!isPossible || !isWanted()) {
      icon?.destroy();
      icon = null;
      return false;
    }
    if (icon === null) {
      icon = new Tray(iconImage());
      icon.setToolTip('Tandem');
      icon.on('click', actions.open);
    }
    icon.setContextMenu(Menu.buildFromTemplate(trayMenu(words(), actions)));
    return true;
  }

  return {
    update,
    keep: (window) => {
      let isLeaving = false;
      window.on('close', (event) => {
        if (isQuitting || isLeaving || !isWanted()) return;
        event.preventDefault();
        void update()
          .catch((error: unknown) => {
            log.warn(`the tray icon cannot be shown: ${describeError(error)}`);
            return false;
          })
          .then((isThere) => {
            if (isThere) {
              putAway(window);
              return;
            }
            isLeaving = true;
            window.close();
          });
      });
    },
  };
}

export const trayMenu = (words: MainWords, actions: TrayActions): MenuItemConstructorOptions[] => [
  { label: words.trayOpen, click: actions.open },
  { label: words.trayClipboard, click: actions.translateClipboard },
  { type: 'separator' },
  { label: words.quit, click: actions.quit },
];

/** In full screen macOS would leave a black one behind. */
function putAway(window: BrowserWindow): void {
  if (!window.isFullScreen()) {
    window.hide();
    return;
  }
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}

/** macOS draws the shape in the menu bar's own colour; elsewhere the icon brings its ground, light panels and dark ones alike. */
function iconImage(): NativeImage {
  const icons = join(resourcesFolder(), 'icons');
  if (process.platform === 'darwin') return nativeImage.createFromPath(join(icons, 'trayTemplate.png'));
  const size = process.platform === 'win32' ? 32 : 64;
  return nativeImage.createFromPath(join(icons, '256x256.png')).resize({ width: size, height: size, quality: 'best' });
}

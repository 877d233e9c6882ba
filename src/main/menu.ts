/** The application menu and its accelerators. An item of ours only tells the window what was chosen. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/app-api';
import { SCREEN_COMMANDS, SCREENS } from '../shared/screens';
import type { MainWords } from './words';

/** Made anew when the language changes. */
export function setupMenu(words: MainWords, choose: (command: MenuCommand) => void, developerTools: boolean): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => choose(command),
  });
  const settings = item(words.settings, 'showSettings', 'CmdOrCtrl+,');
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = process.platform === 'darwin';

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [macAppMenu(words, settings)] : []),
      {
        label: words.file,
        submenu: [
          item(words.openText, 'openFile', 'CmdOrCtrl+O'),
          item(words.saveTranslation, 'saveTranslation', 'CmdOrCtrl+S'),
          ...(mac
            ? [separator, { role: 'close' as const, label: words.close }]
            : [separator, settings, separator, { role: 'quit' as const, label: words.quit }]),
        ],
      },
      {
        label: words.edit,
        submenu: [
          { role: 'undo', label: words.undo },
          { role: 'redo', label: words.redo },
          separator,
          { role: 'cut', label: words.cut },
          { role: 'copy', label: words.copy },
          { role: 'paste', label: words.paste },
          { role: 'delete', label: words.delete },
          separator,
          { role: 'selectAll', label: words.selectAll },
        ],
      },
      {
        label: words.translation,
        submenu: [
          item(words.translate, 'translate', 'CmdOrCtrl+Enter'),
          // Escape is the page's: it also closes what is open there.
          item(words.cancel, 'cancel'),
          separator,
          item(words.swapLanguages, 'swapLanguages', 'CmdOrCtrl+Shift+S'),
          separator,
          item(words.palette, 'showPalette', 'CmdOrCtrl+K'),
        ],
      },
      {
        label: words.view,
        submenu: [
          ...SCREENS.map(({ screen, digit }) => item(words.screens[screen], SCREEN_COMMANDS[screen], `CmdOrCtrl+${digit}`)),
          separator,
          { role: 'resetZoom', label: words.resetZoom },
          { role: 'zoomIn', label: words.zoomIn },
          { role: 'zoomOut', label: words.zoomOut },
          { role: 'togglefullscreen', label: words.fullScreen },
          ...(developerTools
            ? [
                separator,
                { role: 'reload' as const, label: words.reload },
                { role: 'toggleDevTools' as const, label: words.developerTools },
              ]
            : []),
        ],
      },
      {
        label: words.window,
        role: 'window',
        submenu: [
          { role: 'minimize', label: words.minimize },
          ...(mac
            ? [{ role: 'zoom' as const, label: words.zoom }, separator, { role: 'front' as const, label: words.bringAllToFront }]
            : [{ role: 'close' as const, label: words.close }]),
        ],
      },
    ]),
  );
}

function macAppMenu(words: MainWords, settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: 'Tandem',
    submenu: [
      { role: 'about', label: words.about },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      { type: 'separator' },
      { role: 'quit', label: words.quit },
    ],
  };
}

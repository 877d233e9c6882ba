/** The application menu and its accelerators. An item of ours only tells the window what was chosen. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../shared/app-api';

export function setupMenu(choose: (command: MenuCommand) => void, developerTools: boolean): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => choose(command),
  });
  const settings = item('Settings…', 'showSettings', 'CmdOrCtrl+,');
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = process.platform === 'darwin';

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [macAppMenu(settings)] : []),
      {
        label: '&File',
        submenu: [
          item('Open Text…', 'openFile', 'CmdOrCtrl+O'),
          item('Save Translation…', 'saveTranslation', 'CmdOrCtrl+S'),
          ...(mac ? [separator, { role: 'close' as const }] : [separator, settings, separator, { role: 'quit' as const }]),
        ],
      },
      { role: 'editMenu' },
      {
        label: '&Translation',
        submenu: [
          item('Translate', 'translate', 'CmdOrCtrl+Enter'),
          // Escape is the page's: it also closes what is open there.
          item('Cancel', 'cancel'),
          separator,
          item('Swap Languages', 'swapLanguages', 'CmdOrCtrl+Shift+S'),
        ],
      },
      {
        label: '&View',
        submenu: [
          item('Translate Panel', 'showTranslate', 'CmdOrCtrl+1'),
          item('Documents Panel', 'showDocuments', 'CmdOrCtrl+2'),
          item('Compare Panel', 'showCompare', 'CmdOrCtrl+4'),
          item('Packs Panel', 'showPacks', 'CmdOrCtrl+6'),
          separator,
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
          ...(developerTools ? [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}

function macAppMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

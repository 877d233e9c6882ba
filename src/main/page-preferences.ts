/** What a page may do, in Electron's words; what is not named stays as Electron has it, which is off. */
import type { WebPreferences } from 'electron';

export const PAGE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
  webviewTag: false,
  enableWebSQL: false,
  navigateOnDragDrop: false,
} as const satisfies WebPreferences;

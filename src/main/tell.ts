/** What main tells the windows, and which window asked. */
import { BrowserWindow, type WebContents } from 'electron';
import { CHANNELS, type AppEventName, type AppEvents } from '../shared/app-api';

export function tell<Name extends AppEventName>(contents: WebContents, name: Name, event: AppEvents[Name]): void {
  contents.send(CHANNELS.event, name, event);
}

export function tellAll<Name extends AppEventName>(name: Name, event: AppEvents[Name]): void {
  for (const window of BrowserWindow.getAllWindows()) tell(window.webContents, name, event);
}

export function windowOf(contents: WebContents): BrowserWindow {
  const found = BrowserWindow.getAllWindows().find((window) => window.webContents === contents);
  if (found === undefined) throw new Error('The window that asked is gone.');
  return found;
}

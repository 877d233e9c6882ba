/** The desktop's notification that a document is done or failed. */
import { BrowserWindow, Notification } from 'electron';
import type { DocumentJob } from '../shared/document';
import type { MainWords } from './words';

/** Shows it where the desktop can and no window of the app is in front. */
export function notifyOfDocument({ name, state }: DocumentJob, words: MainWords, onClick: () => void): void {
  if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return;
  const notification = new Notification(
    state.kind === 'done'
      ? { title: words.documentDone, body: words.documentDoneBody(name, state.report.failed + state.report.flagged) }
      : { title: words.documentFailed, body: name },
  );
  notification.on('click', onClick);
  notification.show();
}

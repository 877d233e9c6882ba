/**
 * The door between a window and main: every call passes here, its sender is checked and its argument parsed in this one place.
 */
import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import { z } from 'zod';
import { APP_CALLS, CHANNELS, type AppCallName, type AppCallResults } from '../shared/app-api';
import { describeError, type Log } from './log';

type AppArgument<Name extends AppCallName> = z.output<(typeof APP_CALLS)[Name]>;

/** One handler a call: its parsed argument and the page that asked in, its result out. A handler that throws gives its message. */
export type AppHandlers = {
  [Name in AppCallName]: (argument: AppArgument<Name>, sender: WebContents) => AppCallResults[Name] | Promise<AppCallResults[Name]>;
};

/** What crosses the channel; Electron would wrap a thrown error's message in its own words. */
export type AppAnswer = { ok: true; result: unknown } | { ok: false; message: string };

const SCHEMAS: { [Name in AppCallName]: z.ZodType<AppArgument<Name>> } = APP_CALLS;
const callNameSchema = z.custom<AppCallName>((name) => typeof name === 'string' && Object.hasOwn(APP_CALLS, name));

/** `isOwnPage`: whether a URL is the app's own page. */
export function setupAppApi(ipc: Pick<IpcMain, 'handle'>, handlers: AppHandlers, isOwnPage: (url: string) => boolean, log: Log): void {
  ipc.handle(CHANNELS.call, async (event, name: unknown, argument: unknown): Promise<AppAnswer> => {
    if (!isOwnFrame(event.senderFrame, event.sender, isOwnPage)) {
      log.warn('a call from a frame that is not the app’s was refused');
      return { ok: false, message: 'This page may not call the app.' };
    }
    const parsedName = callNameSchema.safeParse(name);
    if (!parsedName.success) return { ok: false, message: `There is no call “${String(name)}”.` };
    try {
      return { ok: true, result: await answer(handlers, parsedName.data, argument, event.sender) };
    } catch (error) {
      // Arguments may hold what someone wrote; the log gets the call's name and the error only when it is ours.
      const message = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
      log.warn(`${parsedName.data} failed: ${error instanceof z.ZodError ? 'wrong argument' : describeError(error)}`);
      return { ok: false, message };
    }
  });
}

function answer<Name extends AppCallName>(
  handlers: AppHandlers,
  name: Name,
  argument: unknown,
  sender: WebContents,
): AppCallResults[Name] | Promise<AppCallResults[Name]> {
  return handlers[name](SCHEMAS[name].parse(argument), sender);
}

/** The page itself, not a frame in it, and still where we loaded it from. */
function isOwnFrame(frame: WebFrameMain | null, sender: WebContents, isOwnPage: (url: string) => boolean): boolean {
  return frame !== null && frame === sender.mainFrame && isOwnPage(frame.url);
}

/** The door of main, for every call there is: who asks is looked at before what is asked. */
import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import { expect, test } from 'vitest';
import { setupAppApi, type AppAnswer, type AppHandlers } from '../../../src/main/app-api';
import { APP_PAGE, isPage } from '../../../src/main/app-page';
import { APP_CALLS, CHANNELS } from '../../../src/shared/app-api';

const NAMES = Object.keys(APP_CALLS);
const SECRET = 'the words of a letter';

function door() {
  const channels: string[] = [];
  const called: string[] = [];
  const lines: string[] = [];
  let listener: (event: unknown, ...given: unknown[]) => Promise<AppAnswer> = () => Promise.reject(new Error('no channel'));
  const ipc: Pick<IpcMain, 'handle'> = {
    handle: (channel, handler) => {
      channels.push(channel);
      listener = handler as typeof listener;
    },
  };
  const handlers = Object.fromEntries(NAMES.map((name) => [name, () => called.push(name)])) as unknown as AppHandlers;
  const log = (line: string) => void lines.push(line);
  setupAppApi(ipc, handlers, (url) => isPage(url, APP_PAGE), { info: log, warn: log, error: log });
  const ask = (frame: Partial<WebFrameMain> | null, mainFrame: Partial<WebFrameMain> | null, name: unknown, argument: unknown) =>
    listener({ senderFrame: frame, sender: { mainFrame } as WebContents }, name, argument);
  return { ask, called, channels, lines };
}

const own = { url: APP_PAGE };

test.each(NAMES)('%s is refused to a frame in the page, to another page, and to a frame that is gone', async (name) => {
  const { ask, called } = door();
  const refused = { ok: false, message: 'This page may not call the app.' };
  expect(await ask({ url: APP_PAGE }, own, name, {})).toEqual(refused);
  for (const url of [
    'https://example.com/',
    'app://tandem/other.html',
    'app://other/index.html',
    'data:text/html,x',
    'file:///a/index.html',
    '',
  ]) {
    const frame = { url };
    expect(await ask(frame, frame, name, {}), url).toEqual(refused);
  }
  expect(await ask(null, own, name, {})).toEqual(refused);
  expect(called).toEqual([]);
});

test.each(NAMES)('%s is refused with what it does not take', async (name) => {
  const { ask, called } = door();
  for (const argument of [undefined, null, 'text', [], { notAnArgument: 1 }]) {
    expect(await ask(own, own, name, argument)).toMatchObject({ ok: false });
  }
  expect(called).toEqual([]);
});

test('a call that exists is answered to the page, wherever in it', async () => {
  const { ask, called, channels } = door();
  expect(await ask(own, own, 'listPacks', {})).toEqual({ ok: true, result: 1 });
  const below = { url: `${APP_PAGE}#packs` };
  expect(await ask(below, below, 'getSettings', {})).toEqual({ ok: true, result: 2 });
  expect(called).toEqual(['listPacks', 'getSettings']);
  expect(channels).toEqual([CHANNELS.call]);
});

test.each(['toString', '__proto__', 'constructor', '', 7, null, undefined])('there is no call %s', async (name) => {
  const { ask } = door();
  expect(await ask(own, own, name, {})).toEqual({ ok: false, message: `There is no call “${String(name)}”.` });
});

test('an argument that is refused is not logged', async () => {
  const { ask, lines } = door();
  await ask(own, own, 'copyText', { text: SECRET, [SECRET]: SECRET });
  expect(lines).toEqual(['copyText failed: wrong argument']);
});

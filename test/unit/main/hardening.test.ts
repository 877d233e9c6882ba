/** Asks what hardening sets as Chromium would. That Chromium asks it is `test/e2e/security.spec.ts`'s to show. */
import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { expect, test } from 'vitest';
import { setupContents, setupSession } from '../../../src/main/hardening';
import { createRefusals } from '../../../src/main/privacy/refusals';

const DEVELOPMENT = 'http://localhost:5173';
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Keeps what is set, by the name of the method that set it. */
class Scripted extends EventEmitter {
  readonly set: Record<string, unknown> = {};

  /** Methods that keep their argument. */
  setters(...names: string[]): this {
    return Object.assign(this, Object.fromEntries(names.map((name) => [name, (value: unknown) => (this.set[name] = value)])));
  }

  asked(name: string, ...given: unknown[]): unknown {
    return (this.set[name] as (...given: unknown[]) => unknown)(...given);
  }

  /** Whether the default of an event was prevented. */
  prevents(event: string, details: object, ...more: unknown[]): boolean {
    let prevented = false;
    this.emit(event, { ...details, preventDefault: () => (prevented = true) }, ...more);
    return prevented;
  }
}

async function hardened(developmentOrigin: string | null) {
  const refusals = createRefusals(quiet);
  const session = new Scripted().setters(
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'setSpellCheckerLanguages',
    'setSpellCheckerEnabled',
    'setProxy',
  );
  const webRequest = new Scripted().setters('onBeforeRequest');
  await setupSession(Object.assign(session, { webRequest }) as unknown as Session, developmentOrigin, refusals);
  const app = new EventEmitter();
  setupContents(app as unknown as App, developmentOrigin, refusals);
  const contents = new Scripted().setters('setWindowOpenHandler', 'setWebRTCIPHandlingPolicy');
  app.emit('web-contents-created', {}, contents);
  const isCancelled = (url: string) => {
    let cancelled: boolean | undefined;
    webRequest.asked('onBeforeRequest', { url }, ({ cancel }: { cancel: boolean }) => (cancelled = cancel));
    return cancelled;
  };
  return { session, contents, isCancelled, refused: () => refusals.list().map(({ kind, what }) => `${kind} ${what}`) };
}

test.each([
  'https://example.com/x',
  'http://127.0.0.1:5173/',
  'wss://example.com/',
  'file:///etc/passwd',
  'ftp://example.com/',
  'chrome://gpu',
])('a request for %s is cancelled', async (url) => {
  const { isCancelled, refused } = await hardened(null);
  expect(isCancelled(url)).toBe(true);
  expect(refused()).toHaveLength(1);
});

test.each(['app://tandem/index.html', 'blob:app://tandem/1', 'data:text/plain,x'])('a request for %s goes on', async (url) => {
  expect((await hardened(null)).isCancelled(url)).toBe(false);
});

test('while it is developed the page’s server is let through, no other', async () => {
  const { isCancelled, session } = await hardened(DEVELOPMENT);
  expect([`${DEVELOPMENT}/main.tsx`, 'ws://localhost:5173/'].map(isCancelled)).toEqual([false, false]);
  expect(['http://localhost:5174/', 'https://example.com/'].map(isCancelled)).toEqual([true, true]);
  expect(session.set['setProxy']).toBeUndefined();
});

test('what gets past all else ends at a proxy that is not there, on the way to this machine as well', async () => {
  const { session } = await hardened(null);
  expect(session.set['setProxy']).toEqual({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
});

test('no permission is given, asked for or checked, and no device', async () => {
  const { session, refused } = await hardened(null);
  let given: boolean | undefined;
  session.asked('setPermissionRequestHandler', null, 'geolocation', (granted: boolean) => (given = granted));
  expect(given).toBe(false);
  expect(refused()).toEqual(['permission geolocation']);
  expect(session.asked('setPermissionCheckHandler')).toBe(false);
  expect(session.asked('setDevicePermissionHandler')).toBe(false);
});

test('no dictionary is fetched', async () => {
  const { session } = await hardened(null);
  expect(session.set['setSpellCheckerLanguages']).toEqual([]);
  expect(session.set['setSpellCheckerEnabled']).toBe(false);
});

test('nothing is downloaded', async () => {
  const { session, refused } = await hardened(null);
  expect(session.prevents('will-download', {}, { getURL: () => 'https://example.com/a.exe' })).toBe(true);
  expect(refused()).toEqual(['download example.com']);
});

test('no window is opened', async () => {
  const { contents, refused } = await hardened(null);
  expect(contents.asked('setWindowOpenHandler', { url: 'https://example.com' })).toEqual({ action: 'deny' });
  expect(refused()).toEqual(['window example.com']);
});

test.each(['https://example.com/', 'file:///etc/passwd', 'app://tandem/index.html', 'mailto:a@example.com', `${DEVELOPMENT}/`])(
  'no frame goes to %s',
  async (url) => {
    const { contents } = await hardened(null);
    expect(contents.prevents('will-frame-navigate', { url })).toBe(true);
  },
);

test('the development server’s page goes where it is served from', async () => {
  const { contents } = await hardened(DEVELOPMENT);
  expect(contents.prevents('will-frame-navigate', { url: `${DEVELOPMENT}/` })).toBe(false);
  expect(contents.prevents('will-frame-navigate', { url: 'http://localhost:5174/' })).toBe(true);
});

test('no webview is attached, with or without an address', async () => {
  const { contents } = await hardened(null);
  expect(contents.prevents('will-attach-webview', {}, {}, { src: 'app://tandem/index.html' })).toBe(true);
  expect(contents.prevents('will-attach-webview', {}, {}, {})).toBe(true);
});

test('WebRTC tells no address of this machine and uses no way past the proxy', async () => {
  const { contents } = await hardened(null);
  expect(contents.set['setWebRTCIPHandlingPolicy']).toBe('disable_non_proxied_udp');
});

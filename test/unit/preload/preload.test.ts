/** What the preload gives to a page, with Electron's bridge played here. That a page gets no more is `test/e2e/security.spec.ts`'s to show. */
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test, vi } from 'vitest';
import type { AppApi } from '../../../src/shared/app-api';
import { CHANNELS, INFERENCE_PORT_MESSAGE } from '../../../src/shared/channels';

type Listener = (event: { ports?: unknown[] }, ...told: unknown[]) => void;

const played = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listeners: new Map<string, Listener[]>(),
  posted: [] as unknown[][],
  scripts: [] as string[],
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => played.exposed.set(name, value) },
  ipcRenderer: {
    invoke: (...given: unknown[]) => Promise.resolve({ ok: played.invoked.push(given) > 0, result: 'answered' }),
    on: (channel: string, listener: Listener) => played.listeners.set(channel, [...(played.listeners.get(channel) ?? []), listener]),
    off: (channel: string, listener: Listener) =>
      played.listeners.set(
        channel,
        (played.listeners.get(channel) ?? []).filter((known) => known !== listener),
      ),
  },
  webFrame: { executeJavaScript: (script: string) => Promise.resolve(played.scripts.push(script)) },
  webUtils: { getPathForFile: (file: { path: string }) => file.path },
}));

beforeAll(async () => {
  vi.stubGlobal('window', { location: { origin: 'app://tandem' }, postMessage: (...given: unknown[]) => played.posted.push(given) });
  await import('../../../src/preload/index');
});

const api = () => played.exposed.get('app') as AppApi;
const tell = (channel: string, ...told: unknown[]) => {
  for (const listener of played.listeners.get(channel) ?? []) listener({}, ...told);
};

test('a page is given one object with five functions', () => {
  expect([...played.exposed.keys()]).toEqual(['app']);
  expect(Object.entries(api()).map(([name, value]) => `${name}: ${typeof value}`)).toEqual([
    'call: function',
    'addDroppedDocuments: function',
    'importDroppedPack: function',
    'readDropped: function',
    'on: function',
  ]);
});

test.each(['addDocuments', 'importPack', 'readReadable'])('a page cannot name paths to %s', async (name) => {
  await expect(api().call(name as 'listPacks', { path: '/etc/passwd' } as unknown as Record<string, never>)).rejects.toThrow(
    'A page names no paths',
  );
  expect(played.invoked).toEqual([]);
});

test('calls go by one channel, and a dropped file gives the path that Electron knows of it', async () => {
  await api().call('listPacks', {});
  await api().importDroppedPack({ path: '/home/ada/pack.zip' } as unknown as File);
  expect(played.invoked.splice(0)).toEqual([
    [CHANNELS.call, 'listPacks', {}],
    [CHANNELS.call, 'importPack', { path: '/home/ada/pack.zip' }],
  ]);
});

test('a page hears the event that it asked for, without Electron’s own event, until it stops', () => {
  const heard: unknown[][] = [];
  const stop = api().on('packsChanged', (...told) => heard.push(told));
  tell(CHANNELS.event, 'packsChanged', []);
  tell(CHANNELS.event, 'translateText', 'a text');
  stop();
  tell(CHANNELS.event, 'packsChanged', []);
  expect(heard).toEqual([[[]]]);
});

test('the inference port goes to the page’s own origin alone', () => {
  for (const listener of played.listeners.get(CHANNELS.port) ?? []) listener({ ports: ['port'] });
  expect(played.posted).toEqual([[INFERENCE_PORT_MESSAGE, 'app://tandem', ['port']]]);
});

test('WebRTC and WebTransport are gone from the page’s world, and what else it has stays', () => {
  const world = Object.fromEntries(
    ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport', 'WebTransport', 'fetch'].map((name) => [
      name,
      name,
    ]),
  );
  for (const script of played.scripts) runInNewContext(script, world);
  expect(Object.keys(world)).toEqual(['fetch']);
});

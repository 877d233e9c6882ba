/** Packs open, make room and come back, in the real engine. */
import { afterEach, expect, test } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import type { EngineConfig, EngineStatus, PackMemory } from '../../src/shared/inference/engine';
import { collect, configOf, request, TINY } from './tiny';

const PACKS = ['one', 'two', 'three'];
const NEVER_MS = 3_600_000;

let engine: LocalEngine;
let status: EngineStatus;
afterEach(() => engine.close());

const configWith = (memory: PackMemory): EngineConfig => ({
  ...configOf(TINY),
  packs: PACKS.map((packId) => ({ packId, folder: TINY })),
  memory,
});

async function start(memory: PackMemory): Promise<void> {
  engine = await startLocalEngine(configWith(memory), (told) => (status = told));
}

const translate = (packId: string, text = 'Where is the station?') => collect(engine.client.generate({ ...request, packId, text }));
const open = () => status.packs.filter(({ state }) => state === 'ready').map(({ packId }) => packId);

test('all stay open where they fit, each with what it takes', async () => {
  await start({ budgetBytes: 1e12, idleMs: NEVER_MS });
  for (const packId of PACKS) await translate(packId);
  expect(open()).toEqual(PACKS);
  expect(status.budgetBytes).toBe(1e12);
  for (const { memoryBytes = 0, sessions } of status.packs) {
    expect(memoryBytes).toBeGreaterThanOrEqual(sessions.reduce((sum, { bytes }) => sum + bytes, 0));
    // One encoder serves all lanes.
    expect(sessions.filter(({ part }) => part === 'encoder')).toHaveLength(1);
  }
});

test('the least recently used makes room, and comes back when asked, with what it wrote before', async () => {
  await start({ budgetBytes: 1, idleMs: NEVER_MS });
  const first = await translate('one');
  expect(first.events[0]).toMatchObject({ kind: 'stage', stage: 'load' });
  expect(first.end).toMatchObject({ kind: 'done', timings: { loadMs: expect.any(Number) as number } });
  const again = await translate('one');
  expect(again.events[0]).toMatchObject({ kind: 'started' });
  expect(again.end.kind === 'done' && again.end.timings).not.toHaveProperty('loadMs');
  for (const packId of ['two', 'three']) {
    expect((await translate(packId)).text).toBe(first.text);
    expect(open()).toEqual([packId]);
  }
  const back = await translate('one');
  expect(back.events[0]).toMatchObject({ kind: 'stage', stage: 'load' });
  // What was read with the closed pack is gone with it.
  expect(back.end).toMatchObject({ kind: 'done', reusedEncodings: 0 });
  expect(back.text).toBe(first.text);
  expect(open()).toEqual(['one']);
  const closed = status.packs.find(({ packId }) => packId === 'two');
  expect(closed).toMatchObject({ state: 'closed', openMs: expect.any(Number) as number, sessions: [] });
  expect(closed).not.toHaveProperty('memoryBytes');
});

test('a pack in use stays open while others come and go', async () => {
  await start({ budgetBytes: 1, idleMs: NEVER_MS });
  const other = engine.connect();
  const segments = Array.from({ length: 128 }, (_, i) => ({ inlines: [`The dog is big and the cat is small, ${i}.`] }));
  const { task, decoding } = request;
  let seen = 0;
  let typed: Promise<unknown> | null = null;
  for await (const event of other.translateSegments({ task, decoding, lane: 'llm', packId: 'one', segments })) {
    if (event.kind === 'segment') seen++;
    typed ??= seen === 1 ? translate('two').then(() => expect(open()).toContain('one')) : null;
    if (event.kind === 'failed') throw new Error(event.error.message);
  }
  await typed;
  expect(seen).toBe(segments.length);
  await expect.poll(open).toHaveLength(1);
  other.close();
});

test('nobody asks for a while, and it closes; a request opens it again', async () => {
  await start({ budgetBytes: 1e12, idleMs: 1 });
  await translate('one');
  await expect.poll(open).toEqual([]);
  expect((await translate('one')).events[0]).toMatchObject({ kind: 'stage', stage: 'load' });
});

test('a smaller budget holds at once, and opens nothing anew', async () => {
  await start({ budgetBytes: 1e12, idleMs: NEVER_MS });
  for (const packId of PACKS) await translate(packId);
  await engine.configure(configWith({ budgetBytes: 1, idleMs: NEVER_MS }));
  await expect.poll(open).toEqual(['three']);
  expect((await translate('three')).events[0]).toMatchObject({ kind: 'started' });
});

test('with other threads, what was open opens anew unasked, and what was closed for its memory is not said to be opening', async () => {
  await start({ budgetBytes: 1, idleMs: NEVER_MS });
  for (const packId of ['one', 'two']) await translate(packId);
  await engine.configure({ ...configWith({ budgetBytes: 1, idleMs: NEVER_MS }), encoderThreads: 2 });
  await expect.poll(open).toEqual(['two']);
  expect(status.packs.map(({ state, openMs }) => [state, openMs !== null])).toEqual([
    ['closed', true],
    ['ready', true],
    ['closed', false],
  ]);
});

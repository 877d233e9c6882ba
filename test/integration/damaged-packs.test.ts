import { copyFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../src/cli/local-engine';
import { selfTestProblems } from '../../src/main/inference/self-test';
import type { EngineStatus } from '../../src/shared/inference/engine';
import { collect, configOf, copyOfTiny, request, TINY, tinyManifest } from './tiny';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function engineOn(
  damage: (folder: string) => Promise<void>,
): Promise<{ engine: LocalEngine; folder: string; statuses: EngineStatus[] }> {
  const folder = await copyOfTiny();
  await damage(folder);
  const statuses: EngineStatus[] = [];
  const engine = await startLocalEngine(configOf(folder), (status) => statuses.push(status));
  cleanups.push(
    () => engine.close(),
    () => rm(folder, { recursive: true }),
  );
  return { engine, folder, statuses };
}

const changed = (manifest: object) => (folder: string) =>
  writeFile(join(folder, 'pack.json'), JSON.stringify({ ...tinyManifest, ...manifest }));

describe('a damaged pack is named, with what was expected', () => {
  it.each([
    ['a missing graph', (folder: string) => rm(join(folder, 'llm.decoder.onnx')), /"llm\.decoder\.onnx" is missing/],
    ['a cut graph', (folder: string) => truncate(join(folder, 'encoder.onnx'), 20_000), /"encoder\.onnx" cannot be opened/],
    ['noise for a graph', (folder: string) => writeFile(join(folder, 'projector.onnx'), 'noise'), /"projector\.onnx" cannot be opened/],
    [
      'a graph in the place of another',
      (folder: string) => copyFile(join(TINY, 'llm.prefill.onnx'), join(folder, 'hybrid.prefill.onnx')),
      /"hybrid\.prefill\.onnx" is not a hybrid prefill of pack format 2: expected input input_ids, mask, projected, got hidden/,
    ],
    [
      'a decoder of another shape',
      (folder: string) => copyFile(join(TINY, 'slm.decoder.onnx'), join(folder, 'llm.decoder.onnx')),
      /"llm\.decoder\.onnx" is not a llm decoder of pack format 2: expected input past_key\.1/,
    ],
    [
      'a wrong number in the manifest',
      changed({ encoder: { ...tinyManifest.encoder, dModel: 64 } }),
      /hidden: got float32\[.*32\], expected float32\[B,S,64\]/,
    ],
    ['no tokenizer', (folder: string) => rm(join(folder, 'tokenizer.json')), /"tokenizer\.json" is missing/],
    ['half a tokenizer', (folder: string) => truncate(join(folder, 'tokenizer.json'), 1000), /"tokenizer\.json" cannot be read/],
    ['a tokenizer of another model', (folder: string) => writeFile(join(folder, 'tokenizer.json'), '{"model":{"type":"BPE"}}'), /Unigram/],
    ['no manifest', (folder: string) => rm(join(folder, 'pack.json')), /"pack\.json" is missing/],
    ['half a manifest', (folder: string) => truncate(join(folder, 'pack.json'), 300), /"pack\.json" cannot be read/],
  ])('%s', async (_name, damage, message) => {
    const { engine, statuses } = await engineOn(damage);
    const { end } = await collect(engine.client.generate(request));
    if (end.kind !== 'failed') throw new Error('expected failed');
    expect(end.error.code).toBe('pack-damaged');
    expect(end.error.message).toMatch(message);
    expect(end.error.message).not.toMatch(/\n|\/tmp\//);
    expect(statuses.at(-1)?.packs[0]).toMatchObject({ state: 'failed', error: end.error, sessions: [] });
  });

  it('works again once it is whole and asked for anew', async () => {
    const { engine, folder } = await engineOn((pack) => rm(join(pack, 'encoder.onnx')));
    expect((await collect(engine.client.generate(request))).end.kind).toBe('failed');
    await copyFile(join(TINY, 'encoder.onnx'), join(folder, 'encoder.onnx'));
    expect((await collect(engine.client.generate(request))).end.kind).toBe('failed');
    engine.client.warm('tiny');
    expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
  });

  it('is seen by the self-test where the graphs open but write something else', async () => {
    const { folder } = await engineOn((pack) => copyFile(join(TINY, 'hybrid.decoder.onnx'), join(pack, 'slm.decoder.onnx')));
    const problems = await selfTestProblems(folder);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => /^Self-test slm .* got ids .*, expected /.test(problem))).toBe(true);
  });
});

describe('a changed configuration', () => {
  it('closes packs that are gone, but not under a running request', async () => {
    const { engine, folder } = await engineOn(() => Promise.resolve());
    const running = collect(engine.client.generate({ ...request, text: 'Where is the station?\n'.repeat(50) }), (event) => {
      if (event.kind === 'started') void engine.configure({ ...configOf(folder), packs: [] });
    });
    expect((await running).end).toMatchObject({ kind: 'done', finish: 'stop' });
    expect((await collect(engine.client.generate(request))).end).toMatchObject({ kind: 'failed', error: { code: 'pack-missing' } });
    await engine.configure(configOf(TINY));
    expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
  });

  it('refuses a provider that this machine has not, and says so', async () => {
    const { engine, folder } = await engineOn(() => Promise.resolve());
    await engine.configure({ ...configOf(folder), provider: 'cuda' });
    const { end } = await collect(engine.client.generate(request));
    expect(end).toMatchObject({ kind: 'failed', error: { code: 'provider-failed' } });
    await engine.configure(configOf(folder));
    expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
  });

  it('opens a pack on the CPU where its places cannot be had any more, and says why', async () => {
    const { engine, folder, statuses } = await engineOn(() => Promise.resolve());
    await engine.configure({
      ...configOf(folder),
      packs: [{ packId: 'tiny', folder, places: { reading: 'cpu', lanes: { llm: 'cuda' } } }],
    });
    expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
    const [status] = statuses.at(-1)?.packs ?? [];
    expect(status?.sessions.map(({ provider }) => provider)).toEqual(Array.from({ length: 8 }, () => 'cpu'));
    expect(status?.fallback).toMatch(/Failed to load shared library|backend not found/);
    await engine.configure(configOf(folder));
    await collect(engine.client.generate(request));
    expect(statuses.at(-1)?.packs[0]).not.toHaveProperty('fallback');
  });
});

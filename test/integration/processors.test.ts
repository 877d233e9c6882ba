/** Tests of providers in real processes of their own, with real packs: what is right, what dies, what hangs, and what is remembered of it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine } from '../../src/cli/local-engine';
import { startProbeProcess } from '../../src/cli/probe-process';
import { readPack } from '../../src/main/packs/catalog';
import { Processors, type ProcessorsOptions } from '../../src/main/providers/processors';
import { openResults } from '../../src/main/providers/results';
import type { ProbeProcess } from '../../src/main/providers/run-probe';
import { collect, configOf, request, TINY, tinyManifest } from './tiny';

/** A process starts and opens a pack twice, on a machine that may be busy. */
const PATIENCE_MS = 300_000;

const child = (name: string) => () => startProbeProcess(resolve('test/integration/probes', `${name}.ts`));

/** A child that tells how many of it have ended. */
function countedChild(name: string) {
  let exits = 0;
  const start = () => {
    const started = child(name)();
    started.onExit(() => exits++);
    return started;
  };
  return { start, exits: () => exits };
}

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tandem-processors-'));
});
afterAll(() => rm(scratch, { recursive: true, maxRetries: 3 }));

async function processorsOn(file: string, start: () => ProbeProcess, options: Partial<ProcessorsOptions> = {}) {
  const packs = [await readPack(TINY, true), await readPack(resolve('test/fixtures/packs/tiny-summary'), true)];
  const results = await openResults(join(scratch, file), '1.0.0', (why) => expect.unreachable(why));
  return new Processors({
    providers: ['webgpu'],
    results,
    packs: () => packs,
    threads: () => ({ encoderThreads: 1, decoderThreads: 1 }),
    start,
    onState: () => {},
    onPlaces: () => {},
    ...options,
  });
}

describe('a test', () => {
  it.each(['tiny', 'tiny-summary'])(
    'finds a provider right that computes the same, and measures it: %s',
    async (packId) => {
      const steps: number[] = [];
      const processors = await processorsOn('equal.json', child('equal'), {
        onState: ({ testing }) => testing && steps.push(testing.done / testing.steps),
      });
      await processors.test(packId, null);
      const result = processors.state().packs[packId]?.results[0];
      if (result?.outcome.kind !== 'measured') throw new Error(`expected measured, got ${JSON.stringify(result)}`);
      const { reading, lanes } = result.outcome;
      expect(Object.keys(lanes)).toEqual(packId === 'tiny' ? ['llm', 'hybrid', 'slm'] : ['hybrid']);
      for (const part of [reading, ...Object.values(lanes)]) {
        expect(part.same).toBe(true);
        expect(Math.min(part.cpuMs, part.ms)).toBeGreaterThan(0);
      }
      expect(steps.filter(Number.isFinite)).toEqual([...steps.filter(Number.isFinite)].sort((a, b) => a - b));
      expect(steps.at(-1)).toBe(1);
    },
    PATIENCE_MS,
  );

  it(
    'of a real provider ends with numbers or with the reason why there are none',
    async () => {
      const processors = await processorsOn('real.json', startProbeProcess);
      await processors.test('tiny', 'webgpu');
      const outcome = processors.state().packs['tiny']?.results[0]?.outcome;
      expect(['measured', 'unavailable']).toContain(outcome?.kind);
      if (outcome?.kind === 'unavailable') expect(outcome.reason).toMatch(/\w+ \w+/);
    },
    PATIENCE_MS,
  );

  it(
    'that dies takes no other request with it, is remembered, and is not repeated until it is asked for by name',
    async () => {
      const engine = await startLocalEngine(configOf(TINY));
      const text = 'Where is the station?\n'.repeat(40);
      const processors = await processorsOn('dying.json', child('dying'));
      const tested = processors.test('tiny', null);
      const typed = await collect(engine.client.generate({ ...request, text }));
      await tested;
      expect(typed.end).toMatchObject({ kind: 'done', finish: 'stop' });
      expect(typed.text).toBe('Wo ist der Bahnhof?\n'.repeat(40));
      expect((await collect(engine.client.generate(request))).text).toBe('Wo ist der Bahnhof?');
      await engine.close();

      const died = { provider: 'webgpu', outcome: { kind: 'crashed', during: 'test' } };
      expect(processors.state().packs['tiny']).toEqual({ results: [died], places: { reading: 'cpu', lanes: {} } });

      let starts = 0;
      const later = await processorsOn('dying.json', () => {
        starts++;
        return child('equal')();
      });
      expect(later.state().packs['tiny']?.results).toEqual([died]);
      await expect(later.test('tiny', null)).rejects.toThrow(/by its name to try it again/);
      expect(starts).toBe(0);
      await later.test('tiny', 'webgpu');
      expect(starts).toBe(1);
      expect(later.state().packs['tiny']?.results[0]?.outcome.kind).toBe('measured');
    },
    PATIENCE_MS,
  );

  it(
    'that hangs is ended, and remembered',
    async () => {
      const hanging = countedChild('hanging');
      const processors = await processorsOn('hanging.json', hanging.start, { silenceMs: 8_000 });
      await processors.test('tiny', null);
      expect(processors.state().packs['tiny']?.results[0]?.outcome).toEqual({ kind: 'hung', limitMs: 8_000 });
      await expect.poll(hanging.exits, { timeout: PATIENCE_MS }).toBe(1);
    },
    PATIENCE_MS,
  );

  it(
    'that is cancelled leaves nothing behind',
    async () => {
      const hanging = countedChild('hanging');
      const processors = await processorsOn('cancelled.json', hanging.start);
      const tested = processors.test('tiny', null);
      await expect(processors.test('tiny', null)).rejects.toThrow('A test is under way');
      processors.cancel();
      await tested;
      expect(processors.state()).toMatchObject({ packs: {}, testing: null });
      await expect.poll(hanging.exits, { timeout: PATIENCE_MS }).toBe(1);
    },
    PATIENCE_MS,
  );

  it(
    'says what is wrong with a pack that does not run at all',
    async () => {
      const folder = join(scratch, 'empty-pack');
      const pack = { state: 'ok', folder, bundled: false, bytes: 1, manifest: tinyManifest } as const;
      const processors = await processorsOn('refused.json', startProbeProcess, { packs: () => [pack] });
      await expect(processors.test('tiny', null)).rejects.toThrow(/"pack\.json" is missing/);
      expect(processors.state()).toMatchObject({ packs: {}, testing: null });
    },
    PATIENCE_MS,
  );
});

describe('what was found', () => {
  it('is of one version of the runtime, and of one pack', async () => {
    const path = join(scratch, 'versions.json');
    const open = (runtime: string) => openResults(path, runtime, (why) => expect.unreachable(why));
    await (await open('1.0.0')).set(tinyManifest, 'webgpu', { kind: 'hung', limitMs: 1 });
    expect((await open('1.0.0')).of(tinyManifest)).toHaveLength(1);
    expect((await open('1.0.0')).of({ ...tinyManifest, version: '1.0.1' })).toEqual([]);
    expect((await open('1.1.0')).of(tinyManifest)).toEqual([]);
  });

  it('is measured again where the file cannot be used', async () => {
    const path = join(scratch, 'damaged.json');
    await writeFile(path, '{"format":1,"results":[{"provider":"abacus"}]}');
    const problems: string[] = [];
    const results = await openResults(path, '1.0.0', (why) => problems.push(why));
    expect(problems).toHaveLength(1);
    expect(results.of(tinyManifest)).toEqual([]);
    await results.set(tinyManifest, 'webgpu', { kind: 'hung', limitMs: 1 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 1, results: [{ provider: 'webgpu' }] });
  });

  it('is withdrawn from a provider that the engine died with', async () => {
    const processors = await processorsOn('withdrawn.json', child('equal'));
    const results = await openResults(join(scratch, 'withdrawn.json'), '1.0.0', () => {});
    await results.set(tinyManifest, 'webgpu', {
      kind: 'measured',
      reading: { same: true, cpuMs: 30, ms: 10 },
      lanes: { llm: { same: true, cpuMs: 30, ms: 90 } },
    });
    const reopened = await processorsOn('withdrawn.json', child('equal'));
    expect(processors.placesOf(tinyManifest)).toEqual({ reading: 'cpu', lanes: {} });
    expect(reopened.placesOf(tinyManifest)).toEqual({ reading: 'webgpu', lanes: { llm: 'cpu' } });
    await reopened.engineDied();
    expect(reopened.placesOf(tinyManifest)).toEqual({ reading: 'cpu', lanes: {} });
    expect(reopened.state().packs['tiny']?.results).toEqual([{ provider: 'webgpu', outcome: { kind: 'crashed', during: 'work' } }]);
  });
});

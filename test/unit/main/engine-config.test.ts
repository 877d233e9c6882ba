import { expect, test } from 'vitest';
import { documentPlan, engineConfig, withLessMemory } from '../../../src/main/engine-config';
import { settingsSchema } from '../../../src/shared/app-api';
import { ON_CPU, type Places } from '../../../src/shared/processors';
import { sampleManifest } from './packs/sample-pack';

const settings = settingsSchema.parse({});
const MACHINE_BYTES = 16e9;

test('only usable packs reach the engine', () => {
  const config = engineConfig(
    [
      { state: 'damaged', folder: '/packs/bad', bundled: false, problem: 'cut' },
      { state: 'ok', folder: '/packs/sample', bundled: true, bytes: 1, manifest: sampleManifest() },
    ],
    settings,
    2,
    MACHINE_BYTES,
    () => ON_CPU,
  );
  expect(config.packs).toEqual([{ packId: 'sample', folder: '/packs/sample' }]);
});

test.each([
  [1, 1],
  [2, 2],
  [4, 2],
  [8, 4],
  [64, 4],
])('%d cores: %d encoder threads', (cores, threads) => {
  expect(engineConfig([], settings, cores, MACHINE_BYTES, () => ON_CPU)).toMatchObject({ encoderThreads: threads, decoderThreads: 1 });
});

test('a chosen number of threads holds', () => {
  expect(engineConfig([], { ...settings, threads: 6 }, 2, MACHINE_BYTES, () => ON_CPU).encoderThreads).toBe(6);
});

test('a pack runs where tests chose, unless only the CPU is wanted', () => {
  const pack = { state: 'ok', folder: '/packs/sample', bundled: true, bytes: 1, manifest: sampleManifest() } as const;
  const places: Places = { reading: 'webgpu', lanes: { llm: 'cpu' } };
  expect(engineConfig([pack], settings, 2, MACHINE_BYTES, () => places)).toMatchObject({
    packs: [{ packId: 'sample', places }],
    provider: 'cpu',
  });
  const onCpu = engineConfig([pack], { ...settings, processor: 'cpu' }, 2, MACHINE_BYTES, () => places);
  expect(onCpu.packs).toEqual([{ packId: 'sample', folder: '/packs/sample' }]);
});

test.each([
  [null, 16e9, 4e9],
  [null, 1e9, 512_000_000],
  [1e9, 16e9, 1e9],
])('a setting of %s on a machine of %d bytes: open packs may take %d', (packMemoryBytes, machineBytes, budgetBytes) => {
  const config = engineConfig([], { ...settings, packMemoryBytes }, 2, machineBytes, () => ON_CPU);
  expect(config.memory).toMatchObject({ budgetBytes });
});

const pack = { state: 'ok', folder: '/packs/sample', bundled: true, bytes: 20e6, manifest: sampleManifest() } as const;
const room = { cores: 4, freeBytes: 8e9 };

test('documents have a process a core, each with their pack alone, and the packs of typing get what is left', () => {
  const all = engineConfig([pack], { ...settings, packMemoryBytes: 1e9 }, 4, MACHINE_BYTES, () => ON_CPU);
  const plan = documentPlan('sample', all, [pack], null, room);
  expect(plan).toMatchObject({ processes: 4, packBytes: 40e6, config: { packs: all.packs, encoderThreads: 1 } });
  expect(plan.config.memory).toBeUndefined();
  expect(withLessMemory(all, plan.processes * plan.packBytes).memory?.budgetBytes).toBe(840e6);
  expect(withLessMemory(all, 2e9).memory?.budgetBytes).toBe(0);
});

test('documents have as many processes as the memory for packs allows beside that of typing, and as are wanted', () => {
  const all = engineConfig([pack], { ...settings, packMemoryBytes: 100e6 }, 4, MACHINE_BYTES, () => ON_CPU);
  expect(documentPlan('sample', all, [pack], null, room).processes).toBe(1);
  const enough = engineConfig([pack], settings, 4, MACHINE_BYTES, () => ON_CPU);
  expect(documentPlan('sample', enough, [pack], 2, room).processes).toBe(2);
});

test('documents have one process for a graphics unit, and none for a pack that is not there', () => {
  const all = engineConfig([pack], settings, 4, MACHINE_BYTES, () => ({ reading: 'webgpu', lanes: {} }));
  expect(documentPlan('sample', all, [pack], null, room).processes).toBe(1);
  expect(documentPlan('other', all, [pack], null, room)).toEqual({ processes: 0, config: all, packBytes: 0 });
});

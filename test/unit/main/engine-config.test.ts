import { expect, test } from 'vitest';
import { engineConfig } from '../../../src/main/engine-config';
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

import { expect, test } from 'vitest';
import { engineConfig } from '../../../src/main/engine-config';
import { settingsSchema } from '../../../src/shared/app-api';
import { sampleManifest } from './packs/sample-pack';

const settings = settingsSchema.parse({});

test('only usable packs reach the engine', () => {
  const config = engineConfig(
    [
      { state: 'damaged', folder: '/packs/bad', bundled: false, problem: 'cut' },
      { state: 'ok', folder: '/packs/sample', bundled: true, bytes: 1, manifest: sampleManifest() },
    ],
    settings,
    2,
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
  expect(engineConfig([], settings, cores)).toMatchObject({ encoderThreads: threads, decoderThreads: 1 });
});

test('a chosen number of threads holds', () => {
  expect(engineConfig([], { ...settings, threads: 6 }, 2).encoderThreads).toBe(6);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

/** Raised when Electron is; users never get an older one than this. */
const LOWEST_MAJOR = 45;

test('Electron is one exact version, in the manifest as in the lock, and was not lowered', () => {
  const manifest = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const lock = z
    .object({ packages: z.object({ 'node_modules/electron': z.object({ version: z.string() }) }) })
    .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const { electron } = manifest.devDependencies;
  expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(lock.packages['node_modules/electron'].version).toBe(electron);
  expect(Number(electron.split('.')[0])).toBeGreaterThanOrEqual(LOWEST_MAJOR);
});

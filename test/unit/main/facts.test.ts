import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { facts, withoutUser } from '../../../src/main/facts';
import { readPack } from '../../../src/main/packs/catalog';

const TINY = 'test/fixtures/packs/tiny';

test('names versions, providers, machine and packs by their hashes', async () => {
  const pack = await readPack(TINY, true);
  const told = await facts('1.2.3', [pack]);
  expect(told).toMatchObject({ app: '1.2.3', electron: null, node: process.versions.node });
  expect(told.providers[0]).toBe('cpu');
  expect(told.machine.memoryBytes).toBeGreaterThan(told.freeMemoryBytes);
  const sha256 = createHash('sha256')
    .update(readFileSync(`${TINY}/pack.json`))
    .digest('hex');
  expect(told.packs).toMatchObject([{ id: 'tiny', version: '1.0.0', sha256, bundled: true, problem: null }]);
});

test('a damaged pack is told with its problem and without the user’s folder', async () => {
  const folder = `${homedir()}/packs/broken`;
  const told = await facts('1.2.3', [{ state: 'damaged', folder, bundled: false, problem: `${folder}: missing` }]);
  expect(told.packs).toEqual([
    { id: 'broken', version: null, sha256: null, bytes: null, bundled: false, problem: '~/packs/broken: missing' },
  ]);
});

test.each([
  ['/home/ada/packs/x: missing', '~/packs/x: missing'],
  ['D:\\ada\\x, of ada', 'D:\\user\\x, of user'],
  ['Canada has adapters', 'Canada has adapters'],
])('%s', (words, expected) => {
  expect(withoutUser(words, '/home/ada', 'ada')).toBe(expected);
});

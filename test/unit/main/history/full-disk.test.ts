/** The history on a disk that has no room left. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HistoryFile } from '../../../../src/main/history/history-file';
import { mountSmallDisk, type SmallDisk } from '../../../soak/small-disk';
import { entry } from './entry';

let folder: string;
let disk: SmallDisk | string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-full-disk-'));
  disk = await mountSmallDisk(folder, 4);
});
afterAll(async () => {
  if (typeof disk !== 'string') await disk.remove();
  await rm(folder, { recursive: true, force: true });
});

test('it is put away and closed without a word, holds all that was kept, and takes more when there is room', async ({ skip }) => {
  if (typeof disk === 'string') return skip(disk);
  const path = join(folder, 'history.db');
  const open = () =>
    new HistoryFile(path, (aside, why) => {
      throw new Error(`${aside}: ${why}`);
    });
  const sources = (history: HistoryFile) => history.list({ query: '', offset: 0, limit: 50 }).entries.map(({ source }) => source);
  const history = open();
  for (let number = 1; number <= 9; number++) history.add(entry(`Sentence ${number} `.repeat(40)), null, number);
  const kept = sources(history).slice(1);
  history.remove(9);
  await disk.fill();
  expect(() => history.add(entry('One more. '.repeat(4_000)), null, 10)).toThrow('full');
  history.purge();
  history.close();
  const again = open();
  expect(sources(again)).toEqual(kept);
  await disk.makeRoom();
  again.purge();
  expect(again.restore()).toBe(0);
  again.add(entry('One more.'), null, 10);
  expect(sources(again)).toEqual(['One more.', ...kept]);
  again.close();
});

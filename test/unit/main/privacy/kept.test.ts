import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteFiles, readKept, shortened, type KeptFolders } from '../../../../src/main/privacy/kept';

let home: string;
let folders: KeptFolders;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tandem-kept-'));
  const userData = join(home, 'user');
  folders = { userData, packs: join(userData, 'packs'), home };
  const files: Record<string, number> = {
    'history.db': 10,
    'history.damaged-2026.db': 5,
    'memory/memory.db': 20,
    'documents/queue.json': 3,
    'documents/queue.damaged-2026.json': 4,
    'documents/one/journal.jsonl': 7,
    'logs/tandem.log': 8,
    'settings.json': 2,
    'packs/tiny/pack.json': 100,
    'Code Cache/js/x': 50,
    'Local State': 1,
  };
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(join(userData, name, '..'), { recursive: true });
    await writeFile(join(userData, name), 'x'.repeat(bytes));
  }
});
afterEach(() => rm(home, { recursive: true }));

const bytesOf = async () => Object.fromEntries((await readKept(folders)).map(({ what, bytes }) => [what, bytes]));

test('every file belongs to one kind, those that were set aside as well', async () => {
  expect(await bytesOf()).toEqual({ history: 15, memory: 20, documents: 14, log: 8, packs: 100, settings: 2, window: 51 });
  expect(await readKept(folders)).toContainEqual({ what: 'history', place: '~/user/history.db', bytes: 15, files: 2 });
});

test('packs that lie elsewhere are counted there', async () => {
  folders = { ...folders, packs: join(home, 'elsewhere') };
  await mkdir(folders.packs);
  await writeFile(join(folders.packs, 'pack.json'), 'x'.repeat(9));
  expect(await bytesOf()).toMatchObject({ packs: 9, window: 151 });
});

test('one kind is deleted, the others stay', async () => {
  await deleteFiles('history', folders);
  await deleteFiles('documents', folders);
  expect(await bytesOf()).toEqual({ history: 0, memory: 20, documents: 3, log: 8, packs: 100, settings: 2, window: 51 });
  expect(await readdir(join(folders.userData, 'documents'))).toEqual(['queue.json']);
});

test('a place names no person', () => {
  expect(shortened('/home/someone/.config/Tandem', '/home/someone')).toBe('~/.config/Tandem');
  expect(shortened('/data/packs', '/home/someone')).toBe('/data/packs');
  expect(shortened('/home/someoneelse/packs', '/home/someone')).toBe('/home/someoneelse/packs');
});

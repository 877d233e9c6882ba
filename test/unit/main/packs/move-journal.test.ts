/** What a crash leaves of a move, at every step of it, and what the next start makes of that. */
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyPacks } from '../../../../src/main/packs/move';
import { openMoveJournal, type MoveJournal } from '../../../../src/main/packs/move-journal';

const TINY = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'packs', 'tiny');
/** No process has this number. */
const STAGING = '.import-999999999-ab12';

let root: string;
let from: string;
let to: string;
let journal: MoveJournal;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-move-journal-'));
  [from, to] = [join(root, 'from'), join(root, 'to')];
  await cp(TINY, join(from, 'tiny'), { recursive: true });
  await cp(TINY, join(from, 'tiny-2'), { recursive: true });
  journal = openMoveJournal(join(root, 'move.json'));
  await journal.begin({ from, to, names: ['tiny', 'tiny-2'], makesFolder: true });
});
afterEach(() => rm(root, { recursive: true }));

const copyAll = () => copyPacks(from, to, () => {}, new AbortController().signal);
const isOver = async () => expect(await readdir(root)).not.toContain('move.json');

test('before anything was copied', async () => {
  await journal.finish(from);
  expect(await readdir(root)).toEqual(['from']);
  expect(await readdir(from)).toEqual(['tiny', 'tiny-2']);
});

test('while it copied, and when one pack was in place', async () => {
  await cp(join(TINY, 'pack.json'), join(to, STAGING, 'tiny-2', 'pack.json'));
  await cp(TINY, join(to, 'tiny'), { recursive: true });
  await journal.finish(from);
  expect(await readdir(root)).toEqual(['from']);
  expect(await readdir(from)).toEqual(['tiny', 'tiny-2']);
});

test('when the new folder was remembered and the old one not cleaned', async () => {
  await copyAll();
  expect(await journal.finish(to)).toContain('2 copies were removed');
  expect([await readdir(from), await readdir(to)]).toEqual([[], ['tiny', 'tiny-2']]);
  await isOver();
});

test('what came into a folder meanwhile stays, and so does the folder', async () => {
  await copyAll();
  await writeFile(join(to, 'letter.txt'), '');
  await journal.finish(from);
  expect([await readdir(from), await readdir(to)]).toEqual([['tiny', 'tiny-2'], ['letter.txt']]);
});

test('a pack that is not whole where packs are kept is never removed', async () => {
  await copyAll();
  await writeFile(join(to, 'tiny', 'pack.json'), '{}');
  await rm(join(to, 'tiny-2', 'pack.json'));
  expect(await journal.finish(to)).toContain('0 copies were removed');
  expect(await readdir(from)).toEqual(['tiny', 'tiny-2']);
});

test('a disk that is away waits for another start', async () => {
  const away = join(root, 'disk', 'packs');
  await journal.begin({ from, to: away, names: ['tiny', 'tiny-2'], makesFolder: false });
  expect(await journal.finish(from)).toBeNull();
  await mkdir(join(root, 'disk'));
  await cp(TINY, join(away, 'tiny'), { recursive: true });
  await journal.finish(from);
  expect(await readdir(away)).toEqual([]);
  await isOver();
});

test('packs that are kept elsewhere by now are left alone', async () => {
  await copyAll();
  await journal.finish(join(root, 'elsewhere'));
  expect([await readdir(from), await readdir(to)]).toEqual([
    ['tiny', 'tiny-2'],
    ['tiny', 'tiny-2'],
  ]);
  await isOver();
});

test('without a move nothing happens', async () => {
  await journal.end();
  expect(await journal.finish(from)).toBeNull();
});

import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCatalog } from '../../../../src/main/packs/catalog';
import { copyPacks, packsFolderAtStart, removeMoved, targetIn, type MoveProgress } from '../../../../src/main/packs/move';

const TINY = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'packs', 'tiny');
const never = new AbortController().signal;

let root: string;
let from: string;
let to: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-move-'));
  from = join(root, 'from');
  to = join(root, 'to');
  await cp(TINY, join(from, 'tiny-1'), { recursive: true });
  await mkdir(join(from, 'broken'));
  await writeFile(join(from, 'broken', 'notes.txt'), 'no pack');
});
afterEach(() => rm(root, { recursive: true }));

const idsIn = async (folder: string) =>
  (await readCatalog([{ folder, bundled: false }])).map((entry) => (entry.state === 'ok' ? entry.manifest.id : 'damaged'));

test('packs arrive whole, what is no pack as well; the old folder is cleaned afterwards', async () => {
  const told: MoveProgress[] = [];
  const names = await copyPacks(from, to, (progress) => told.push({ ...progress }), never);
  expect(names).toEqual(['broken', 'tiny-1']);
  expect(await readdir(to)).toEqual(['broken', 'tiny-1']);
  expect(await idsIn(to)).toEqual(await idsIn(from));
  expect(told[0]?.bytes).toBe(0);
  expect(told.at(-1)?.bytes).toBe(told[0]?.totalBytes);
  await writeFile(join(from, 'new'), 'came later');
  await removeMoved(from, names);
  expect(await readdir(from)).toEqual(['new']);
  expect(await readFile(join(to, 'broken', 'notes.txt'), 'utf8')).toBe('no pack');
});

describe('nothing is left where', () => {
  const leavesNothing = async (moving: Promise<unknown>, why: RegExp) => {
    await expect(moving).rejects.toThrow(why);
    expect(await readdir(root)).toEqual(['from']);
    expect(await idsIn(from)).toHaveLength(2);
  };

  test('it was cancelled midway', async () => {
    const controller = new AbortController();
    const cancel = ({ bytes }: MoveProgress) => bytes > 0 && controller.abort(new Error('cancelled'));
    await leavesNothing(copyPacks(from, to, cancel, controller.signal), /cancelled/);
  });

  test('a pack came or went meanwhile', async () => {
    const change = ({ bytes, totalBytes }: MoveProgress) => bytes === totalBytes && void mkdir(join(from, 'another'));
    await expect(copyPacks(from, to, change, never)).rejects.toThrow(/added or removed meanwhile/);
    expect(await readdir(root)).toEqual(['from']);
  });

  test('there is something that is no file', async () => {
    await symlink('/etc/hostname', join(from, 'broken', 'link'));
    await leavesNothing(
      copyPacks(from, to, () => {}, never),
      /neither a file nor a folder/,
    );
  });

  test('the folder cannot be made', async () => {
    await writeFile(join(root, 'from', '.a-file'), '');
    await leavesNothing(
      copyPacks(from, join(from, '.a-file', 'to'), () => {}, never),
      /ENOTDIR|EEXIST/,
    );
  });
});

describe('a chosen folder', () => {
  test('is used itself where it is empty, else one in it', async () => {
    await mkdir(to);
    expect(await targetIn(to, from)).toBe(to);
    await mkdir(join(to, '.import-1-ab'));
    expect(await targetIn(to, from)).toBe(to);
    await writeFile(join(to, 'a letter.txt'), '');
    expect(await targetIn(to, from)).toBe(join(to, 'Tandem packs'));
    await mkdir(join(to, 'Tandem packs', 'something'), { recursive: true });
    await expect(targetIn(to, from)).rejects.toThrow(/holds other files/);
  });

  test('cannot be the old one, nor in it', async () => {
    await mkdir(join(from, 'inner'));
    await expect(targetIn(join(from, 'inner'), from)).rejects.toThrow(/or in it/);
    await rm(from, { recursive: true });
    await mkdir(from);
    await expect(targetIn(from, from)).rejects.toThrow(/is the packs’ folder/);
  });
});

test('a chosen folder that is not there is told, and not made', () => {
  expect(packsFolderAtStart(null, '/usual')).toEqual({ folder: '/usual', isAway: false });
  expect(packsFolderAtStart(root, '/usual')).toEqual({ folder: root, isAway: false });
  expect(packsFolderAtStart(join(root, 'gone'), '/usual')).toEqual({ folder: '/usual', isAway: true });
});

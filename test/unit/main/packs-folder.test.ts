/** The packs' way to another folder, with the library that uses them. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPacksFolder, type PacksFolder } from '../../../src/main/packs-folder';
import { openMoveJournal } from '../../../src/main/packs/move-journal';
import type { PackLibrary } from '../../../src/main/packs/library';
import type { PacksFolderState } from '../../../src/shared/packs-folder';

const TINY = join(import.meta.dirname, '..', '..', 'fixtures', 'packs', 'tiny');

let root: string;
let usual: string;
let told: PacksFolderState[];
let remembered: (string | null)[];
let relocated: string[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tandem-packs-folder-'));
  usual = join(root, 'usual');
  await cp(TINY, join(usual, 'tiny'), { recursive: true });
  [told, remembered, relocated] = [[], [], []];
});
afterEach(() => rm(root, { recursive: true }));

function open(given: { isFixed?: boolean; isImporting?: boolean; forgets?: boolean } = {}): PacksFolder {
  const library: Pick<PackLibrary, 'relocate' | 'state'> = {
    relocate: async (folder) => {
      // Both copies are there when the library goes over: what it uses is never gone.
      expect(await readdir(usual)).toContain('tiny');
      expect(JSON.parse(await readFile(join(root, 'packs-move.json'), 'utf8'))).toMatchObject({ from: usual, to: folder, names: ['tiny'] });
      relocated.push(folder);
    },
    state: () =>
      Promise.resolve({
        packsFolder: usual,
        freeBytes: 0,
        checks: {},
        removable: [],
        import: given.isImporting
          ? { kind: 'running', name: 'x', stage: 'copying', file: null, bytes: 0, totalBytes: 1 }
          : { kind: 'none' },
      }),
  };
  return openPacksFolder({
    folder: usual,
    usual,
    remembered: usual,
    journal: openMoveJournal(join(root, 'packs-move.json')),
    isFixed: given.isFixed ?? false,
    library,
    remember: (folder) => (given.forgets ? Promise.reject(new Error('the disk is full')) : Promise.resolve(remembered.push(folder))),
    onState: (state) => told.push(state),
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
}

test('there and back: remembered, used, and the old place cleaned last', async () => {
  const folder = open();
  const away = join(root, 'away');
  await mkdir(away);
  await folder.moveTo(away);
  expect(folder.state()).toEqual({ folder: away, isChosen: true, isFixed: false, move: { kind: 'moved', folder: away, left: null } });
  expect([await readdir(away), await readdir(usual)]).toEqual([['tiny'], []]);
  expect([remembered, relocated]).toEqual([[away], [away]]);
  expect(await readdir(root)).toEqual(['away', 'usual']);
  expect(told[0]?.move.kind).toBe('running');
});

test('what cannot be remembered is not moved', async () => {
  const folder = open({ forgets: true });
  await folder.moveTo(join(root, 'away'));
  expect(folder.state()).toMatchObject({ folder: usual, move: { kind: 'refused', problem: 'the disk is full' } });
  expect(relocated).toEqual([]);
  expect(await readdir(usual)).toEqual(['tiny']);
  expect(await readdir(join(root, 'away'))).toEqual([]);
  expect(await readdir(root)).not.toContain('packs-move.json');
});

test('a folder with other files gets one of its own; a refusal leaves all as it was', async () => {
  await mkdir(join(root, 'disk'));
  await writeFile(join(root, 'disk', 'letter.txt'), '');
  const folder = open();
  await folder.moveTo(join(root, 'disk'));
  expect(folder.get()).toBe(join(root, 'disk', 'Tandem packs'));
  await folder.moveTo(join(root, 'disk', 'Tandem packs'));
  expect(folder.state().move.kind).toBe('refused');
  expect(folder.get()).toBe(join(root, 'disk', 'Tandem packs'));
});

test('not while a pack is imported, and not packs that the command line named', async () => {
  await expect(open({ isImporting: true }).moveTo(root)).rejects.toThrow('A pack is being imported');
  await expect(open({ isFixed: true }).moveTo(root)).rejects.toThrow('--packs-only');
});

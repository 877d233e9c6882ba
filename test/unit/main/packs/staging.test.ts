import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeStaging, removePackFolder } from '../../../../src/main/packs/staging';
import { mountSmallDisk } from '../../../soak/small-disk';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-staging-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a packs’ folder that is not there is made, and an empty folder in it', async () => {
  const staging = await makeStaging(join(folder, 'deep', 'packs'), 1_000, 'tiny');
  expect(await readdir(staging)).toEqual([]);
});

test('where nothing can be written, the folder, the reason and what to do are told', async () => {
  const file = join(folder, 'packs');
  await writeFile(file, 'a file where the folder must go');
  await expect(makeStaging(file, 1_000, 'tiny')).rejects.toThrow(
    /^tiny: nothing can be installed in .*packs \(EEXIST.*\)\. Choose another folder for packs/,
  );
  expect(await readdir(folder)).toEqual(['packs']);
});

test('a disk without room for the pack, and some to spare, is refused with both numbers', async ({ skip }) => {
  const packs = join(folder, 'packs');
  await mkdir(packs);
  const disk = await mountSmallDisk(packs, 8);
  if (typeof disk === 'string') return skip(disk);
  try {
    await expect(makeStaging(packs, 1_000_000, 'tiny')).rejects.toThrow(/^tiny: needs 69 MB, but the disk has 8 MB left\. Make room/);
    expect(await readdir(packs)).toEqual([]);
  } finally {
    await disk.remove();
  }
});

test('a pack that the system does not let go is named, with what to do', async () => {
  await expect(removePackFolder(join(folder, 'tiny-1.0.0'))).rejects.toThrow(
    /^tiny-1\.0\.0: cannot be removed \(ENOENT.*\)\. Close what uses it/,
  );
});

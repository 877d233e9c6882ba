/** Imports of good packs, of versions of one, and of packs with random damage: whole or not at all. */
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/main/packs/catalog';
import type { ImportContext } from '../../src/main/packs/import';
import { PackRefusal } from '../../src/main/packs/refusal';
import { entriesOf, freshFolders, imported, manifest, pack, packsFolder, put, refusal, scratch, tinyFiles } from './hostile/desk';
import { zipOf, type HostileEntry } from './hostile/zip';
import { TINY, tinyManifest } from './tiny';

freshFolders();

describe('what is installed', () => {
  const version = (next: string) => manifest({ version: next });

  it('stays when the same or an older version comes', async () => {
    await version('1.2.0');
    await imported(pack);
    expect((await refusal(pack)).message).toMatch(/version 1\.2\.0 is installed already\. To install it anew, remove it first/);
    await manifest({ version: '1.2.0', name: 'Another' });
    expect((await refusal(pack)).message).toMatch(/^Another: its id “tiny” is that of “Tiny”, which is installed already\./);
    await version('1.1.9');
    expect((await refusal(pack)).message).toMatch(/version 1\.1\.9 is older than 1\.2\.0/);
    await version('1.10.0');
    const newer = await imported(pack);
    expect(newer.replaced?.manifest.version).toBe('1.2.0');
    expect(await readCatalog([{ folder: packsFolder, bundled: false }])).toMatchObject([{ state: 'ok', folder: newer.folder }]);
  });

  it('stays when it is a folder that is no pack', async () => {
    await mkdir(join(packsFolder, `tiny-${tinyManifest.version}`));
    await writeFile(join(packsFolder, `tiny-${tinyManifest.version}`, 'diary.txt'), 'mine');
    // The catalog sees a damaged pack there; only one that has a manifest may give way.
    expect((await refusal(pack)).message).toMatch(/there is a folder of that name which is no pack/);
  });

  it('gives way when it is damaged', async () => {
    const { folder } = await imported(pack);
    await truncate(join(folder, 'encoder.onnx'), 3);
    await imported(pack);
    expect(await readCatalog([{ folder: packsFolder, bundled: false }])).toMatchObject([{ state: 'ok', folder }]);
  });
});

describe('a good pack', () => {
  const whole = async (): Promise<HostileEntry[]> => entriesOf(await tinyFiles());

  it('comes in from a folder, a zip, and a zip with a folder around it', async () => {
    for (const from of ['folder', 'zip', 'folder in a zip']) {
      const entries = (await whole()).map((entry) => (from === 'zip' ? entry : { ...entry, name: `tiny-main/${entry.name}` }));
      await writeFile(join(scratch, 'pack.zip'), zipOf(entries));
      const { folder } = await imported(from === 'folder' ? pack : join(scratch, 'pack.zip'));
      expect(await readdir(packsFolder), from).toEqual([`tiny-${tinyManifest.version}`]);
      expect((await readdir(folder)).sort()).toEqual((await readdir(TINY)).sort());
      await rm(folder, { recursive: true });
    }
  });

  it('leaves nothing when it is cancelled, wherever that happens', async () => {
    for (const stage of ['reading', 'copying', 'checking', 'testing'] as const) {
      const controller = new AbortController();
      const onProgress: ImportContext['onProgress'] = (progress) => {
        if (progress.stage === stage) controller.abort(new Error('cancelled'));
      };
      await expect(imported(pack, { signal: controller.signal, onProgress }), stage).rejects.toThrow('cancelled');
      expect(await readdir(packsFolder), stage).toEqual([]);
    }
  });

  it('clears away what a killed import left, and nothing else', async () => {
    const dead = join(packsFolder, '.import-999999999-00');
    const alive = join(packsFolder, `.import-${process.ppid}-00`);
    for (const folder of [dead, alive]) await mkdir(folder);
    await imported(pack);
    expect(await readdir(packsFolder)).toEqual([`.import-${process.ppid}-00`, `tiny-${tinyManifest.version}`]);
  });
});

/** Hundreds of imports, each written through to the disk: what a busy machine needs for them is no fault. */
describe('whatever the bytes', { timeout: 1_200_000 }, () => {
  /** Numerical Recipes' linear congruential generator: the same damage on every machine. */
  const randomFrom = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  };
  const selfTest = () => Promise.resolve([]);

  it('a damaged zip comes in whole or not at all', async () => {
    const zipped = zipOf(entriesOf(await tinyFiles()));
    const random = randomFrom(1);
    for (let round = 0; round < 150; round++) {
      const damaged = Buffer.from(zipped);
      for (let i = 0; i <= random(3); i++) {
        // Half of the damage is in the directory, where names and sizes are.
        const at = random(2) === 0 ? damaged.length - 1 - random(1200) : random(damaged.length);
        damaged.writeUInt8(random(256), at);
      }
      await writeFile(join(scratch, 'pack.zip'), damaged);
      await expectWholeOrNothing(imported(join(scratch, 'pack.zip'), { selfTest }), round);
    }
  });

  it('a damaged graph is read to its end or refused', async () => {
    const original = await readFile(join(TINY, 'llm.decoder.onnx'));
    const random = randomFrom(2);
    for (let round = 0; round < 150; round++) {
      const damaged = Buffer.from(original.subarray(0, random(4) === 0 ? random(original.length) : original.length));
      for (let i = 0; i <= random(8); i++) if (damaged.length > 0) damaged.writeUInt8(random(256), random(damaged.length));
      await put({ 'llm.decoder.onnx': damaged });
      await expectWholeOrNothing(imported(pack, { selfTest }), round);
    }
  });

  async function expectWholeOrNothing(importing: ReturnType<typeof imported>, round: number): Promise<void> {
    const folder = await importing.then(
      (installed) => installed.folder,
      (error: unknown) => {
        expect(error, `round ${round}`).toBeInstanceOf(PackRefusal);
        return null;
      },
    );
    expect(await readdir(packsFolder), `round ${round}`).toEqual(folder === null ? [] : [`tiny-${tinyManifest.version}`]);
    if (folder !== null) await rm(folder, { recursive: true });
  }
});

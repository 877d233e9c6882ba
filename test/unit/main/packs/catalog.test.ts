import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCatalog } from '../../../../src/main/packs/catalog';
import { sampleManifest, writeSamplePack } from './sample-pack';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-catalog-'));
});
afterEach(() => rm(folder, { recursive: true }));

const search = () => readCatalog([{ folder, bundled: false }]);

async function onlyProblem(): Promise<string> {
  const [entry, ...rest] = await search();
  expect(rest).toEqual([]);
  if (entry?.state !== 'damaged') throw new Error(`expected a damaged pack, got ${JSON.stringify(entry)}`);
  return entry.problem;
}

test('a whole pack is usable and its size is the sum of its files', async () => {
  const manifest = await writeSamplePack(join(folder, 'sample'));
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  expect(await search()).toEqual([{ state: 'ok', folder: join(folder, 'sample'), bundled: false, bytes, manifest }]);
});

test('a folder that is a pack itself is found', async () => {
  await writeSamplePack(folder);
  expect(await search()).toMatchObject([{ state: 'ok', folder }]);
});

test('no folder and an empty folder hold no packs', async () => {
  expect(await search()).toEqual([]);
  expect(await readCatalog([{ folder: join(folder, 'absent'), bundled: true }])).toEqual([]);
});

test('a file where the packs folder must be is told, not taken for an empty folder', async () => {
  const file = join(folder, 'packs');
  await writeFile(file, '');
  expect(await readCatalog([{ folder: file, bundled: false }])).toMatchObject([{ state: 'damaged', folder: file }]);
});

test('the first usable pack of an id wins', async () => {
  await writeSamplePack(join(folder, 'first', 'sample'));
  await writeSamplePack(join(folder, 'second', 'sample'));
  await writeSamplePack(join(folder, 'second', 'other'), 'other');
  const packs = await readCatalog([
    { folder: join(folder, 'first'), bundled: true },
    { folder: join(folder, 'second'), bundled: false },
  ]);
  expect(packs.map((pack) => pack.folder)).toEqual([join(folder, 'first', 'sample'), join(folder, 'second', 'other')]);
});

test('a missing file is named with what was expected', async () => {
  await writeSamplePack(join(folder, 'sample'));
  await rm(join(folder, 'sample', 'llm', 'decoder.onnx'));
  expect(await onlyProblem()).toBe('llm/decoder.onnx: missing; expected 11 bytes. Get the pack again.');
});

test('a cut file is named with both sizes', async () => {
  await writeSamplePack(join(folder, 'sample'));
  await truncate(join(folder, 'sample', 'encoder.onnx'), 3);
  expect(await onlyProblem()).toBe('encoder.onnx: 3 bytes; expected 7. Get the pack again.');
});

test('a folder where a file must be is named', async () => {
  await writeSamplePack(join(folder, 'sample'));
  await rm(join(folder, 'sample', 'encoder.onnx'));
  await mkdir(join(folder, 'sample', 'encoder.onnx'));
  expect(await onlyProblem()).toMatch(/^encoder.onnx: not a regular file/);
});

test('half a manifest, no manifest and a wrong field are told apart', async () => {
  await mkdir(join(folder, 'sample'));
  expect(await onlyProblem()).toMatch(/^pack.json: missing/);
  await writeFile(join(folder, 'sample', 'pack.json'), '{"format": 1, "id"');
  expect(await onlyProblem()).toMatch(/^pack.json: not valid JSON/);
  await writeFile(join(folder, 'sample', 'pack.json'), JSON.stringify({ ...sampleManifest(), topK: 'many' }));
  expect(await onlyProblem()).toMatch(/^pack.json: .*expected number.* topK/);
});

test('a graph that is not declared is refused', async () => {
  await mkdir(join(folder, 'sample'));
  const manifest = sampleManifest();
  const files = manifest.files.filter((file) => file.path !== 'encoder.onnx');
  await writeFile(join(folder, 'sample', 'pack.json'), JSON.stringify({ ...manifest, files }));
  expect(await onlyProblem()).toContain('"encoder.onnx" is used but not listed in "files"');
});

test('staging folders are not packs', async () => {
  await writeSamplePack(join(folder, '.staging-1'));
  expect(await search()).toEqual([]);
});

import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyPackFiles } from '../../../../src/main/packs/verify';
import type { PackManifest } from '../../../../src/shared/pack';
import { writeSamplePack } from './sample-pack';

let folder: string;
let manifest: PackManifest;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-verify-'));
  manifest = await writeSamplePack(folder);
});
afterEach(() => rm(folder, { recursive: true }));

test('a whole pack has no problems', async () => {
  expect(await verifyPackFiles(folder, manifest)).toEqual([]);
});

test('a changed byte is found by its hash, with both hashes', async () => {
  await writeFile(join(folder, 'encoder.onnx'), 'encodeR');
  const [problem, ...rest] = await verifyPackFiles(folder, manifest);
  expect(rest).toEqual([]);
  expect(problem).toMatch(/^encoder.onnx: sha256 [0-9a-f]{64}; expected [0-9a-f]{64}/);
});

test('every problem is told', async () => {
  await rm(join(folder, 'tokenizer.json'));
  await writeFile(join(folder, 'encoder.onnx'), 'longer than it was');
  await writeFile(join(folder, 'llm', 'extra.bin'), '');
  expect(await verifyPackFiles(folder, manifest)).toEqual([
    expect.stringMatching(/^tokenizer.json: missing/),
    expect.stringMatching(/^encoder.onnx: 18 bytes; expected 7/),
    expect.stringMatching(/^llm\/extra.bin: not listed/),
  ]);
});

test('a link is refused: a pack holds its own bytes', async () => {
  await rm(join(folder, 'encoder.onnx'));
  await symlink('/dev/zero', join(folder, 'encoder.onnx'));
  expect(await verifyPackFiles(folder, manifest)).toEqual([expect.stringMatching(/^encoder.onnx: not a regular file/)]);
});

test("a file manager's own files are no reason to refuse a pack", async () => {
  await writeFile(join(folder, '.DS_Store'), 'x');
  expect(await verifyPackFiles(folder, manifest)).toEqual([]);
});

test('an abort stops the reading', async () => {
  await expect(verifyPackFiles(folder, manifest, AbortSignal.abort(new Error('quit')))).rejects.toThrow('quit');
});

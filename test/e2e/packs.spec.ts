import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, FIXTURE_PACKS, launchApp, test } from './app';

test('a cut file is named, with what was expected', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await cp(FIXTURE_PACKS, packs, { recursive: true });
  await truncate(join(packs, 'tiny', 'encoder.onnx'), 100);
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const [pack] = await app.page.evaluate(() => window.app.call('listPacks', {}));
  expect(pack).toMatchObject({ state: 'damaged', problem: expect.stringMatching(/^encoder\.onnx: 100 bytes; expected \d+/) });
  await expect(app.page.getByText('encoder.onnx: 100 bytes')).toBeVisible();
  await app.screenshot('pack-damaged');

  // The way out: put the file back and read the folder again.
  await cp(FIXTURE_PACKS, packs, { recursive: true });
  expect(await app.page.evaluate(() => window.app.call('rescanPacks', {}))).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('a changed byte is found in the background, and the pack taken out of use', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await cp(FIXTURE_PACKS, packs, { recursive: true });
  const path = join(packs, 'tiny', 'llm.decoder.onnx');
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  await writeFile(path, bytes);
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const problem = async () => {
    const [pack] = await app.page.evaluate(() => window.app.call('listPacks', {}));
    return pack?.state === 'damaged' ? pack.problem : null;
  };
  await expect.poll(problem).toMatch(/^llm\.decoder\.onnx: sha256 [0-9a-f]{64}; expected/);
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

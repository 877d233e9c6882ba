import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test } from './app';

test('starts, shows its window and runs the engine', async ({ app }) => {
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      return { visible: first?.isVisible(), title: first?.getTitle(), minimum: first?.getMinimumSize() };
    });
  await expect.poll(shown).toEqual({ visible: true, title: 'Tandem', minimum: [800, 560] });
  await expect.poll(() => app.enginePid()).not.toBeNull();
  expect(await app.page.evaluate(() => window.app.call('listPacks', {}))).toMatchObject([
    { state: 'ok', manifest: { id: 'tiny' } },
    { state: 'ok', manifest: { id: 'tiny-summary' } },
  ]);
  await app.screenshot('start');
});

test('starts without any pack', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await mkdir(packs);
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  expect(await app.page.evaluate(() => window.app.call('listPacks', {}))).toEqual([]);
  await expect.poll(() => app.enginePid()).not.toBeNull();
  await app.screenshot('no-pack');
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('quits in time, and takes the engine with it', async ({ scratch }) => {
  const app = await launchApp({ packs: null, userData: join(scratch, 'user') });
  await expect.poll(() => app.enginePid()).not.toBeNull();
  const pid = await app.enginePid();
  const startMs = performance.now();
  await app.electron.close();
  expect(performance.now() - startMs).toBeLessThan(3_000);
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
});

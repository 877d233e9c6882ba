/** What a person can see of the promise that nothing leaves the machine, and what a report of a bug gets. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test, type RunningApp } from './app';
import { judge } from './judge';
import { PATIENCE_MS } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);

const privacyOf = ({ page }: RunningApp) => page.getByRole('main', { name: 'Privacy' });

test('shows what was refused by host, that nothing is open, and that packs are whole; saves it all', async ({ app, scratch }) => {
  const { page } = app;
  await page.evaluate(async () => {
    window.open('https://example.com/secret?text=1');
    await fetch('https://example.net/secret').catch(() => {});
    await Notification.requestPermission();
  });
  // Those were asked for.
  app.pageErrors.length = 0;
  await page.keyboard.press('Control+8');
  const panel = privacyOf(app);
  for (const row of ['New window example.com 1', 'Permission notifications 1', /^Stopped by the content policy example.net/])
    await expect(panel.getByRole('row', { name: row })).toBeVisible();
  if (process.platform === 'linux') await expect(panel.getByText('None', { exact: true })).toBeVisible();
  await expect
    .poll(async () => {
      await panel.getByRole('button', { name: 'Look again' }).press('Enter');
      return panel.getByText(/every byte as their hashes say/).count();
    })
    .toBe(2);
  await panel.getByText('Fuses of the program').click();
  await expect(panel.getByText(/^runAsNode/)).toBeVisible();
  await judge(app, 'privacy');

  await app.electron.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = (...given: unknown[]) =>
      Promise.resolve({ canceled: false, filePath: `${folder}/${(given.at(-1) as { defaultPath: string }).defaultPath}` });
  }, scratch);
  await panel.getByRole('button', { name: 'Save a report…' }).press('Enter');
  await expect(panel.getByText('Saved as tandem-privacy.md.')).toBeVisible();
  const report = await readFile(join(scratch, 'tandem-privacy.md'), 'utf8');
  expect(report).toContain('- New window: example.com (1)');
  expect(report).toMatch(/- encoder\.onnx: `[0-9a-f]{64}`/);
  expect(report).toContain("default-src 'none'");
  expect(report).not.toContain('secret');
  for (const [language, theme] of [
    ['de', 'dark'],
    ['fr', 'light'],
  ] as const) {
    await page.evaluate((patch) => window.app.call('changeSettings', patch), { language, theme });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await judge(app, `privacy-${language}-${theme}`);
  }
});

test('what is kept is deleted for good, kind by kind, and only after a second word', async ({ app }) => {
  const { page } = app;
  await page.evaluate(() => {
    const made = {
      packId: 'tiny',
      pack: 'Tiny 1.0.0',
      source: 'Good morning.',
      output: 'Guten Morgen.',
      tokens: 2,
      totalMs: 1,
      firstTokenMs: 1,
    };
    return window.app.call('addHistory', { entry: { kind: 'translation', from: 'en', to: 'de', lane: 'hybrid', ...made }, replaces: null });
  });
  await page.keyboard.press('Control+5');
  await expect(page.getByRole('button', { name: 'Open “Good morning.”' })).toBeVisible();
  await page.keyboard.press('Control+8');
  const panel = privacyOf(app);
  const history = panel.getByRole('listitem').filter({ hasText: 'History' });
  await expect(history.getByText(/in \d files?$/)).toBeVisible();
  await panel.getByRole('button', { name: 'Delete: History' }).press('Enter');
  await expect(panel.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(history.getByText(/in \d files?$/)).toBeVisible();
  await panel.getByRole('button', { name: 'Delete: History' }).press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Deleted: History')).toBeVisible();
  await expect(history.getByText('nothing')).toBeVisible();
  await page.keyboard.press('Control+5');
  await expect(page.getByRole('heading', { name: 'No history yet' })).toBeVisible();

  for (const what of ['memory', 'documents', 'log'] as const)
    await page.evaluate((kind) => window.app.call('deleteKept', { what: kind }), what);
  expect((await app.log()).split('\n')[0]).toContain('deleted, as asked for: log');
});

test('the diagnosis is in the clipboard at one press, without the user’s folder', async ({ app }) => {
  await app.page.keyboard.press('Control+9');
  await app.page.getByRole('button', { name: 'Copy diagnosis' }).press('Enter');
  await expect(app.page.getByRole('button', { name: 'Diagnosis copied' })).toBeVisible();
  const text = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(text).toContain('"electron"');
  expect(text).not.toContain(app.userData);
});

test('a machine whose library cannot be loaded is told so at once, with a diagnosis', async ({ scratch, packs }) => {
  test.skip(process.platform !== 'linux', 'another library is put before the right one as Linux does it');
  const folder = join(scratch, 'libraries');
  await mkdir(folder);
  await writeFile(join(folder, 'libonnxruntime.so.1'), 'not a library');
  const before = process.env['LD_LIBRARY_PATH'];
  process.env['LD_LIBRARY_PATH'] = [folder, ...(before === undefined ? [] : [before])].join(':');
  try {
    const app = await launchApp({ packs, userData: join(scratch, 'user') });
    await expect(app.page.getByRole('heading', { name: 'The engine cannot run on this machine' })).toBeVisible();
    await expect(app.page.getByText(/A library of the engine is damaged/)).toBeVisible();
    await app.page.getByRole('button', { name: 'Copy diagnosis' }).press('Enter');
    await expect(app.page.getByRole('button', { name: 'Diagnosis copied' })).toBeVisible();
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain('"trouble": "damaged"');
    await judge(app, 'unusable');
    await app.electron.close();
  } finally {
    if (before === undefined) delete process.env['LD_LIBRARY_PATH'];
    else process.env['LD_LIBRARY_PATH'] = before;
  }
});

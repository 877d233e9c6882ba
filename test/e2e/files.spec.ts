/** What main does for the window: files, clipboard, settings, menu. Dialogs are the system's; the specs answer in their place. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test, type RunningApp } from './app';

async function answerOpenDialog({ electron }: RunningApp, path: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}

async function answerSaveDialog({ electron }: RunningApp, folder: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: `${chosen}/${defaultPath}` });
    };
  }, folder);
}

const openFile = ({ page }: RunningApp) => page.evaluate(() => window.app.call('openTextFile', {}));

test('opens text, and says why when it cannot', async ({ app, scratch }) => {
  await answerOpenDialog(app, null);
  expect(await openFile(app)).toEqual({ kind: 'none' });

  const path = join(scratch, 'Grüße.txt');
  await writeFile(path, Buffer.from('\uFEFFGrüße 🌍\r\n', 'utf16le'));
  await answerOpenDialog(app, path);
  expect(await openFile(app)).toEqual({ kind: 'text', name: 'Grüße.txt', text: 'Grüße 🌍\r\n' });

  await writeFile(path, Buffer.from('Grüße', 'latin1'));
  expect(await openFile(app)).toMatchObject({ kind: 'failed', message: expect.stringContaining('Save it as UTF-8') });
  await writeFile(path, Buffer.alloc(9 * 1024 * 1024, 'a'));
  expect(await openFile(app)).toMatchObject({ kind: 'failed', message: expect.stringContaining('9 MB') });
  await answerOpenDialog(app, join(scratch, 'absent.txt'));
  expect(await openFile(app)).toMatchObject({ kind: 'failed', message: expect.stringContaining('absent.txt') });
});

test('saves text under a name, never a path, of the page’s', async ({ app, scratch }) => {
  await answerSaveDialog(app, scratch);
  const saved = await app.page.evaluate(() =>
    window.app.call('saveTextFile', { suggestedName: '../../up/übersetzt.txt', text: 'Grüße\n' }),
  );
  expect(saved).toEqual({ kind: 'saved', name: 'übersetzt.txt' });
  expect(await readFile(join(scratch, 'übersetzt.txt'), 'utf8')).toBe('Grüße\n');
  await answerSaveDialog(app, join(scratch, 'absent'));
  const failed = await app.page.evaluate(() => window.app.call('saveTextFile', { suggestedName: 'x.txt', text: '' }));
  expect(failed).toMatchObject({ kind: 'failed', message: expect.stringContaining('could not be saved') });
});

test('menu items reach the page', async ({ app }) => {
  const chosen = await app.page.evaluateHandle(() => {
    const commands: string[] = [];
    window.app.on('menuCommand', (command) => commands.push(command));
    return commands;
  });
  const accelerators = await app.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    for (const item of items)
      if (['Translate', 'Swap Languages', 'Open Text…', 'Save Translation…'].includes(item.label)) (item.click as () => void)();
    return items.map(({ accelerator }) => accelerator).filter((accelerator) => accelerator);
  });
  await expect.poll(() => chosen.jsonValue()).toEqual(['openFile', 'saveTranslation', 'translate', 'swapLanguages', 'showTranslate']);
  expect(accelerators).toEqual(
    expect.arrayContaining(['CmdOrCtrl+O', 'CmdOrCtrl+S', 'CmdOrCtrl+Enter', 'CmdOrCtrl+Shift+S', 'CmdOrCtrl+,']),
  );
});

test('settings outlive the app, and a damaged file is set aside', async ({ scratch, packs }) => {
  const userData = join(scratch, 'user');
  const first = await launchApp({ packs, userData });
  await first.page.evaluate(() => window.app.call('changeSettings', { theme: 'dark', lane: 'llm' }));
  await first.electron.close();

  const second = await launchApp({ packs, userData });
  expect(await second.page.evaluate(() => window.app.call('getSettings', {}))).toMatchObject({ theme: 'dark', lane: 'llm' });
  // Not asked of the page, whose colour scheme the test runner sets.
  expect(await second.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  await second.electron.close();

  await writeFile(join(userData, 'settings.json'), '{"theme": "da');
  const third = await launchApp({ packs, userData });
  expect(await third.page.evaluate(() => window.app.call('getSettings', {}))).toMatchObject({ theme: 'system', lane: 'hybrid' });
  expect(await third.log()).toContain('set aside');
  await third.electron.close();
});

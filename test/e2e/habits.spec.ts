/**
 * What makes the app one's own: the first start, the language of the interface, the history, the palette, private mode, an offer when a text
 * is in another language. By the keyboard where a person would, every state judged light or dark, each language at least once.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INTERFACE_LANGUAGES } from '../../src/shared/language';
import { SCREENS } from '../../src/shared/screens';
import { launchApp, test, type RunningApp } from './app';
import { judge } from './judge';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

test.setTimeout(2 * PATIENCE_MS);

const change = ({ page }: RunningApp, patch: Parameters<Window['app']['call']>[1]) =>
  page.evaluate((asked) => window.app.call('changeSettings', asked as never), patch);

const entriesOf = ({ page }: RunningApp) => page.getByRole('main', { name: 'History' }).getByRole('listitem');

/** Translates and copies, which makes history at once. */
async function use(app: RunningApp, text: string): Promise<void> {
  const panel = panelOf(app.page);
  await panel.source.fill(text);
  await expect(panel.finished('done')).toBeVisible();
  await panel.button('Copy').click();
}

test('the first start says what the lanes are, in the reader’s language, and only once', async ({ scratch, packs }) => {
  const userData = join(scratch, 'user');
  const app = await launchApp({ packs, userData, isFirstStart: true });
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Welcome to Tandem' })).toBeVisible();
  await judge(app, 'first-start');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await expect(page.getByRole('heading', { name: 'Willkommen bei Tandem' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('button', { name: 'Einstellungen' })).toBeVisible();
  const labels = await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(labels).toContain('&Bearbeiten');
  await change(app, { theme: 'dark' });
  await judge(app, 'first-start-de-dark');
  await page.getByRole('button', { name: 'Mit dem Übersetzen beginnen' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Zu übersetzender Text' })).toBeVisible();
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);

  const again = await launchApp({ packs, userData });
  await expect(again.page.getByRole('textbox', { name: 'Zu übersetzender Text' })).toBeVisible();
  await again.electron.close();
});

for (const theme of ['light', 'dark'] as const) {
  test(`every screen in every language, ${theme}`, async ({ app }) => {
    for (const language of INTERFACE_LANGUAGES) {
      await change(app, { language, theme, privateMode: language === 'fr' });
      await expect(app.page.locator('html')).toHaveAttribute('lang', language);
      for (const { screen, digit } of SCREENS) {
        await app.page.keyboard.press(`Control+${digit}`);
        await judge(app, `screen-${screen}-${language}-${theme}`);
      }
    }
  });
}

test('history: kept, found, pinned, opened, removed, brought back, off in private mode', async ({ app }) => {
  const { page } = app;
  await use(app, 'Good morning.');
  await panelOf(page).button('Clear').click();
  await use(app, 'The cat is small.');
  await page.keyboard.press('Control+5');
  await expect(entriesOf(app)).toHaveCount(2);
  await judge(app, 'history');

  await page.keyboard.type('katz');
  await expect(entriesOf(app)).toHaveCount(1);
  await expect(page.getByText('1 entry found')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(entriesOf(app)).toHaveCount(2);
  await page.getByRole('button', { name: 'Pin “Good morning.”' }).press('Enter');
  await expect(entriesOf(app).first()).toContainText('Guten Morgen.');

  await page.getByRole('button', { name: 'Remove “Good morning.”' }).press('Enter');
  await expect(entriesOf(app)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(entriesOf(app)).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear all' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'No history yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(entriesOf(app)).toHaveCount(2);

  await page.getByRole('button', { name: 'Open “The cat is small.”' }).press('Enter');
  await expect(panelOf(page).source).toHaveValue('The cat is small.');
  await expect(panelOf(page).output).toHaveText('Die Katze ist klein.');

  await change(app, { privateMode: true });
  await use(app, 'The dog is big.');
  await page.keyboard.press('Control+5');
  await expect(page.getByText('Private mode is on')).toBeVisible();
  await expect(entriesOf(app)).toHaveCount(2);
});

test('history and settings survive a kill; damaged files are set aside with a notice', async ({ scratch, packs }) => {
  const userData = join(scratch, 'user');
  const app = await launchApp({ packs, userData });
  await use(app, 'Good morning.');
  await app.page.keyboard.press('Control+5');
  await expect(entriesOf(app)).toHaveCount(1);
  app.electron.process().kill('SIGKILL');
  await app.electron.waitForEvent('close').catch(() => {});

  const second = await launchApp({ packs, userData });
  await second.page.keyboard.press('Control+5');
  await expect(entriesOf(second)).toHaveCount(1);
  await second.electron.close();

  await writeFile(join(userData, 'settings.json'), '{"theme": "da');
  await writeFile(join(userData, 'history.db'), 'x'.repeat(9_000));
  const third = await launchApp({ packs, userData });
  const notices = third.page.getByRole('region', { name: 'Notices' });
  await expect(notices.getByText('The settings could not be read')).toBeVisible();
  await expect(notices.getByText('The history could not be read')).toBeVisible();
  await notices.getByRole('button', { name: 'Put away' }).first().press('Enter');
  await expect(notices.getByRole('alert')).toHaveCount(1);
  await third.electron.close();
});

test('the palette has every command by name, without a mouse', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await judge(app, 'palette');
  await page.keyboard.type('no such command');
  await expect(page.getByText('No command has this name.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('lane llm');
  await page.keyboard.press('Enter');
  await expect(panelOf(page).lane('LLM')).toBeChecked();
  await expect(panelOf(page).source).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('show sett');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden();
});

test('a text in another language is said to be one, and nothing is refused', async ({ app }) => {
  const { page } = app;
  await panelOf(page).source.fill('Où est la gare la plus proche, et quand part le prochain train ?');
  await expect(page.getByText(/This looks like French/)).toBeVisible();
  await panelOf(page).source.fill('Where is the station? It is raining today.');
  await expect(page.getByText(/This looks like/)).toBeHidden();
  await expect(panelOf(page).finished('done')).toBeVisible();
});

test('the clipboard is translated by its keys, and the window keeps its place', async ({ scratch, packs }) => {
  const userData = join(scratch, 'user');
  const app = await launchApp({ packs, userData });
  await change(app, { clipboardShortcut: true });
  expect(await app.electron.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+T'))).toBe(true);
  await app.electron.evaluate(async ({ clipboard, app: main }) => {
    await clipboard.writeText('The dog is big.');
    main.emit('second-instance', {}, ['tandem', '--translate-clipboard'], '');
  });
  await expect(panelOf(app.page).output).toHaveText('Der Hund ist groß.');
  await change(app, { clipboardShortcut: false });
  expect(await app.electron.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Alt+T'))).toBe(false);
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1000, height: 700 }),
  );
  const bounds = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await expect.poll(bounds).toMatchObject({ width: 1000, height: 700 });
  await app.electron.close();
  expect(JSON.parse(await readFile(join(userData, 'window.json'), 'utf8'))).toMatchObject({ width: 1000, height: 700, isMaximized: false });
  const again = await launchApp({ packs, userData });
  const kept = await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(kept).toMatchObject({ width: 1000, height: 700 });
  await again.electron.close();
});

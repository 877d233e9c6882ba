/**
 * The icon in the tray: with it a closed window is put away and work goes on; without a tray closing quits as ever. Here no desktop shows
 * icons: what asks for one is answered by a command in its place.
 */
import type { Menu as MenuOfTray } from 'electron';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from './app';
import { expect, PATIENCE_MS } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);
const PATIENT = { timeout: PATIENCE_MS };
/** An address at which nobody listens: neither bus nor icon get in the way of whoever works here. */
const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };

declare global {
  // What main was given for its icon, for functions that are evaluated there.
  var trayMenu: MenuOfTray | undefined;
}

const isVisible = ({ electron }: RunningApp) => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
const closeWindow = ({ electron }: RunningApp) => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const labels = ({ electron }: RunningApp) => electron.evaluate(() => globalThis.trayMenu?.items.map(({ label }) => label) ?? null);
const choose = ({ electron }: RunningApp, label: string) =>
  electron.evaluate((_electron, chosen) => void globalThis.trayMenu?.items.find((item) => item.label === chosen)?.click(), label);

test('a closed window is put away, a document goes on, and the icon’s menu brings it back', async ({ scratch, packs }) => {
  const desktop = join(scratch, 'desktop');
  await mkdir(desktop);
  await writeFile(join(desktop, 'dbus-send'), "#!/bin/sh\necho '   variant       boolean true'\n");
  await chmod(join(desktop, 'dbus-send'), 0o755);
  const letter = join(scratch, 'letter.txt');
  await writeFile(letter, 'Good morning.\n'.repeat(20));
  const env = { ...NO_BUS, PATH: `${desktop}:${process.env['PATH'] ?? ''}` };
  const app = await launchApp({ packs, userData: join(scratch, 'user'), env });
  await app.electron.evaluate(({ Tray }) => {
    Tray.prototype.setContextMenu = (menu) => (globalThis.trayMenu = menu ?? undefined);
  });
  await app.page.keyboard.press('Control+9');
  const option = app.page.getByRole('switch', { name: 'Keep running when the window is closed' });
  await expect(option).toHaveAttribute('aria-checked', 'false');
  await option.press('Space');
  await expect.poll(() => labels(app)).toEqual(['Open Tandem', 'Translate the Clipboard', '', 'Quit']);
  await app.page.evaluate(() => window.app.call('changeSettings', { language: 'de' }));
  await expect.poll(() => labels(app)).toEqual(['Tandem öffnen', 'Zwischenablage übersetzen', '', 'Beenden']);

  await app.electron.evaluate(({ app: main }, path) => main.emit('second-instance', {}, ['tandem', path], '/'), letter);
  await expect(app.page.getByText('letter.txt')).toBeVisible(PATIENT);
  await closeWindow(app);
  await expect.poll(() => isVisible(app), PATIENT).toBe(false);
  await expect.poll(() => readdir(scratch), PATIENT).toContain('letter_de.txt');

  await choose(app, 'Tandem öffnen');
  await expect.poll(() => isVisible(app), PATIENT).toBe(true);
  await closeWindow(app);
  await expect.poll(() => isVisible(app), PATIENT).toBe(false);
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('The dog is big.'));
  await choose(app, 'Zwischenablage übersetzen');
  await expect.poll(() => isVisible(app), PATIENT).toBe(true);
  await expect(app.page.getByTestId('output')).toHaveText('Der Hund ist groß.', PATIENT);
  const ended = app.electron.waitForEvent('close', PATIENT);
  await choose(app, 'Beenden').catch(() => {});
  await ended;
  expect(app.pageErrors).toEqual([]);
});

test('where the desktop has no tray the setting says so, and closing quits although it is on', async ({ scratch, packs }) => {
  const userData = join(scratch, 'user');
  const app = await launchApp({ packs, userData, env: { ...NO_BUS, XDG_RUNTIME_DIR: scratch } });
  await app.page.keyboard.press('Control+9');
  const option = app.page.getByRole('switch', { name: 'Keep running when the window is closed' });
  await expect(option).toBeDisabled();
  await expect(option).toHaveAccessibleDescription(/closing the window quits/);
  // As settings from another desktop have it.
  await app.page.evaluate(() => window.app.call('changeSettings', { tray: true }));
  await expect(option).toBeEnabled();
  const ended = app.electron.waitForEvent('close', PATIENT);
  await closeWindow(app).catch(() => {});
  await ended;
});

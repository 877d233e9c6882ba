/** What is chosen in the settings holds: names of translations, and the folder of the packs. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, FIXTURE_PACKS, launchApp, test, type RunningApp } from './app';
import { judge } from './judge';
import { PATIENCE_MS } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);
/** For what the engine or a disk does. */
const PATIENT = { timeout: PATIENCE_MS };

const settingsOf = ({ page }: RunningApp) => page.getByRole('main', { name: 'Settings' });

test('translations are named as a person wants, and a name that cannot be is refused in place', async ({ scratch, packs }) => {
  const letter = join(scratch, 'letter.txt');
  await writeFile(letter, 'Good morning.\n');
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  await app.page.keyboard.press('Control+9');
  const naming = settingsOf(app).getByRole('textbox', { name: 'Names of translations' });
  await naming.fill('{name}');
  await expect(settingsOf(app).getByText('Write {lang} once, where the language goes.')).toBeVisible();
  await judge(app, 'settings-name-refused');
  await naming.fill('{lang} {name}');
  await expect(settingsOf(app).getByText('report.docx becomes de report.docx; nothing is ever overwritten.')).toBeVisible();
  await expect.poll(() => readFile(join(scratch, 'user', 'settings.json'), 'utf8')).toContain('{lang} {name}');

  await app.electron.evaluate(({ app: main }, path) => main.emit('second-instance', {}, ['tandem', path], '/'), letter);
  await expect.poll(() => readdir(scratch), PATIENT).toContain('de letter.txt');
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('imported packs move to another folder and back, and are used from there', async ({ scratch }) => {
  const userData = join(scratch, 'user');
  const away = join(scratch, 'another disk');
  await mkdir(away);
  await cp(join(FIXTURE_PACKS, 'tiny'), join(userData, 'packs', 'tiny'), { recursive: true });
  const app = await launchApp({ packs: null, userData });
  const folderOfTiny = () =>
    app.page.evaluate(() =>
      window.app.call('listPacks', {}).then((packs) => packs.find((entry) => entry.state === 'ok' && entry.manifest.id === 'tiny')?.folder),
    );
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, away);
  await app.page.keyboard.press('Control+9');
  await settingsOf(app).getByRole('button', { name: 'Move…' }).press('Enter');
  await expect(settingsOf(app).getByText('The packs are in their new folder.')).toBeVisible(PATIENT);
  await expect.poll(folderOfTiny, PATIENT).toBe(join(away, 'tiny'));
  await expect.poll(() => readdir(join(userData, 'packs')), PATIENT).toEqual([]);
  await judge(app, 'settings-packs-moved');
  await app.electron.close();

  const again = await launchApp({ packs: null, userData });
  await again.page.keyboard.press('Control+9');
  await settingsOf(again).getByRole('button', { name: 'Back to the usual folder' }).press('Enter');
  await expect(settingsOf(again).getByText('The packs are in their new folder.')).toBeVisible(PATIENT);
  expect(await readdir(join(userData, 'packs'))).toEqual(['tiny']);
  expect(await readdir(away)).toEqual([]);
  await again.electron.close();
  expect([...app.pageErrors, ...again.pageErrors]).toEqual([]);
});

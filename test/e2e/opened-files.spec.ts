/** Files that the system opens with the app are added to the documents: with the first start, and while it runs. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, launchApp, test, type RunningApp } from './app';
import { PATIENCE_MS } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);
/** For what the engine or a disk does. */
const PATIENT = { timeout: PATIENCE_MS };

const statesOf = ({ page }: RunningApp) =>
  page.evaluate(() =>
    window.app.call('listDocuments', {}).then(({ jobs }) => jobs.map(({ name, state }) => `${name} ${state.kind}`).sort()),
  );

/** As Electron tells of a second start. */
const startAgain = ({ electron }: RunningApp, argv: string[], folder: string) =>
  electron.evaluate(({ app }, [given, workingFolder]) => app.emit('second-instance', {}, given, workingFolder), [
    ['tandem', ...argv],
    folder,
  ] as const);

test('opened with the first start and with a second one: a file, a folder, and one that is not there', async ({ scratch, packs }) => {
  const first = join(scratch, 'first letter.txt');
  const folder = join(scratch, 'folder');
  await writeFile(first, 'Good morning.\n');
  await writeFile(join(scratch, 'second.md'), 'The cat is small.\n');
  await mkdir(folder);
  await writeFile(join(folder, 'third.txt'), 'Good morning.\n');

  const app = await launchApp({ packs, userData: join(scratch, 'user'), switches: [first], isFirstStart: true });
  await expect(app.page.getByRole('main', { name: 'Documents' })).toBeVisible();
  await expect.poll(() => statesOf(app), PATIENT).toEqual(['first letter.txt done']);
  expect(await readFile(join(scratch, 'first letter_de.txt'), 'utf8')).toBe('Guten Morgen.\n');

  await app.page.keyboard.press('Control+1');
  await startAgain(app, [`file://${join(scratch, 'second.md')}`], '/');
  await expect(app.page.getByRole('main', { name: 'Documents' })).toBeVisible();
  await expect.poll(() => statesOf(app), PATIENT).toEqual(['first letter.txt done', 'second.md done']);

  await startAgain(app, ['folder', 'absent.txt'], scratch);
  await expect.poll(() => statesOf(app), PATIENT).toEqual(['first letter.txt done', 'second.md done', 'third.txt done']);
  await expect(app.page.getByRole('list', { name: 'Left out' }).getByText('absent.txt')).toBeVisible();
  await app.screenshot('opened-files');
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

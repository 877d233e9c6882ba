/** The app as it is installed, but without the library of its databases: it says so, and translates. */
import { cp, mkdir, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { launchApp, PACKAGED, REPOSITORY, test } from './app';
import { judge } from './judge';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);
const PATIENT = { timeout: PATIENCE_MS };

test('without the library of its databases the app starts, says what is missing, and translates', async ({ scratch, packs }) => {
  const folder = join(scratch, 'app');
  const executable = PACKAGED === null ? undefined : join(folder, basename(PACKAGED));
  await (PACKAGED === null ? buildWithoutDatabase(folder) : packageWithoutDatabase(dirname(PACKAGED), folder));
  const app = await launchApp({ packs, userData: join(scratch, 'user'), folder, ...(executable !== undefined && { executable }) });
  await expect(app.page.getByRole('region', { name: 'Notices' }).getByText('History and memory cannot be used')).toBeVisible(PATIENT);
  await panelOf(app.page).source.fill('Good morning.');
  await expect(panelOf(app.page).output).toHaveText('Guten Morgen.', PATIENT);
  await judge(app, 'without-database');
  // What was copied would be kept; that it is not disturbs nothing.
  await panelOf(app.page).button('Copy').click();
  await expect(panelOf(app.page).button('Copied')).toBeVisible();
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

async function buildWithoutDatabase(folder: string): Promise<void> {
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await cp(join(REPOSITORY, 'package.json'), join(folder, 'package.json'));
  // Copied: a link would be followed to the repository, and its libraries found.
  await cp(join(REPOSITORY, 'out'), join(folder, 'out'), { recursive: true });
  await symlink(join(REPOSITORY, 'resources'), join(folder, 'resources'));
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
    await symlink(join(REPOSITORY, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

/** The library lies beside the archive, as everything native does. */
const packageWithoutDatabase = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, filter: (path) => !/\/@libsql$|\/resources\/packs$/.test(path) });

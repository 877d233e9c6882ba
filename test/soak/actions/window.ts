/** Screens, settings, the window itself, and starting the app again. */
import { spawn } from 'node:child_process';
import { SCREENS } from '../../../src/shared/screens';
import { REPOSITORY } from '../../e2e/app';
import { resizeWindow } from '../../e2e/translate-panel';
import { type Action } from '../action';
import { DISK_FULL } from '../disturbances';
import { restart } from '../lifecycle';
import { ANSWER_MS, eventually, pause, press, show, type World } from '../world';

const settingsPanel = ({ app }: World) => app.page.getByRole('main', { name: 'Settings' });

/** Any that can be chosen. */
async function chooseSetting(world: World, label: string): Promise<void> {
  await show(world, 'settings');
  const select = settingsPanel(world).getByRole('combobox', { name: label, exact: true });
  const values = await select
    .locator('option:enabled')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  await select.selectOption(world.random.pick(values.slice(0, 3)), { timeout: ANSWER_MS });
}

/** There and back, with a look at every screen. */
async function otherLanguage(world: World): Promise<void> {
  const { page } = world.app;
  const change = async (language: 'en' | 'de' | 'fr') => {
    const answer = await page.evaluate(
      (chosen) =>
        window.app.call('changeSettings', { language: chosen }).then(
          () => null,
          (error: unknown) => String(error),
        ),
      language,
    );
    if (answer !== null && world.disturbance === null) throw new Error(answer);
    return answer === null;
  };
  if (!(await change(world.random.pick(['de', 'fr'])))) return;
  for (const { digit } of SCREENS) await page.keyboard.press(`Control+${digit}`);
  await eventually('the language is English again', () => change('en'), ANSWER_MS);
  await show(world, world.screen);
}

async function secondInstance(world: World): Promise<void> {
  const executable = process.env['ELECTRON_EXEC_PATH'];
  if (executable === undefined) throw new Error('ELECTRON_EXEC_PATH is not set; start this with `npm run soak`.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [REPOSITORY, ...sandbox, `--user-data-dir=${world.places.userData}`], { stdio: 'ignore' });
  const exited = new Promise<string>((done) => child.once('exit', (code, signal) => done(`code ${code}, signal ${signal}`)));
  const late = pause(ANSWER_MS).then(() => 'late');
  const how = await Promise.race([exited, late]);
  if (how === 'late') child.kill('SIGKILL');
  if (how !== 'code 0, signal null') throw new Error(`A second start did not give way to the first one: ${how}.`);
}

async function palette(world: World): Promise<void> {
  const { page } = world.app;
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Commands' });
  await dialog.waitFor({ timeout: ANSWER_MS });
  await page.keyboard.type(world.random.pick(['lane', 'show', 'theme', 'no such command', 'swap', 'cl']));
  // Commands that change texts have actions of their own.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden', timeout: ANSWER_MS });
}

export const WINDOW: readonly Action[] = [
  {
    name: 'show a screen',
    weight: 8,
    run: (world) => show(world, world.random.pick(SCREENS).screen),
  },
  {
    name: 'choose a theme',
    weight: 1,
    run: async (world) => {
      await show(world, 'settings');
      await press(settingsPanel(world).getByRole('radio', { name: world.random.pick(['System', 'Light', 'Dark']) }));
    },
  },
  { name: 'choose threads', weight: 1, run: (world) => chooseSetting(world, 'Threads') },
  { name: 'choose a beam width', weight: 1, run: (world) => chooseSetting(world, 'Beam width') },
  {
    name: 'switch a setting',
    weight: 2,
    run: async (world) => {
      await show(world, 'settings');
      const name = world.random.pick(['Private mode', 'Keep a history', 'Translate while typing']);
      await press(settingsPanel(world).getByRole('switch', { name, exact: true }));
    },
  },
  { name: 'change the language', weight: 1, run: otherLanguage },
  {
    name: 'resize the window',
    weight: 2,
    run: (world) => resizeWindow(world.app, 800 + world.random.below(600), 560 + world.random.below(400)),
  },
  {
    name: 'minimise and restore the window',
    weight: 1,
    run: async ({ app }) => {
      await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
      await pause(500);
      await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore());
    },
  },
  { name: 'start the app a second time', weight: 1, run: secondInstance },
  { name: 'use the palette', weight: 2, run: palette },
  {
    name: 'quit and start again',
    weight: 1,
    possible: ({ staysOpen, disturbance }) => !staysOpen && (disturbance === null || disturbance.name === DISK_FULL),
    run: (world) => restart(world, 'quit'),
  },
];

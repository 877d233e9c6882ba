/** The Packs screen: what it shows, a pack's way in and out, and its states for the eye and for axe. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, FIXTURE_PACKS, launchApp, test, type RunningApp } from './app';
import { judge } from './judge';

/** Self-tests and measuring run every lane a few times, on a machine that may be busy. */
const PATIENT = { timeout: 300_000 };

const TINY = join(FIXTURE_PACKS, 'tiny');

async function launchPacks(scratch: string): Promise<{ app: RunningApp; folder: string }> {
  const folder = join(scratch, 'packs');
  await mkdir(folder, { recursive: true });
  const app = await launchApp({ packs: folder, userData: join(scratch, 'user') });
  await app.page.keyboard.press('Control+7');
  await expect(app.page.getByRole('heading', { name: 'Packs', level: 1 })).toBeVisible();
  return { app, folder };
}

/** The dialog gives what a person would choose. */
async function choose({ electron, page }: RunningApp, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await page.getByRole('button', { name: 'Import folder…' }).click();
}

const closed = async ({ electron, pageErrors }: RunningApp) => {
  await electron.close();
  expect(pageErrors).toEqual([]);
};

test('a pack comes in, is measured, and goes', async ({ scratch }) => {
  test.setTimeout(2 * PATIENT.timeout);
  const { app, folder } = await launchPacks(scratch);
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'No pack here yet' })).toBeVisible();

  await choose(app, TINY);
  await expect(page.getByText(/is installed, checked and ready/)).toBeVisible(PATIENT);
  expect(await readdir(folder)).toEqual(['tiny-1.0.0']);
  const card = page.getByRole('article');
  await expect(card.getByText('Verified')).toBeVisible();

  await card.getByRole('button', { name: /Measure speed/ }).click();
  await expect(card.getByRole('button', { name: /Measure again/ })).toBeVisible(PATIENT);
  await expect(card.getByRole('row')).toHaveCount(1 + 4);
  await expect(card.getByText(/tokens\/s/).first()).toBeVisible();

  // Numbers, or the reason why there are none: what this machine has decides.
  await expect(card.getByText(/has not been tested yet/)).toBeVisible();
  await card.getByRole('button', { name: /Test on this machine/ }).click();
  await expect(card.getByRole('button', { name: /Test again/ })).toBeVisible(PATIENT);
  await expect(card.getByText(/How many times as fast as the CPU|cannot be used here: \w/).first()).toBeVisible();
  await card.getByRole('button', { name: 'Forget the results' }).click();
  await expect(card.getByText(/has not been tested yet/)).toBeVisible();

  await choose(app, TINY);
  await expect(page.getByRole('alert')).toContainText('version 1.0.0 is installed already');
  await page.getByRole('button', { name: 'Put away' }).click();

  await card.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.keyboard.press('Enter');
  await expect(card.getByRole('button', { name: 'Remove', exact: true })).toBeVisible();
  expect(await readdir(folder)).toEqual(['tiny-1.0.0']);
  await card.getByRole('button', { name: 'Remove', exact: true }).click();
  await card.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('heading', { name: 'No pack here yet' })).toBeVisible();
  expect(await readdir(folder)).toEqual([]);
  await closed(app);
});

test('a pack that gives other ids than recorded is refused, and nothing of it is kept', async ({ scratch }) => {
  test.setTimeout(2 * PATIENT.timeout);
  const { app, folder } = await launchPacks(scratch);
  const bad = join(scratch, 'bad');
  await cp(TINY, bad, { recursive: true });
  const manifest = JSON.parse(await readFile(join(bad, 'pack.json'), 'utf8')) as { selfTest: { targetIds: number[] }[] };
  manifest.selfTest[0]?.targetIds.push(7);
  await writeFile(join(bad, 'pack.json'), JSON.stringify(manifest));
  await choose(app, bad);
  await expect(app.page.getByRole('alert')).toContainText('Self-test', PATIENT);
  expect(await readdir(folder)).toEqual([]);
  await closed(app);
});

/** The software Vulkan that comes with Electron is a provider that works, and slow enough to be caught at it. */
async function withSoftwareVulkan(scratch: string, run: () => Promise<void>): Promise<void> {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const library = join(folder, 'libvk_swiftshader.so');
  const before = { VK_ICD_FILENAMES: process.env['VK_ICD_FILENAMES'], LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] };
  if (existsSync(library)) {
    const driver = join(scratch, 'driver.json');
    await writeFile(driver, JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: library, api_version: '1.0.5' } }));
    Object.assign(process.env, { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: folder });
  }
  try {
    await run();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

test('a test whose process is killed harms nothing else, and is not repeated by itself', async ({ scratch }) => {
  test.setTimeout(2 * PATIENT.timeout);
  await cp(TINY, join(scratch, 'packs', 'tiny'), { recursive: true });
  await withSoftwareVulkan(scratch, async () => {
    const { app } = await launchPacks(scratch);
    const { electron, page } = app;
    const card = page.getByRole('article');
    const engine = await app.enginePid();
    await card.getByRole('button', { name: /Test on this machine/ }).click();
    await expect(card.getByRole('status').filter({ hasText: 'Testing WebGPU' })).toBeVisible();
    await expect(async () => {
      const pid = await electron.evaluate(
        ({ app: { getAppMetrics } }) => getAppMetrics().find(({ name }) => name === 'Tandem processor test')?.pid ?? null,
      );
      expect(pid).not.toBeNull();
      process.kill(pid ?? 0, 'SIGKILL');
    }).toPass({ intervals: [50] });
    await expect(card.getByText('The test of WebGPU ended its process.')).toBeVisible(PATIENT);
    await judge(app, 'packs-processor-crashed');
    expect(await app.enginePid()).toBe(engine);

    await expect(card.getByRole('button', { name: 'Try again: WebGPU' })).toBeVisible();
    await expect(card.getByRole('button', { name: /^Test/ })).toHaveCount(0);
    await page.keyboard.press('Control+1');
    await page.getByRole('textbox', { name: 'Text to translate' }).fill('Where is the station?');
    await expect(page.getByTestId('output')).toContainText('Wo ist der Bahnhof?', PATIENT);
    expect(JSON.parse(await readFile(join(scratch, 'user', 'processors.json'), 'utf8'))).toMatchObject({
      results: [{ provider: 'webgpu', outcome: { kind: 'crashed', during: 'test' } }],
    });
    await closed(app);
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`every state is accessible, ${theme}`, async ({ scratch }) => {
    test.setTimeout(2 * PATIENT.timeout);
    const { app, folder } = await launchPacks(scratch);
    const { page } = app;
    await page.evaluate((chosen) => window.app.call('changeSettings', { theme: chosen }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await judge(app, `packs-empty-${theme}`);

    await choose(app, join(scratch, 'user'));
    await expect(page.getByRole('alert')).toContainText('was not imported');
    await judge(app, `packs-refused-${theme}`);

    await choose(app, TINY);
    await expect(page.getByText(/is installed, checked and ready/)).toBeVisible(PATIENT);
    await page.getByRole('button', { name: /Measure speed/ }).click();
    await expect(page.getByRole('button', { name: /Measure again/ })).toBeVisible(PATIENT);
    await page.getByRole('button', { name: /Test on this machine/ }).click();
    await expect(page.getByRole('button', { name: /Test again/ })).toBeVisible(PATIENT);
    await page.getByText('Measured quality').click();
    await judge(app, `packs-measured-${theme}`);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await judge(app, `packs-remove-${theme}`);

    await truncate(join(folder, 'tiny-1.0.0', 'encoder.onnx'), 3);
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(page.getByText('Cannot be used')).toBeVisible();
    await judge(app, `packs-damaged-${theme}`);
    await closed(app);
  });
}

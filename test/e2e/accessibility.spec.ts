/**
 * Every state of the window, light and dark: no violation that axe knows of, and a picture of it at both sizes for a person to judge.
 * Then what axe cannot see: work without a mouse, and what a screen reader is told.
 */
import { type Locator } from '@playwright/test';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCREENS } from '../../src/shared/screens';
import { launchApp, REPOSITORY, test, type RunningApp } from './app';
import { judge } from './judge';
import { changedPack, expect, knownText, panelOf, paste, PATIENCE_MS, resizeWindow, UNKNOWN_WORD } from './translate-panel';

test.setTimeout(PATIENCE_MS);

const THEMES = ['light', 'dark'] as const;

interface State {
  name: string;
  show(app: RunningApp): Promise<void>;
}

/** In this order in one window; each begins with both sides cleared. */
const STATES: readonly State[] = [
  {
    name: 'empty',
    show: async ({ page }) => {
      await expect(panelOf(page).ready).toBeVisible();
    },
  },
  {
    name: 'done',
    show: async ({ page }) => {
      await panelOf(page).source.fill(knownText(6).source);
      await expect(panelOf(page).finished('done')).toBeVisible();
    },
  },
  {
    name: 'compared',
    show: async ({ page }) => {
      const panel = panelOf(page);
      await panel.lane('LLM').click();
      await panel.source.fill('The cat is small. Where is the station? It is raining today.');
      await expect(panel.finished('done')).toBeVisible();
      await panel.lane('Hybrid').click();
      await expect(panel.timeline.getByTestId('ghost')).toBeVisible();
      await expect(panel.finished('done')).toBeVisible();
    },
  },
  {
    name: 'flagged',
    show: async ({ page }) => {
      const panel = panelOf(page);
      await panel.source.fill(`Good morning.\n${UNKNOWN_WORD}\nOpen the file.`);
      await panel.button('Show').click();
    },
  },
  {
    name: 'not-live',
    show: async (app) => {
      await paste(app, knownText(300).source);
      await expect(app.page.getByText('Over 5,000 characters: press Ctrl+Enter.')).toBeVisible();
    },
  },
  {
    name: 'working',
    show: async (app) => {
      await paste(app, knownText(30_000).source);
      await app.page.keyboard.press('Control+Enter');
      await expect(panelOf(app.page).translation.getByText(/^Translating, segment/)).toBeVisible();
    },
  },
  {
    name: 'cancelled',
    show: async (app) => {
      await paste(app, knownText(4_000).source);
      await app.page.keyboard.press('Control+Enter');
      await expect(panelOf(app.page).output).toContainText('Guten Morgen.');
      await app.page.keyboard.press('Escape');
      await expect(panelOf(app.page).finished('cancelled')).toBeVisible();
    },
  },
  {
    name: 'engine-details',
    show: async ({ page }) => {
      await panelOf(page).engine.click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'settings',
    show: async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    },
  },
];

for (const theme of THEMES) {
  test(`every state is accessible, ${theme}`, async ({ app }) => {
    test.setTimeout(2 * PATIENCE_MS);
    await app.page.evaluate((chosen) => window.app.call('changeSettings', { theme: chosen }), theme);
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const { name, show } of STATES) {
      await test.step(name, async () => {
        const clear = panelOf(app.page).button('Clear');
        if (await clear.isEnabled()) await clear.click();
        await show(app);
        await judge(app, `translate-${name}-${theme}`);
      });
    }
  });

  test(`what is wrong with packs is said accessibly, ${theme}`, async ({ scratch }) => {
    const packs = join(scratch, 'packs');
    await mkdir(packs);
    const app = await launchApp({ packs, userData: join(scratch, 'user') });
    await app.page.evaluate((chosen) => window.app.call('changeSettings', { theme: chosen }), theme);
    await expect(app.page.getByRole('heading', { name: 'No pack here yet' })).toBeVisible();
    await judge(app, `translate-no-pack-${theme}`);

    await changedPack(packs, () => {});
    await rm(join(packs, 'tiny', 'hybrid.decoder.onnx'));
    await panelOf(app.page).button('Look for packs again').click();
    await expect(app.page.getByRole('heading', { name: 'No pack can be used' })).toBeVisible();
    await judge(app, `translate-damaged-pack-${theme}`);
    await app.electron.close();
    expect(app.pageErrors).toEqual([]);
  });
}

/** As it is on the screen; Playwright's own pictures do not know of zoom. */
async function photograph({ electron }: RunningApp, name: string): Promise<void> {
  const png = await electron.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  await writeFile(join(REPOSITORY, 'test-results', 'screenshots', `${name}.png`), png, 'base64');
}

test('follows the system from light to dark', async ({ app }) => {
  const background = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await app.page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await app.page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
});

test('translates without a mouse', async ({ app }) => {
  const { page } = app;
  const panel = panelOf(page);
  await expect(panel.ready).toBeVisible();
  await expect(panel.source).toBeFocused();
  await page.keyboard.type('Good morning.');
  await page.keyboard.press('Control+Enter');
  await expect(panel.output).toHaveText('Guten Morgen.');

  await page.keyboard.press('F6');
  await expect(page.getByRole('group', { name: 'Translated text' })).toBeFocused();
  await page.keyboard.press('F6');
  await expect(panel.source).toBeFocused();

  // Back over the header: engine, lane, target language, swap, source language.
  await page.keyboard.press('Shift+Tab');
  await expect(panel.engine).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(panel.lane('Hybrid')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(panel.lane('LLM')).toBeChecked();
  await expect(panel.timeline.getByText(/^Hybrid took/)).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('combobox', { name: 'To' })).toBeFocused();
  await page.keyboard.type('Fr');
  await expect(panel.output).toHaveText('Bonjour à tous.');

  await panel.source.focus();
  for (const name of ['Open file', 'Clear', 'Translate']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('region', { name: 'Source' }).getByRole('button', { name, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('group', { name: 'Translated text' })).toBeFocused();
  for (const name of ['Other versions', 'Second opinion', 'Copy']) {
    await page.keyboard.press('Tab');
    await expect(panel.button(name)).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(panel.button('Copied')).toBeVisible();
});

test('tells a screen reader whole sentences', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  const spoken = await app.page.evaluateHandle(() => {
    const said: string[] = [];
    const region = document.querySelector('[data-testid=announcer]');
    if (region !== null) {
      new MutationObserver(() => said.push(region.textContent)).observe(region, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    }
    return said;
  });
  await panel.source.fill(knownText(40).source);
  await expect(panel.finished('done')).toBeVisible();
  await expect.poll(async () => (await spoken.jsonValue()).join('\n')).toBe(knownText(40).target);
  for (const words of await spoken.jsonValue()) expect(words).toMatch(/[.?!]$/);
});

test('stays usable at 200 % zoom in the smallest window', async ({ app }) => {
  const panel = panelOf(app.page);
  await resizeWindow(app, 800, 560);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  await panel.source.fill('Good morning.');
  await expect(panel.output).toHaveText('Guten Morgen.');
  await photograph(app, 'translate-zoomed');
  await panel.timeline.scrollIntoViewIfNeeded();
  await expect(panel.timeline.getByText(/tokens\/s/)).toBeInViewport();
  await photograph(app, 'translate-zoomed-timeline');
  await app.page.evaluate(() => window.app.call('changeSettings', { language: 'de' }));
  for (const { screen, digit } of SCREENS) {
    await app.page.keyboard.press(`Control+${digit}`);
    const main = app.page.getByRole('main');
    await expect(main).toBeVisible();
    const overflow = await main.evaluate((box) =>
      Math.max(box.scrollWidth - box.clientWidth, document.documentElement.scrollWidth - innerWidth),
    );
    expect(overflow, `${screen} is wider than the window`).toBeLessThanOrEqual(0);
  }
});

test('does without motion where the system asks for it', async ({ app }) => {
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await app.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--quick'))).toBe('0ms');
});

test('tells what is chosen and what is on in the system’s own colours', async ({ app }) => {
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active' });
  await page.keyboard.press('Control+9');
  const colours = (of: Locator) =>
    of.evaluate((box) => {
      const { backgroundColor, outlineStyle } = getComputedStyle(box);
      return { backgroundColor, outlineStyle };
    });
  const rail = page.getByRole('navigation').getByRole('button');
  expect(await colours(rail.filter({ hasText: 'Settings' }))).toMatchObject({ outlineStyle: 'solid' });
  expect(await colours(rail.filter({ hasText: 'History' }))).toMatchObject({ outlineStyle: 'none' });

  const live = page.getByRole('switch', { name: 'Translate while typing' });
  await expect(live).toHaveAttribute('aria-checked', 'true');
  const on = await colours(live);
  expect((await colours(live.locator('span'))).backgroundColor).not.toBe(on.backgroundColor);
  await live.press('Space');
  await expect.poll(async () => (await colours(live)).backgroundColor).not.toBe(on.backgroundColor);
  await judge(app, 'settings-forced-colors');
});

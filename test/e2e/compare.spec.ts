/** The Compare panel in the built app. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Report } from '../../src/renderer/compare/report';
import { test, type RunningApp } from './app';
import { compareOf, openCompare } from './compare-panel';
import { judge } from './judge';
import { expect, knownText, panelOf, PATIENCE_MS, readClipboard, resizeWindow, SENTENCES } from './translate-panel';

test.setTimeout(PATIENCE_MS);

/** On which the tiny pack's lanes do not agree. */
const DISPUTED = 'Good morning. The dog is small. Where is the file today?';

/** A run of many frames. Pasted, as a person would: filling in so many lines takes Playwright minutes. */
async function pasteLong({ electron, page }: RunningApp): Promise<void> {
  await electron.evaluate(async ({ clipboard }, text) => {
    await clipboard.writeText(text);
  }, knownText(1_500).source);
  await compareOf(page).source.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

const THEMES = ['light', 'dark'] as const;
test('shows every lane side by side, what differs, and how fast each is', async ({ app }) => {
  const panel = await openCompare(app);
  await panel.source.fill(DISPUTED);
  await panel.button('Compare').last().click();
  await expect(panel.finished('done')).toBeVisible();
  for (const lane of ['LLM', 'Hybrid', 'Small']) await expect(panel.column(lane)).toContainText('Guten Morgen.');

  const marks = panel.column('Hybrid').getByRole('insertion');
  await expect(marks.first()).toBeVisible();
  const style = await marks.first().evaluate((mark) => {
    const { fontWeight, textDecorationLine } = getComputedStyle(mark);
    return { fontWeight, textDecorationLine };
  });
  expect(style).toEqual({ fontWeight: '600', textDecorationLine: 'underline' });
  await expect(panel.column('LLM').getByRole('insertion')).toHaveCount(0);
  await expect(panel.said).toContainText(/Hybrid: (\S+ (faster|slower)|as fast), \d+ % of words the same\./);

  await expect(panel.row('LLM')).toContainText('reference');
  await expect(panel.row('LLM')).toContainText('read it');
  await expect(panel.row('Hybrid')).toContainText(/\dx a token/);
  await expect(panel.row('Shared')).toContainText(/ms.*encoded once a round, for LLM and Hybrid|ms.*encoded once a round, for LLM, Hybrid/);
});

test('is entered from a translation, and does not profit from what that has read', async ({ app }) => {
  const { page } = app;
  const translate = panelOf(page);
  await page.getByRole('combobox', { name: 'To' }).selectOption({ label: 'French' });
  await translate.source.fill('Good morning.');
  await expect(translate.finished('done')).toBeVisible();
  await translate.button('Compare').and(page.getByTitle('Compare the lanes on this text')).click();

  const panel = compareOf(page);
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.source).toHaveValue('Good morning.');
  await expect(page.getByRole('combobox', { name: 'To' })).toHaveValue('fr');
  await expect(panel.column('LLM')).toHaveText('Bonjour à tous.');
  // The engine kept the encoding; the comparison had it read anew, and so could measure it.
  await expect(panel.row('LLM')).toContainText('read it');
  await expect(panel.row('Hybrid')).not.toContainText('read it');
});

test('repeats, with a warm-up that does not count, and exports what it measured', async ({ app, scratch }) => {
  const { page } = app;
  const panel = await openCompare(app);
  await panel.lane('Small').click();
  if (await panel.lane('Exact').isVisible()) await panel.lane('Exact').click();
  await panel.source.fill(DISPUTED);
  await panel.rounds(5).click();
  await page.keyboard.press('Control+Enter');
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.results).toContainText('Medians of 5 rounds');
  await expect(panel.results).toContainText(/Warm-up, not counted: LLM \S+ m?s, Hybrid \S+ m?s\./);
  await expect(panel.row('LLM')).toContainText('in 2 of 5');
  await expect(panel.row('Hybrid')).toContainText('in 3 of 5');

  await app.electron.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: `${folder}/${defaultPath}` });
    };
  }, scratch);
  await panel.button('Export').click();
  await panel.button('Save as JSON').click();
  const answer = page.getByText(/^Saved as /);
  await expect(answer).toHaveText(/comparison_en_de_\d{4}-\d\d-\d\d\.json/);
  const name = (await answer.textContent())?.replace('Saved as ', '') ?? '';
  const report = JSON.parse(await readFile(join(scratch, name), 'utf8')) as Report;
  expect(report).toMatchObject({ source: DISPUTED, roundsAsked: 5, warmUp: true, end: 'done', pack: { id: 'tiny' }, reference: 'llm' });
  expect(report.runs.map(({ round, lane }) => `${round} ${lane}`)).toEqual([
    '0 llm',
    '0 hybrid',
    '1 llm',
    '1 hybrid',
    '2 hybrid',
    '2 llm',
    '3 llm',
    '3 hybrid',
    '4 hybrid',
    '4 llm',
    '5 llm',
    '5 hybrid',
  ]);
  // Whoever is first in a round reads, the other finds it read.
  for (const { position, reusedEncodings } of report.runs) expect(reusedEncodings > 0).toBe(position === 2);
  expect(report.machine.cores).toBeGreaterThan(0);
  expect(report.machine.system).not.toBe('');
  expect(report.app.commit).toMatch(/^([0-9a-f]{7,}(-dirty)?|unknown)$/);
  expect(report.settings.sessions.map(({ part }) => part)).toContain('encoder');

  await panel.button('Save as Markdown').click();
  await expect(answer).toHaveText(/\.md$/);
  expect(await readFile(join(scratch, name.replace('.json', '.md')), 'utf8')).toContain(`\`\`\`text\n${DISPUTED}\n\`\`\``);
  await panel.button('Copy as CSV').click();
  await expect(page.getByText('CSV copied')).toBeVisible();
  expect((await readClipboard(app)).split('\r\n').filter((line) => line.includes(',llm,'))).toHaveLength(6);
});

test('is cancelled with Escape and keeps what it has', async ({ app }) => {
  const panel = await openCompare(app);
  await pasteLong(app);
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.column('LLM')).toContainText(SENTENCES[0]?.[1] ?? '');
  await app.page.keyboard.press('Escape');
  await expect(panel.finished('cancelled')).toBeVisible();
  await expect(panel.column('LLM')).toContainText(SENTENCES[0]?.[1] ?? '');
  await expect(panel.column('Hybrid')).toHaveText('Not run.');
  await expect(app.page.getByRole('region', { name: 'LLM', exact: true })).toContainText('reference, cancelled, text kept');
  await expect(panel.button('Compare again')).toBeVisible();
});

test('says that the engine stopped, and goes on when it is back', async ({ app }) => {
  const panel = await openCompare(app);
  await pasteLong(app);
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.column('LLM')).toContainText(SENTENCES[0]?.[1] ?? '');
  const pid = await app.enginePid();
  if (pid === null) throw new Error('the engine runs');
  process.kill(pid, 'SIGKILL');
  await expect(panel.column('LLM').getByRole('heading', { name: 'The engine stopped' })).toBeVisible();
  await expect(panelOf(app.page).ready).toBeVisible();
  await panel.source.fill('Good morning.');
  await panel.button('Compare again').click();
  await expect(panel.finished('done')).toBeVisible();
});

test('keeps the engine’s state, the test set and the export in one line where there is no room for all decisions', async ({ app }) => {
  const panel = await openCompare(app);
  await resizeWindow(app, 900, 600);
  const middleOf = async (control: Locator) => {
    const box = await control.boundingBox();
    return box === null ? null : Math.round(box.y + box.height / 2);
  };
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(900);
  const inLine = await Promise.all([panelOf(app.page).engine, panel.button('Test set'), panel.button('Export')].map(middleOf));
  expect(new Set(inLine).size).toBe(1);
});

test('works without a mouse', async ({ app }) => {
  const { page } = app;
  const panel = await openCompare(app);
  await page.keyboard.type('Good morning.');
  await page.keyboard.press('Shift+Tab');
  await expect(panel.button('Test set')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(panelOf(page).engine).toBeFocused();
  for (const lane of ['Small', 'Exact']) {
    await page.keyboard.press('Shift+Tab');
    await expect(panel.lane(lane)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(panel.lane(lane)).not.toBeChecked();
  }
  await panel.source.focus();
  await page.keyboard.press('Tab');
  await expect(panel.rounds(1)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(panel.rounds(5)).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await expect(panel.finished('done')).toBeVisible();
  await panel.source.focus();
  await page.keyboard.press('F6');
  await expect(panel.column('LLM')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(panel.source).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(panel.button('Export')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(panel.button('Copy as Markdown')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel.button('Copy as Markdown')).toBeHidden();
  await page.keyboard.press('Control+1');
  await expect(panelOf(page).source).toBeVisible();
});

for (const theme of THEMES) {
  test(`every state is accessible, ${theme}`, async ({ app }) => {
    test.setTimeout(2 * PATIENCE_MS);
    const { page } = app;
    await page.evaluate((chosen) => window.app.call('changeSettings', { theme: chosen }), theme);
    const panel = await openCompare(app);
    await judge(app, `compare-empty-${theme}`);

    await page.getByRole('list', { name: 'Try one' }).getByRole('button').first().click();
    await expect(panel.finished('done')).toBeVisible();
    await panel.source.fill(DISPUTED);
    await panel.rounds(5).click();
    await page.keyboard.press('Control+Enter');
    await expect(panel.results).toContainText('Medians of 5 rounds');
    await page.mouse.move(0, 0);
    await judge(app, `compare-done-${theme}`);

    await panel.button('Export').click();
    await judge(app, `compare-export-${theme}`);
    await page.keyboard.press('Escape');

    await pasteLong(app);
    await page.keyboard.press('Control+Enter');
    await expect(panel.column('LLM')).toContainText(SENTENCES[0]?.[1] ?? '');
    await judge(app, `compare-long-running-${theme}`);
    await page.keyboard.press('Escape');
    await expect(panel.finished('cancelled')).toBeVisible();
    await judge(app, `compare-cancelled-${theme}`);
  });
}

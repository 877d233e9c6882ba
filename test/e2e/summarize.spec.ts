/** Summaries by the bundled pack, with the keyboard alone where a person would use it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, test, type RunningApp } from './app';
import { judge } from './judge';
import { expect, PATIENCE_MS } from './translate-panel';

test.use({ packs: null });
// The pack is opened, and a long text read, on machines of any speed.
test.setTimeout(4 * PATIENCE_MS);

function panelOf({ page }: RunningApp) {
  return {
    source: page.getByRole('textbox', { name: 'Text to summarize' }),
    summary: page.getByTestId('summary'),
    length: (name: string) => page.getByRole('radio', { name, exact: true }),
    finished: (phase: string) => page.locator(`[data-phase="${phase}"]:visible`),
    timeline: page.getByRole('region', { name: 'Time by stage' }),
    pane: page.getByRole('region', { name: 'Summary', exact: true }),
  };
}

async function openSummarize(app: RunningApp) {
  await app.page.keyboard.press('Control+3');
  const panel = panelOf(app);
  await expect(panel.source).toBeFocused();
  return panel;
}

test('an example is summarized, in another length from the same reading, and says what it rests on', async ({ app }) => {
  const panel = await openSummarize(app);
  await judge(app, 'summarize-empty');
  await app.page.getByRole('button', { name: 'A library opens again' }).click();
  await panel.finished('done').waitFor({ timeout: 2 * PATIENCE_MS });
  await expect(panel.summary).toContainText(/\w{4}/);
  const short = await panel.summary.textContent();

  await panel.length('Headline').click({ force: true });
  await expect(panel.summary).not.toHaveText(short ?? '');
  await panel.finished('done').waitFor({ timeout: PATIENCE_MS });
  await expect(panel.timeline).toContainText('reused');
  expect((await panel.summary.textContent())?.includes('\n')).toBe(false);

  await panel.length('Short').click({ force: true });
  await expect(panel.summary).toHaveText(short ?? '', { timeout: PATIENCE_MS });
  await panel.finished('done').waitFor({ timeout: PATIENCE_MS });
  await app.page.getByRole('group', { name: 'Text of the summary' }).focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(panel.pane).toContainText(/Sentence 1 of \d+/);
  await judge(app, 'summarize-sources');
});

test('what cannot be summarized is refused in place, and a text that replaces it is summarized', async ({ app }) => {
  const panel = await openSummarize(app);
  await panel.source.fill('Too short.');
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.pane.getByRole('alert')).toContainText('There is nothing to summarize here');
  await judge(app, 'summarize-refused');
});

test('a long text is read in parts, and a cancel keeps the window', async ({ app }) => {
  const panel = await openSummarize(app);
  const licence = await readFile(join(REPOSITORY, 'LICENSE'), 'utf8');
  await panel.source.fill(licence);
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.pane.getByRole('listitem').first()).toContainText('Part 1', { timeout: PATIENCE_MS });
  expect(await panel.pane.getByRole('listitem').count()).toBeGreaterThan(1);
  await judge(app, 'summarize-parts');
  await app.page.keyboard.press('Escape');
  await panel.finished('cancelled').waitFor({ timeout: PATIENCE_MS });
  await expect(panel.source).toHaveValue(licence.replaceAll('\r\n', '\n'));
});

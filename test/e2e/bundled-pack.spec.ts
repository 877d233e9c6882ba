/** What a new user gets: the bundled pack, found without being told, translates. The pictures are the README's. */
import { test } from './app';
import { openCompare } from './compare-panel';
import { judge } from './judge';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

const TEXT = [
  'The weather is nice today. I would like to drink a cup of coffee.',
  'She has been living in Paris for three years.',
  '',
  'Click the button to open the file.',
].join('\n');

test.use({ packs: null });
test.setTimeout(PATIENCE_MS);

for (const [language, words] of [
  ['German', ['Wetter', 'Kaffee', 'Paris', 'Datei']],
  ['French', ['café', 'fichier']],
] as const) {
  test(`translates English to ${language}, both lanes from one reading`, async ({ app }) => {
    const panel = panelOf(app.page);
    await panel.ready.waitFor();
    await app.page.getByRole('combobox', { name: 'To' }).selectOption({ label: language });
    await panel.source.fill(TEXT);
    for (const lane of ['Best', 'LLM', 'Hybrid']) {
      await panel.lane(lane).click({ force: true });
      await panel.finished('done').waitFor();
      for (const word of words) await expect(panel.output).toContainText(word);
      // Line for line, as it was given.
      expect((await panel.output.textContent())?.split('\n').map((line) => line !== '')).toEqual([true, true, false, true]);
    }
    await expect(panel.timeline).toContainText(/than LLM here/);
    // Away from the lanes: their tip would cover the text.
    await panel.timeline.hover();
    await app.screenshot(`bundled-pack-${language.toLowerCase()}`);
  });
}

test('a letter opens and ends as letters do', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.ready.waitFor();
  await panel.source.fill('Dear Ms. Johnson,\n\nThank you for your letter of March 3rd.\n\nKind regards,\nPeter Miller');
  for (const lane of ['LLM', 'Hybrid']) {
    await panel.lane(lane).click({ force: true });
    await panel.finished('done').waitFor();
    await expect(panel.output).toHaveText(/^Sehr geehrte Frau Johnson,\n\n.*3\. März.*\n\nMit freundlichen Grüßen,?\nPeter Miller$/u);
  }
});

test('compares both lanes over five rounds', async ({ app }) => {
  const panel = await openCompare(app);
  await panel.source.fill(TEXT);
  await panel.rounds(5).click();
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.results).toContainText('Medians of 5 rounds');
  await expect(panel.finished('done')).toBeVisible();
  for (const lane of ['LLM', 'Hybrid']) await expect(panel.column(lane)).toContainText('Wetter');
  await app.page.mouse.move(0, 0);
  await app.screenshot('bundled-pack-compare');
});

test('compares summaries with and without copying: the same words', async ({ app }) => {
  test.setTimeout(4 * PATIENCE_MS);
  const { page } = app;
  await openCompare(app);
  await page.getByRole('combobox', { name: 'What is compared' }).selectOption({ label: 'Summaries' });
  const example = page.getByRole('button', { name: 'A library opens again' });
  await judge(app, 'compare-summaries-empty');
  await example.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Results' }).and(page.locator('[data-state="done"]'))).toBeVisible({
    timeout: 3 * PATIENCE_MS,
  });
  const column = (name: string) => page.getByRole('group', { name: `Summary, ${name}`, exact: true });
  await expect(column('LLM')).toContainText(/\w{4}/);
  expect(await column('Exact').textContent()).toBe(await column('LLM').textContent());
  await expect(page.getByTestId('compare-announcer')).toContainText('every word the same');
  await judge(app, 'compare-summaries');
});

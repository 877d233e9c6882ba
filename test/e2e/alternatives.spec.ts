/** Other words, other versions and the second opinion, with the pack that a new user has: its lanes do not agree on everything. */
import type { Page } from '@playwright/test';
import { test } from './app';
import { judge, judgeNow } from './judge';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

const TEXT = 'The old man walks slowly along the river in the evening. The shop is closed on Sundays.';

test.use({ packs: null });
test.setTimeout(3 * PATIENCE_MS);

const menuOf = (page: Page) => page.getByRole('dialog', { name: /^Other words for/ });

async function translated({ page }: { page: Page }, text = TEXT) {
  const panel = panelOf(page);
  await expect(panel.ready).toBeVisible();
  await panel.source.fill(text);
  await expect(panel.finished('done')).toBeVisible();
  return panel;
}

/** Where a word of the output is drawn. */
function middleOf(page: Page, word: string): Promise<{ x: number; y: number }> {
  return page.getByTestId('output').evaluate((output, wanted) => {
    const nodes = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      const at = (node.textContent ?? '').indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`there is no “${wanted}” in the output`);
  }, word);
}

test('a click on a word shows what else could stand there; a choice rewrites the sentence, and can be undone', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app);
  const before = (await panel.output.textContent()) ?? '';
  const second = before.slice(before.indexOf('. ') + 2);
  const { x, y } = await middleOf(page, 'alte');
  await page.mouse.click(x, y);
  const menu = menuOf(page);
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('region', { name: 'LLM' }).getByRole('button').first()).toBeVisible();
  await app.screenshot('alternatives-words');
  const other = menu
    .getByRole('region', { name: 'Hybrid' })
    .getByRole('button', { name: /^(?!alte )\p{L}{3,}/u })
    .first();
  const word = (await other.locator('[lang]').textContent()) ?? '';
  await other.click();
  await expect(menu).toBeHidden();
  await expect(panel.output).toContainText(word);
  await expect(panel.translation.getByText(`Written anew from “${word}” by Hybrid.`)).toBeVisible();
  // What stands before the word and the other sentence stay.
  const after = (await panel.output.textContent()) ?? '';
  expect(after.startsWith(before.slice(0, before.indexOf('alte')))).toBe(true);
  expect(after.endsWith(second)).toBe(true);
  await panel.button('Undo').click();
  expect(await panel.output.textContent()).toBe(before);
});

test('everything works without a mouse', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app);
  await panel.source.focus();
  await page.keyboard.press('F6');
  const words = panel.translation.getByRole('group', { name: 'Translated text' });
  await expect(words).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(words).toHaveAttribute('aria-activedescendant', 'chosen-word');
  const chosen = (await page.locator('#chosen-word').textContent()) ?? '';
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: `Other words for “${chosen}”` });
  await expect(menu.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('button').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(words).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.translation.getByText(/^Written anew from /)).toBeVisible();
});

test('a translation that begins while a word’s menu has the focus leaves it with the translation', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app);
  const words = panel.translation.getByRole('group', { name: 'Translated text' });
  await words.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(menuOf(page).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(menuOf(page)).toBeHidden();
  await expect(words).toBeFocused();
});

test('other versions of a sentence can be taken over', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app, 'Most of the children were playing in the garden behind the house.');
  const before = (await panel.output.textContent()) ?? '';
  await panel.button('Other versions').click();
  const versions = page.getByRole('region', { name: 'Other versions' });
  const first = versions.getByRole('button').first();
  const text = (await first.locator('[lang]').textContent()) ?? '';
  expect(text).not.toBe(before);
  await first.click();
  await expect(panel.output).toHaveText(text);
  await panel.button('Undo').click();
  await expect(panel.output).toHaveText(before);
});

test('the second opinion marks words, names the large model’s, and tells its time', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app);
  await panel.button('Second opinion').click();
  const legend = page.getByRole('region', { name: 'Second opinion' });
  await expect(legend).toContainText(/\d+ % of words are what the large model would have written/);
  const marks = panel.output.locator('[data-distance]');
  await expect(marks.first()).toHaveAttribute('title', /^The large model would/);
  await expect(panel.timeline).toContainText(/second opinion \d/);
  await panel.lane('LLM').click();
  await expect(panel.finished('done')).toBeVisible();
  await expect(legend).toContainText('The large model wrote all of this itself.');
  await expect(marks).toHaveCount(0);
});

test('all of it stands up to axe and to a person’s eye: light, dark, German', async ({ app }) => {
  const { page } = app;
  const panel = await translated(app);
  await panel.button('Second opinion').click();
  await expect(page.getByRole('region', { name: 'Second opinion' })).toContainText('% of words');
  await panel.button('Other versions').click();
  const { x, y } = await middleOf(page, 'langsam');
  await page.mouse.click(x, y);
  await expect(page.getByRole('region', { name: 'Other versions' }).getByRole('button').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await judge(app, 'alternatives-light');
  await page.evaluate(() => window.app.call('changeSettings', { theme: 'dark', language: 'de' }));
  await expect(page.getByRole('region', { name: 'Zweite Meinung' })).toContainText('anderes Wort');
  await judge(app, 'alternatives-dark-german');
  // The word is still the one that is looked at.
  await page.getByRole('group', { name: 'Übersetzter Text' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Andere Wörter für „langsam“' }).getByRole('button').first()).toBeFocused();
  await judgeNow(app, 'alternatives-menu-dark-german');
});

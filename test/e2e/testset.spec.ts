/** A user's own test set in Compare, in the built app. */
import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, test } from './app';
import { openCompare } from './compare-panel';
import { judge } from './judge';
import { expect, PATIENCE_MS, readClipboard, SENTENCES } from './translate-panel';

test.setTimeout(3 * PATIENCE_MS);

const TSV = SENTENCES.map((pair) => pair.join('\t')).join('\n');

const fileOf = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

function testSetOf(page: Page) {
  return {
    files: page.locator('input[type=file]'),
    state: page.getByTestId('testset-state'),
    scores: page.getByRole('region', { name: 'Scores' }),
    row: (lane: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: lane, exact: true }) }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
  };
}

/** As if a person dropped files onto the window. */
async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name));
    document.querySelector('main:not([hidden])')?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, files);
}

test('files dropped on Compare are read or refused by line, measured in every lane, and exported', async ({ app }) => {
  const { page } = app;
  await openCompare(app);
  const panel = testSetOf(page);
  await drop(page, [{ name: 'broken.tsv', text: 'Good morning.\tGuten Morgen.\nNo tab here' }]);
  await expect(page.getByRole('alert')).toContainText('broken.tsv, line 2: got one column');
  await judge(app, 'testset-refused');

  await panel.files.setInputFiles([
    fileOf('set.de', SENTENCES.map(([, de]) => de).join('\n')),
    fileOf('set.en', SENTENCES.map(([en]) => en).join('\n')),
  ]);
  await expect(page.getByText('set.en, set.de: 6 sentence pairs')).toBeVisible();
  await panel.button('Measure').click();
  await expect(panel.state).toHaveText('Measured on 6 sentences.');
  // The tiny pack knows them by heart.
  for (const lane of ['LLM', 'Hybrid', 'Small', 'Exact']) await expect(panel.row(lane)).toContainText('100.00');
  await expect(panel.row('Hybrid')).toContainText('0.00 to 0.00');
  await expect(panel.row('Hybrid')).toContainText(/\d\.\dx/);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByText('CSV copied')).toBeVisible();
  const rows = (await readClipboard(app)).trimEnd().split('\r\n');
  expect(rows).toHaveLength(1 + 6 * 4);
  expect(rows[1]).toMatch(/^1,llm,Good morning\.,Guten Morgen\.,Guten Morgen\.,100\.0000,/);
});

const DOCUMENTS = [
  { text: 'The cat sleeps on the mat. It is warm there. Nobody wakes it. Then it rains.', summary: 'A cat sleeps on a warm mat.' },
  { text: 'This library reads pictures. It writes them too. Many programs use it.', summary: 'library to read and write pictures' },
];

test('a test set of summaries is measured with ROUGE beside the first sentences; broken ones are refused by line', async ({ app }) => {
  const { page } = app;
  await openCompare(app);
  const panel = testSetOf(page);
  await drop(page, [{ name: 'set.jsonl', text: DOCUMENTS.map((row) => JSON.stringify(row)).join('\n') }]);
  await expect(page.getByRole('alert')).toContainText('set.jsonl is no test set');
  // The files stay: they are read anew for what is compared.
  await page.getByRole('combobox', { name: 'What is compared' }).selectOption({ label: 'Summaries' });
  await expect(page.getByText('set.jsonl: 2 documents with their summaries')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(panel.state).toHaveText('Measured on 2 documents.', { timeout: PATIENCE_MS });
  for (const writer of ['LLM', 'Exact', 'First sentence', 'First 3 sentences']) await expect(panel.row(writer)).toContainText(/\d+\.\d\d/);
  await expect(panel.row('Exact')).toContainText('0.00 (0.00 to 0.00)');
  await judge(app, 'testset-summaries');
  const table = page.getByRole('group', { name: 'Table of scores' });
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth), 'all columns in a small window').toBe(0);
  await expect(panel.scores).toContainText('Fewer than 30 texts');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByText('CSV copied')).toBeVisible();
  expect(await readClipboard(app)).toMatch(/\n2,lead-1,"?This library .*,This library reads pictures\.,\d/);
  await page.keyboard.press('Escape');

  await panel.files.setInputFiles([fileOf('bad.jsonl', `${JSON.stringify(DOCUMENTS[0])}\n{"text": "One."}\n`)]);
  await expect(page.getByRole('alert')).toContainText('bad.jsonl, line 2: got text, expected an object with');
});

test('a run is cancelled with Escape, and counts what was done', async ({ app }) => {
  const { page } = app;
  await openCompare(app);
  const panel = testSetOf(page);
  await drop(page, [{ name: 'long.tsv', text: `${TSV}\n`.repeat(300) }]);
  await expect(page.getByText('long.tsv: 1,800 sentence pairs')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Sentence [2-9]/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.state).toHaveText(/^Cancelled after \d+ of 1,800 sentences/);
  await expect(panel.row('LLM')).toBeVisible();
  await expect(panel.button('Measure again')).toBeVisible();
});

/** What the LLM writes is the reference: then a hybrid that writes anything else loses, whatever the bundled pack can do. */
async function houseByTheLlm(): Promise<string> {
  const house = await readFile(join(REPOSITORY, 'test/fixtures/testsets/house.tsv'), 'utf8');
  const sources = house
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t')[0]);
  const command = ['--import', 'tsx', 'src/cli/index.ts', 'translate', '--to', 'de', '--lane', 'llm'];
  const translated = execFileSync('node', command, { cwd: REPOSITORY, input: sources.join('\n'), encoding: 'utf8' });
  const references = translated.trimEnd().split('\n');
  return sources.map((source, index) => `${source}\t${references[index]}`).join('\n');
}

test.describe('with the bundled pack', () => {
  test.use({ packs: null });

  test('the hybrid’s loss has an interval, and the sentences where it loses stand below; light, dark and German', async ({ app }) => {
    const { page } = app;
    await openCompare(app);
    const panel = testSetOf(page);
    await panel.button('Test set').click();
    await judge(app, 'testset-empty');
    await panel.files.setInputFiles([fileOf('house.tsv', await houseByTheLlm())]);
    await panel.button('Measure').click();
    await expect(panel.state).toHaveText('Measured on 20 sentences.', { timeout: PATIENCE_MS });
    await expect(panel.scores).toContainText(/Hybrid against LLM: −\d+\.\d\d BLEU \(.+ to .+\), −\d+\.\d\d chrF \(.+ to .+\)\./);
    await expect(page.getByRole('region', { name: 'Where Hybrid loses most' }).getByRole('listitem').first()).toContainText('chrF −');
    await judge(app, 'testset-scores-light');
    await page.evaluate(() => window.app.call('changeSettings', { theme: 'dark', language: 'de' }));
    await expect(page.getByRole('region', { name: 'Wo Hybrid am meisten verliert' })).toBeVisible();
    await judge(app, 'testset-scores-dark-german');
  });
});

/** Memory and glossary as a person meets them: kept from a document, searched, corrected, imported, used. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from './app';
import { judge } from './judge';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

test.setTimeout(PATIENCE_MS);

/** The system's dialogs answer with these paths. */
async function answerDialogs({ electron }: RunningApp, path: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

const button = ({ page }: RunningApp, name: string) => page.getByRole('button', { name, exact: true });
const jobIn = ({ page }: RunningApp, name: string) => page.locator(`[data-job="${name}"][data-state="done"]`);

async function showMemory({ page }: RunningApp): Promise<void> {
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('main', { name: 'Memory' })).toBeVisible();
}

test('what a document taught is remembered, corrected, and used in the next one', async ({ app, scratch }) => {
  const { page } = app;
  await expect(panelOf(page).ready).toBeVisible();
  await showMemory(app);
  await expect(page.getByRole('heading', { name: 'Nothing remembered yet' })).toBeVisible();
  await judge(app, 'memory-empty');

  await writeFile(join(scratch, 'a.txt'), 'Good morning.\n\nThe cat is small.\n');
  await page.keyboard.press('Control+2');
  await page.getByRole('switch', { name: 'Bilingual file' }).click();
  await answerDialogs(app, join(scratch, 'a.txt'));
  await button(app, 'Add files…').click();
  await expect(jobIn(app, 'a.txt')).toBeVisible();
  expect(await readFile(join(scratch, 'a_en-de.txt'), 'utf8')).toMatch(
    /^Good morning\.\n\nGuten Morgen\.\n\nThe cat is small\.\n\nDie Katze/,
  );

  await showMemory(app);
  const list = page.getByRole('list', { name: 'Translations' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('searchbox').fill('mor');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await button(app, 'Edit the translation of “Good morning.”').click();
  const editor = page.getByRole('textbox', { name: 'Translation of “Good morning.”' });
  await expect(editor).toBeFocused();
  await editor.fill('Moin.');
  await judge(app, 'memory-editing');
  await page.keyboard.press('Control+Enter');
  await expect(list.getByRole('listitem')).toContainText('Corrected');
  await page.getByRole('searchbox').fill('');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await judge(app, 'memory-list');

  await writeFile(join(scratch, 'b.txt'), 'Good morning.\n\nThe cat is small!\n');
  await page.keyboard.press('Control+2');
  await answerDialogs(app, join(scratch, 'b.txt'));
  await button(app, 'Add files…').click();
  const row = jobIn(app, 'b.txt');
  await expect(row).toContainText('1 from memory');
  expect(await readFile(join(scratch, 'b_de.txt'), 'utf8')).toMatch(/^Moin\.\n/);

  await row.getByRole('button', { name: 'More for b.txt' }).click();
  await page.getByRole('menuitem', { name: 'Review' }).click();
  await expect(page.getByRole('row', { name: 'Segment 1', exact: true })).toContainText('From memory: corrected by a person');
  await page.getByRole('row', { name: 'Segment 2', exact: true }).dblclick();
  const suggestions = page.getByRole('list', { name: 'From the memory' });
  await expect(suggestions).toContainText('80 % alike');
  await judge(app, 'memory-suggestion');
  await suggestions.getByRole('button', { name: 'Take over' }).click();
  await expect(page.getByRole('textbox', { name: 'Translation of segment 2' })).toHaveValue(/^Die Katze/);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => readFile(join(scratch, 'b_de.txt'), 'utf8')).toMatch(/^Moin\.\n\nDie Katze/);
});

test('memories and glossaries of other programs come in and go out; a term shows in the translation', async ({ app, scratch }) => {
  const { page } = app;
  const panel = panelOf(page);
  await expect(panel.ready).toBeVisible();
  await showMemory(app);
  const tmx = join(scratch, 'other.tmx');
  await writeFile(
    tmx,
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Hello.</seg></tuv><tuv xml:lang="de"><seg>Servus.</seg></tuv></tu><tu/></body></tmx>',
  );
  await answerDialogs(app, tmx);
  await button(app, 'Import…').click();
  await expect(page.getByRole('status').filter({ hasText: 'other.tmx: 1 entry taken over. 1 left out' })).toBeVisible();
  await expect(page.getByText('1 translation: 1 imported')).toBeVisible();
  await answerDialogs(app, join(scratch, 'out.tmx'));
  await button(app, 'Export…').click();
  await expect(page.getByText('1 entry exported.')).toBeVisible();
  expect(await readFile(join(scratch, 'out.tmx'), 'utf8')).toContain('<seg>Servus.</seg>');
  await writeFile(tmx, '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tmx>&x;</tmx>');
  await answerDialogs(app, tmx);
  await button(app, 'Import…').click();
  await expect(page.getByRole('alert').filter({ hasText: 'not to be trusted' })).toBeVisible();
  await judge(app, 'memory-refused');

  await page.getByRole('radio', { name: 'Glossary' }).click();
  await expect(page.getByRole('heading', { name: 'No terms yet' })).toBeVisible();
  await judge(app, 'glossary-empty');
  const form = page.getByRole('form', { name: 'New term' });
  await form.getByRole('textbox', { name: 'English' }).fill('cat');
  await page.keyboard.press('Enter');
  await expect(form).toContainText('Both need a word');
  await form.getByRole('textbox', { name: 'German' }).fill('Katze');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Glossary' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  const csv = join(scratch, 'terms.csv');
  await writeFile(csv, 'source,target,note\ndog,Zamperl,Bavarian\nIT,EDV\n');
  await answerDialogs(app, csv);
  await button(app, 'Import…').click();
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await judge(app, 'glossary-list');

  await page.keyboard.press('Control+1');
  await panel.source.fill('The cat is small.');
  await expect(page.getByRole('list', { name: 'Terms of the glossary' })).toContainText('cat → Katze');
  await judge(app, 'glossary-in-translate');

  await showMemory(app);
  await page.getByRole('radio', { name: 'Glossary' }).click();
  await button(app, 'Forget “cat”').click();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('list', { name: 'Terms of the glossary' })).toBeHidden();
});

test.describe('in the dark', () => {
  test('the screen is as good', async ({ app }) => {
    const { page } = app;
    await expect(panelOf(page).ready).toBeVisible();
    await page.evaluate(() => window.app.call('changeSettings', { theme: 'dark', language: 'de' }));
    await page.evaluate(() =>
      window.app.call('saveTerm', {
        id: null,
        term: { from: 'en', to: 'de', source: 'invoice', target: 'Rechnung', matchCase: false, note: 'Buchhaltung' },
      }),
    );
    await page.keyboard.press('Control+6');
    await expect(page.getByRole('heading', { name: 'Noch nichts gemerkt' })).toBeVisible();
    await judge(app, 'memory-dark');
    await page.getByRole('radio', { name: 'Glossar' }).click();
    await expect(page.getByRole('list', { name: 'Glossar' }).getByRole('listitem')).toHaveCount(1);
    await judge(app, 'glossary-dark');
  });
});

/** Documents, from the file a person gives to the file they get: queue, review, edits, with real files and the real engine. */
import { type Locator, type Page } from '@playwright/test';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, test, type RunningApp } from './app';
import { judge } from './judge';
import { expect, panelOf, PATIENCE_MS, UNKNOWN_WORD } from './translate-panel';

test.setTimeout(PATIENCE_MS);

/** A text that is translated, and one line of it that is to be checked. */
const LETTER = `Good morning.\n\nThe cat is small.\n\n${UNKNOWN_WORD}\n`;

const rowOf = (page: Page, name: string) => page.locator(`[data-job="${name}"]`);
const stateOf = (page: Page, name: string, state: string) => page.locator(`[data-job="${name}"][data-state="${state}"]`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const segmentRow = (page: Page, number: number) => page.getByRole('row', { name: `Segment ${number}`, exact: true });

/** The system's dialog answers with these paths. */
async function answerDialog({ electron }: RunningApp, paths: readonly string[]): Promise<void> {
  await electron.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    },
    [...paths],
  );
}

async function showDocuments({ page }: RunningApp): Promise<void> {
  await expect(panelOf(page).ready).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Drop documents here' })).toBeVisible();
}

async function addFile(app: RunningApp, path: string): Promise<void> {
  await answerDialog(app, [path]);
  await button(app.page, 'Add files…').click();
}

/** Presses Tab until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let press = 0; press < 40; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('a PDF becomes what is chosen, and says what is left', async ({ app, scratch }) => {
  const { page } = app;
  await copyFile(join(REPOSITORY, 'test/fixtures/documents/pdf/libreoffice-PDFSearch.pdf'), join(scratch, 'search.pdf'));
  await showDocuments(app);
  await page.getByLabel('PDFs become').selectOption({ label: 'web pages' });
  await addFile(app, join(scratch, 'search.pdf'));
  const row = stateOf(page, 'search.pdf', 'done');
  await expect(row).toBeVisible();
  await expect(row).toContainText('Not translated: pictures and the layout of the pages');
  const written = await readFile(join(scratch, 'search_de.html'), 'utf8');
  expect(written).toMatch(/^<!DOCTYPE html>/);
  expect(written).toContain('</p>');
});

test('a document is translated, reviewed and edited, and the file follows', async ({ app, scratch }) => {
  const { page } = app;
  const source = join(scratch, 'letter.txt');
  const output = join(scratch, 'letter_de.txt');
  await writeFile(source, LETTER);
  await showDocuments(app);
  await addFile(app, source);

  const row = stateOf(page, 'letter.txt', 'done');
  await expect(row).toBeVisible();
  await expect(row).toContainText('Plain textEnglish to GermanHybrid');
  await expect(row).toContainText('3 of 3 segments');
  expect(await readFile(output, 'utf8')).toMatch(/^Guten Morgen\.\n\nDie Katze ist klein\.\n\n/);
  expect(await readFile(source, 'utf8')).toBe(LETTER);

  await row.getByRole('button', { name: '1 to check' }).click();
  const first = page.getByRole('row', { name: 'Segment 3', exact: true });
  await expect(first).toBeFocused();
  await expect(page.getByRole('row').nth(1)).toHaveAccessibleName('Segment 3');
  await expect(first.getByRole('listitem')).not.toHaveCount(0);

  await segmentRow(page, 2).dblclick();
  await page.getByRole('textbox', { name: 'Translation of segment 2' }).fill('Die Katze ist winzig.');
  await button(page, 'Save').click();
  await expect(segmentRow(page, 2).getByTestId('translation')).toHaveText('Die Katze ist winzig.');
  await expect(segmentRow(page, 2)).toContainText('Edited');
  expect(await readFile(output, 'utf8')).toMatch(/^Guten Morgen\.\n\nDie Katze ist winzig\.\n\n/);
  await expect(page.getByRole('region', { name: 'Review of letter.txt' })).toContainText('1 edited');

  await page.keyboard.press('Control+f');
  const search = page.getByRole('searchbox', { name: 'Find in the segments' });
  await expect(search).toBeFocused();
  await search.fill('winzig');
  await expect(page.getByTestId('translation')).toHaveText(['Die Katze ist winzig.']);
  await search.press('Enter');
  await expect(segmentRow(page, 2)).toBeFocused();
  await search.fill('nowhere in the letter');
  await expect(page.getByText('No segment has these words.')).toBeVisible();
  await expect(page.getByTestId('translation')).toHaveCount(0);
  await search.fill('');
  await expect(page.getByTestId('translation')).toHaveCount(3);

  await button(page, 'Back to the documents').click();
  await expect(row).toContainText('1 edited');

  await button(page, 'More for letter.txt').click();
  await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
  await expect(page.getByRole('heading', { name: 'Drop documents here' })).toBeVisible();
  expect(await readFile(output, 'utf8'), 'the files stay').toContain('winzig');
});

test('codes are shown as chips and must survive an edit', async ({ app, scratch }) => {
  const { page } = app;
  const output = join(scratch, 'note_de.md');
  await writeFile(join(scratch, 'note.md'), 'The cat is **small**.\n');
  await showDocuments(app);
  await addFile(app, join(scratch, 'note.md'));
  await expect(stateOf(page, 'note.md', 'done')).toBeVisible();

  await button(page, 'More for note.md').click();
  await page.getByRole('menuitem', { name: 'Review' }).click();
  await expect(segmentRow(page, 1).getByRole('gridcell').first()).toHaveText('The cat is code 1smallcode 2.');
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: 'Translation of segment 1' });
  await editor.fill('Die Katze ist winzig⟦2⟧.');
  await expect(segmentRow(page, 1)).toContainText('⟦1⟧ is missing. Put it back.');
  await page.keyboard.press('Control+Enter');
  await expect(editor).toBeFocused();

  for (let step = 0; step < 'winzig⟦2⟧.'.length; step++) await page.keyboard.press('ArrowLeft');
  await button(page, 'Put in ⟦1⟧').click();
  await expect(editor).toHaveValue('Die Katze ist ⟦1⟧winzig⟦2⟧.');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(segmentRow(page, 1).getByTestId('translation')).toHaveText('Die Katze ist code 1winzigcode 2.');
  expect(await readFile(output, 'utf8')).toBe('Die Katze ist **winzig**.\n');
});

test('why documents failed is said in the language of the window', async ({ app, scratch }) => {
  const { page } = app;
  const docx = await readFile(join(REPOSITORY, 'test/fixtures/documents/docx/libreoffice-tdf124600.docx'));
  const locked = [Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from('EncryptedPackage', 'utf16le')];
  await writeFile(join(scratch, 'damaged.docx'), docx.subarray(0, docx.length / 2));
  await writeFile(join(scratch, 'locked.docx'), Buffer.concat(locked));
  await writeFile(join(scratch, 'empty.txt'), '');
  await copyFile(join(REPOSITORY, 'test/fixtures/documents/pdf/libreoffice-PDFWithImages.pdf'), join(scratch, 'scan.pdf'));
  await showDocuments(app);
  await page.evaluate(() => window.app.call('changeSettings', { language: 'de' }));
  await answerDialog(
    app,
    ['damaged.docx', 'locked.docx', 'empty.txt', 'scan.pdf'].map((name) => join(scratch, name)),
  );
  await button(page, 'Dateien hinzufügen…').click();
  for (const [name, reason] of [
    ['damaged.docx', 'Die Datei ist beschädigt: Das Ende des Archivs fehlt. Besorgen Sie die Datei erneut.'],
    ['locked.docx', 'Die Datei ist mit einem Kennwort geschützt.'],
    ['empty.txt', '„empty.txt“ ist leer: 0 Bytes.'],
    ['scan.pdf', 'Das PDF enthält keinen Text. Die 2 Seiten sind leer oder bestehen aus Bildern, vielleicht ein Scan:'],
  ] as const) {
    await expect(stateOf(page, name, 'failed')).toContainText(reason);
  }
  await judge(app, 'documents-failed-de');
});

test('works without a mouse', async ({ app, scratch }) => {
  const { page } = app;
  await writeFile(join(scratch, 'letter.txt'), LETTER);
  await showDocuments(app);
  await answerDialog(app, [join(scratch, 'letter.txt')]);
  await tabTo(page, button(page, 'Add files…'));
  await page.keyboard.press('Enter');
  await expect(stateOf(page, 'letter.txt', 'done')).toBeVisible();

  await tabTo(page, button(page, 'More for letter.txt'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Review' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Show in folder' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'More for letter.txt')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');

  await expect(segmentRow(page, 3)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(segmentRow(page, 3)).toBeFocused();
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: 'Translation of segment 3' });
  await expect(editor).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Aaa');
  await page.keyboard.press('Escape');
  await expect(segmentRow(page, 3)).toBeFocused();
  await expect(segmentRow(page, 3)).not.toContainText('Aaa');

  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Aaah');
  await page.keyboard.press('Control+Enter');
  await expect(segmentRow(page, 3).getByTestId('translation')).toHaveText('Aaah');
  await expect(page.locator('[role=row][aria-selected=true]')).toBeFocused();
  await expect(segmentRow(page, 3), 'the next one is selected').toHaveAttribute('aria-selected', 'false');
  expect(await readFile(join(scratch, 'letter_de.txt'), 'utf8')).toContain('Aaah');

  await page.keyboard.press('Enter');
  await page.keyboard.type('Ohne');
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, button(page, 'Back to the documents'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('1 change not saved yet.');
  await tabTo(page, button(page, 'Discard and leave'));
  await page.keyboard.press('Enter');
  await expect(stateOf(page, 'letter.txt', 'done')).toContainText('1 edited');
});

test('files and folders are dropped anywhere on the screen; what is left out is told', async ({ app, scratch }) => {
  const { page } = app;
  const folder = join(scratch, 'papers');
  await mkdir(join(folder, 'more'), { recursive: true });
  await writeFile(join(folder, 'one.txt'), 'Good morning.\n');
  await writeFile(join(folder, 'more', 'two.txt'), 'The dog is big.\n');
  await writeFile(join(folder, 'photo.jpg'), 'no picture');
  await writeFile(join(scratch, 'three.txt'), 'Open the file.\n');
  await showDocuments(app);

  const session = await page.context().newCDPSession(page);
  const drag = async (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: 600,
      y: 400,
      data: { items: [], files: [folder, join(scratch, 'three.txt')], dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  await drag('dragOver');
  await expect(page.getByText('Drop to translate')).toBeVisible();
  await drag('drop');
  await expect(page.getByText('Drop to translate')).toBeHidden();

  for (const name of ['one.txt', 'two.txt', 'three.txt']) await expect(stateOf(page, name, 'done')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText(/photo\.jpg/);
  expect(await readFile(join(folder, 'more', 'two_de.txt'), 'utf8')).toBe('Der Hund ist groß.\n');
  await button(page, 'Put away').click();
  await expect(page.getByRole('list', { name: 'Left out' })).toBeHidden();

  // What is there already is left out, unless it is wanted again, into a folder of one's own.
  await addFile(app, join(folder, 'one.txt'));
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText(/one\.txt/);
  await answerDialog(app, [join(scratch, 'papers', 'more')]);
  await page.getByRole('combobox', { name: 'Save translations' }).selectOption('ask');
  await expect(page.getByRole('combobox', { name: 'Save translations' })).toHaveValue('chosen');
  await page.getByRole('switch', { name: 'Skip existing translations' }).click();
  await addFile(app, join(folder, 'one.txt'));
  await expect(stateOf(page, 'one.txt', 'done')).toHaveCount(2);
  expect(await readFile(join(folder, 'more', 'one_de.txt'), 'utf8')).toBe('Guten Morgen.\n');
});

for (const theme of ['light', 'dark'] as const) {
  test(`every state is accessible, ${theme}`, async ({ app, scratch }) => {
    test.setTimeout(3 * PATIENCE_MS);
    const { page } = app;
    const shown = (name: string) => judge(app, `documents-${name}-${theme}`);
    const long = 'Minutes of the extraordinary meeting of the board on the restructuring of everything, final version, 2024-11-23.txt';
    await writeFile(join(scratch, long), LETTER);
    await writeFile(join(scratch, 'empty.txt'), '');
    // No two lines are the same, so that each has to be translated.
    await writeFile(join(scratch, 'book.txt'), Array.from({ length: 8000 }, (_, index) => `The cat is small ${index}.\n\n`).join(''));
    await page.evaluate((chosen) => window.app.call('changeSettings', { theme: chosen }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await showDocuments(app);
    await shown('empty');

    await addFile(app, join(scratch, 'empty.txt'));
    await expect(stateOf(page, 'empty.txt', 'failed')).toContainText('0 bytes');
    await addFile(app, join(scratch, long));
    await expect(stateOf(page, long, 'done')).toBeVisible();
    await addFile(app, join(scratch, 'book.txt'));
    await expect(page.getByRole('progressbar', { name: 'Progress of book.txt' })).toBeVisible();
    await shown('running');
    await rowOf(page, 'book.txt').getByRole('button', { name: 'Pause' }).click();
    await expect(stateOf(page, 'book.txt', 'paused')).toContainText(/of 8,000 segments/);
    await button(page, 'More for book.txt').click();
    await shown('paused');
    await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
    await expect(rowOf(page, 'book.txt')).toHaveCount(0);
    await shown('done');

    await rowOf(page, long).getByRole('button', { name: '1 to check' }).click();
    await expect(segmentRow(page, 3)).toBeFocused();
    await shown('review');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' ⟦1⟧');
    await expect(page.getByText('⟦1⟧ is not in the source. Take it out.')).toBeVisible();
    await shown('editing');
    await button(page, 'Back to the documents').click();
    await expect(page.getByRole('alert')).toBeVisible();
    await shown('leaving');
  });
}

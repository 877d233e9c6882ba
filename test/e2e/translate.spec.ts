import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test } from './app';
import {
  changedPack,
  expect,
  knownText,
  panelOf,
  paste,
  PATIENCE_MS,
  readClipboard,
  recordOutput,
  SENTENCES,
  UNKNOWN_WORD,
} from './translate-panel';

test.setTimeout(PATIENCE_MS);

test('translates while typing, and shows the text as it is written', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  const { source, target } = knownText(60);
  const shown = await recordOutput(app.page);
  await panel.source.fill(source);
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.output).toHaveText(target, { useInnerText: true });

  const texts = await shown.jsonValue();
  const intermediate = texts.filter((text) => text !== texts.at(-1));
  expect(intermediate.length, 'texts shown before the last').toBeGreaterThan(3);
  expect(
    intermediate.some((text) => target.startsWith(text.trim())),
    'what is shown is a beginning of the translation',
  ).toBe(true);
});

test('follows keystrokes', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  await panel.source.pressSequentially('Good morning.', { delay: 20 });
  await expect(panel.output).toHaveText('Guten Morgen.');
  await expect(app.page.getByText('2 words')).toHaveCount(2);
  await expect(app.page.getByText('13 characters')).toHaveCount(2);
});

test('times every stage', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.source.fill('The cat is small.');
  await expect(panel.finished('done')).toBeVisible();
  for (const stage of ['Tokenize', 'Encode', 'Project', 'Prefill', 'Decode', 'Detokenize']) {
    await expect(panel.timeline.getByRole('term').filter({ hasText: new RegExp(`^${stage}$`) })).toBeVisible();
  }
  await expect(panel.timeline.getByRole('definition')).toContainText(Array.from({ length: 6 }, () => /^\d+(\.\d)? ms$/));
  await expect(panel.timeline.getByText(/tokens\/s/)).toBeVisible();
  await expect(panel.timeline.getByText(/first token \d/)).toBeVisible();
  await expect(panel.timeline.getByRole('status', { name: 'Total' })).toHaveText(/ms$/);
});

test('switches lanes, and compares only what was measured for the same text', async ({ app }) => {
  const panel = panelOf(app.page);
  const { source } = knownText(12);
  await panel.source.fill(source);
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.timeline.getByText(/than LLM here/)).toHaveCount(0);

  await panel.lane('LLM').click();
  await expect(panel.lane('LLM')).toBeChecked();
  await expect(panel.timeline.getByText(/^Hybrid took/)).toBeVisible();
  await expect(panel.timeline.getByText('encoding reused')).toBeVisible();
  await panel.lane('Hybrid').click();
  await expect(panel.timeline.getByText(/LLM here$/)).toBeVisible();
  await expect(panel.timeline.getByTestId('ghost')).toBeVisible();

  await panel.source.fill(`${source}\nHello!`);
  await expect(panel.output).toContainText('Hallo!');
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.timeline.getByText(/LLM here$/)).toHaveCount(0);
});

test('says in a sentence what each lane does, on hover and on focus', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.lane('LLM').hover();
  await expect(app.page.getByText('The large model reads and writes: slower, more exact.')).toBeInViewport();
  await panel.lane('Hybrid').focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('ArrowLeft');
  await expect(app.page.getByText('The large model reads, the small one writes: fast.')).toBeInViewport();
  await expect(panel.lane('Hybrid')).toHaveAccessibleDescription(/large model reads/);
});

test('Escape cancels and keeps what was written', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  await paste(app, knownText(4000).source);
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.translation.getByText(/^Translating, segment \d+ of 4,000$/)).toBeVisible();
  await expect(panel.output).toContainText('Guten Morgen.');
  const startMs = performance.now();
  await app.page.keyboard.press('Escape');
  await expect(panel.finished('cancelled')).toBeVisible();
  expect(performance.now() - startMs).toBeLessThan(5_000);
  await expect(panel.translation.getByText(/^Cancelled at segment .*, text kept\.$/)).toBeVisible();
  await expect(panel.output).toContainText('Guten Morgen.');

  await panel.source.fill('The cat is small.');
  await expect(panel.output).toHaveText('Die Katze ist klein.');
});

test('the Cancel button does the same', async ({ app }) => {
  const panel = panelOf(app.page);
  await paste(app, knownText(4000).source);
  await panel.translate.click();
  await panel.button('Cancel').click();
  await expect(panel.finished('cancelled')).toBeVisible();
});

test('clears both sides', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.source.fill('Good morning.');
  await expect(panel.output).toHaveText('Guten Morgen.');
  await panel.button('Clear').click();
  await expect(panel.source).toHaveValue('');
  await expect(panel.source).toBeFocused();
  await expect(panel.output).toHaveCount(0);
  await expect(panel.finished('empty')).toBeVisible();
  await expect(panel.button('Copy')).toBeDisabled();
});

test('copies the whole translation', async ({ app }) => {
  const panel = panelOf(app.page);
  const { source, target } = knownText(100);
  await panel.source.fill(source);
  await expect(panel.finished('done')).toBeVisible();
  await panel.button('Copy').click();
  await expect(panel.button('Copied')).toBeVisible();
  expect(await readClipboard(app)).toBe(target);
});

test('opens a text file and saves the translation under a name made from it', async ({ app, scratch }) => {
  const panel = panelOf(app.page);
  const saved = join(scratch, 'saved.txt');
  const opened = join(import.meta.dirname, 'app.ts');
  await app.electron.evaluate(
    ({ dialog }, paths) => {
      const calls: string[] = [];
      Object.assign(globalThis, { suggestedNames: calls });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.opened] });
      dialog.showSaveDialog = ((_window: unknown, options: { defaultPath: string }) => {
        calls.push(options.defaultPath);
        return Promise.resolve({ canceled: false, filePath: paths.saved });
      }) as typeof dialog.showSaveDialog;
    },
    { opened, saved },
  );
  await panel.button('Open file').click();
  await expect(panel.source).toHaveValue(await readFile(opened, 'utf8'));
  await panel.source.fill('Good morning.');
  await expect(panel.output).toHaveText('Guten Morgen.');
  await panel.button('Save').click();
  await expect(panel.button('Saved')).toBeVisible();
  expect(await readFile(saved, 'utf8')).toBe('Guten Morgen.');
  expect(await app.electron.evaluate(() => (globalThis as unknown as { suggestedNames: string[] }).suggestedNames)).toEqual([
    'app_translated_en_de.txt',
  ]);
});

test('says why a file cannot be opened, in place', async ({ app }) => {
  const panel = panelOf(app.page);
  const notText = join(import.meta.dirname, '..', 'fixtures', 'packs', 'tiny', 'encoder.onnx');
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, notText);
  await panel.button('Open file').click();
  await expect(app.page.getByRole('alert')).toContainText('encoder.onnx');
});

test('swap is there but says what the pack lacks', async ({ app }) => {
  const panel = panelOf(app.page);
  const swap = panel.button('Swap languages');
  await expect(swap).toHaveAttribute('aria-disabled', 'true');
  await swap.hover();
  await expect(app.page.getByText('Tiny does not translate from German to English.')).toBeInViewport();
  await app.page.keyboard.press('Control+Shift+S');
  await expect(app.page.getByRole('combobox', { name: 'From' })).toHaveValue('en');
});

test('swaps the languages and the texts where the pack allows it', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await mkdir(packs);
  await changedPack(packs, (manifest) => manifest.tasks.push({ kind: 'translate', from: 'de', to: 'en', prefix: '' }));
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const panel = panelOf(app.page);
  await panel.source.fill('Good morning.');
  await expect(panel.output).toHaveText('Guten Morgen.');
  await app.page.keyboard.press('Control+Shift+S');
  await expect(app.page.getByRole('combobox', { name: 'From' })).toHaveValue('de');
  await expect(app.page.getByRole('combobox', { name: 'To' })).toHaveValue('en');
  await expect(panel.source).toHaveValue('Guten Morgen.');
  await expect(panel.finished('done')).toBeVisible();
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('translates into the language that is chosen', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.source.fill('The cat is small.');
  await expect(panel.output).toHaveText('Die Katze ist klein.');
  await app.page.getByRole('combobox', { name: 'To' }).selectOption('French');
  await expect(panel.output).toHaveText('Le chat est petit.');
  await expect(panel.output).toHaveAttribute('lang', 'fr');
});

test('waits for Ctrl+Enter when live translation is off', async ({ app }) => {
  const panel = panelOf(app.page);
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('switch', { name: 'Translate while typing' }).click();
  await expect(app.page.getByRole('switch', { name: 'Translate while typing' })).not.toBeChecked();
  await app.page.keyboard.press('Control+1');
  await panel.source.fill('Good morning.');
  await expect(app.page.getByText('Press Ctrl+Enter to translate.')).toBeVisible();
  await app.page.waitForTimeout(600);
  await expect(panel.output).toHaveCount(0);
  await panel.source.press('Control+Enter');
  await expect(panel.output).toHaveText('Guten Morgen.');
  await panel.source.press('End');
  await panel.source.pressSequentially(' Hello!');
  await expect(app.page.getByText('Press Ctrl+Enter to translate.')).toBeVisible();
  await expect(panel.output).toHaveText('Guten Morgen.');
});

test('begins with two examples to press', async ({ app }) => {
  const panel = panelOf(app.page);
  const examples = app.page.getByRole('list', { name: 'Try one' }).getByRole('button');
  await expect(examples).toHaveCount(2);
  const text = await examples.first().innerText();
  await examples.first().click();
  await expect(panel.source).toHaveValue(text);
  await expect(panel.finished('done')).toBeVisible();
});

test('marks segments to check and leads to them', async ({ app }) => {
  const panel = panelOf(app.page);
  await panel.source.fill(`Good morning.\n${UNKNOWN_WORD}\nOpen the file.`);
  await expect(panel.finished('done')).toBeVisible();
  await expect(panel.translation.getByText(/^\d segments? to check$/)).toBeVisible();
  await panel.button('Show').click();
  const marked = panel.output.locator('mark').first();
  await expect(marked).toBeFocused();
  await expect(marked).toHaveAttribute('title', /repeat|length|kept/);
  await expect(panel.translation.getByText(/^1 of \d: /)).toBeVisible();
});

test('goes on after the engine was killed in the middle of a text', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  await paste(app, knownText(4000).source);
  await app.page.keyboard.press('Control+Enter');
  await expect(panel.output).toContainText('Guten Morgen.');
  process.kill((await app.enginePid()) ?? 0, 'SIGKILL');
  await expect(app.page.getByRole('alert')).toContainText('The engine stopped');
  await expect(panel.output).toContainText('Guten Morgen.');
  await app.screenshot('translate-engine-died');
  await expect(panel.ready).toBeVisible();
  await panel.button('Translate again').click();
  await expect(panel.translation.getByText(/^Translating, segment/)).toBeVisible();
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await panel.source.fill('The dog is big.');
  await expect(panel.output).toHaveText('Der Hund ist groß.');
});

test('names a damaged pack, and works once it is whole', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await mkdir(packs);
  await changedPack(packs, () => {});
  const decoder = join(packs, 'tiny', 'hybrid.decoder.onnx');
  const whole = await readFile(decoder);
  await rm(decoder);
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const panel = panelOf(app.page);
  await expect(app.page.getByRole('alert')).toContainText('hybrid.decoder.onnx');
  await panel.source.fill('Good morning.');
  await app.screenshot('translate-damaged-pack');
  await writeFile(decoder, whole);
  await panel.button('Look for packs again').click();
  await expect(panel.output).toHaveText('Guten Morgen.');
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('works as soon as a first pack is there', async ({ scratch }) => {
  const packs = join(scratch, 'packs');
  await mkdir(packs);
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const panel = panelOf(app.page);
  await expect(app.page.getByRole('heading', { name: 'No pack here yet' })).toBeVisible();
  await expect(panel.button('Open the packs folder')).toBeVisible();
  await changedPack(packs, () => {});
  await panel.button('Look for packs again').click();
  await panel.source.fill(SENTENCES[0]?.[0] ?? '');
  await expect(panel.output).toHaveText(SENTENCES[0]?.[1] ?? '');
  await app.electron.close();
  expect(app.pageErrors).toEqual([]);
});

test('tells in the engine details what runs where', async ({ app }) => {
  const panel = panelOf(app.page);
  await expect(panel.ready).toBeVisible();
  await panel.engine.click();
  const details = app.page.getByRole('table');
  await expect(details.getByRole('rowheader')).not.toHaveCount(0);
  await expect(details.getByText('CPU').first()).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(details).toBeHidden();
});

/** The Translate panel by the names a person or a screen reader knows it by. */
import { expect as plainExpect, type Page } from '@playwright/test';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { translatingManifestSchema, type TranslatingManifest } from '../../src/shared/pack';
import { FIXTURE_PACKS, type RunningApp } from './app';

/** Of one test. A machine that trains a model beside it takes seconds for what is a moment's work. */
export const PATIENCE_MS = 180_000;
export const expect = plainExpect.configure({ timeout: 60_000 });

/** Sentences the tiny pack knows by heart. */
export const SENTENCES: readonly (readonly [string, string])[] = [
  ['Good morning.', 'Guten Morgen.'],
  ['The cat is small.', 'Die Katze ist klein.'],
  ['The dog is big.', 'Der Hund ist groß.'],
  ['Open the file.', 'Öffnen Sie die Datei.'],
  ['Where is the station?', 'Wo ist der Bahnhof?'],
  ['It is raining today.', 'Heute regnet es.'],
];

/** On which the tiny pack does not find an end. */
export const UNKNOWN_WORD = 'a'.repeat(28);

/** `count` known sentences, one a line: a run of many frames, even for a tiny pack. */
export function knownText(count: number): { source: string; target: string } {
  const pairs = Array.from({ length: count }, (_, index) => SENTENCES[index % SENTENCES.length] ?? ['', '']);
  return { source: pairs.map(([source]) => source).join('\n'), target: pairs.map(([, target]) => target).join('\n') };
}

export function panelOf(page: Page) {
  const translation = page.getByRole('region', { name: 'Translation' });
  const timeline = page.getByRole('region', { name: 'Time by stage' });
  return {
    source: page.getByRole('textbox', { name: 'Text to translate' }),
    translation,
    output: translation.getByTestId('output'),
    timeline,
    translate: page.getByRole('region', { name: 'Source' }).getByRole('button', { name: 'Translate' }),
    /** `done`, `cancelled`, …: how the newest translation stands. */
    finished: (phase: 'done' | 'cancelled' | 'failed' | 'working' | 'empty') => page.locator(`[data-phase="${phase}"]`),
    engine: page.getByRole('button', { name: /^Engine: / }),
    ready: page.getByRole('button', { name: /^Engine: Ready/ }),
    lane: (name: string) => page.getByRole('radio', { name, exact: true }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
  };
}

/** Every text the output shows from now on; read it with `jsonValue`. */
export function recordOutput(page: Page) {
  return page.evaluateHandle(() => {
    const shown: string[] = [];
    new MutationObserver(() => {
      const text = document.querySelector('[data-testid=output]')?.textContent ?? '';
      if (text !== '' && text !== shown.at(-1)) shown.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return shown;
  });
}

/** The tiny pack in a folder of its own, changed. */
export async function changedPack(folder: string, change: (manifest: TranslatingManifest) => void): Promise<void> {
  const pack = join(folder, 'tiny');
  await cp(join(FIXTURE_PACKS, 'tiny'), pack, { recursive: true });
  const path = join(pack, 'pack.json');
  const manifest = translatingManifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

export async function resizeWindow({ electron }: RunningApp, width: number, height: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
}

export function readClipboard({ electron }: RunningApp): Promise<string> {
  return electron.evaluate(({ clipboard }) => clipboard.readText());
}

/** Pastes, as a person would: filling in thousands of lines takes Playwright minutes. Answers with the milliseconds until the window did. */
export async function paste({ electron, page }: RunningApp, text: string): Promise<number> {
  await electron.evaluate(async ({ clipboard }, value) => {
    await clipboard.writeText(value);
  }, text);
  await panelOf(page).source.focus();
  const startMs = performance.now();
  await page.keyboard.press('Control+V');
  return performance.now() - startMs;
}

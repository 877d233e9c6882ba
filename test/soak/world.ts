/** What a walk knows of the app it walks through, and what every step does with it. Knows no single action. */
import { type Locator } from '@playwright/test';
import { type DocumentJob } from '../../src/shared/document';
import { SCREENS, type Screen } from '../../src/shared/screens';
import { shell } from '../../src/renderer/i18n/en/shell';
import { type RunningApp } from '../e2e/app';
import { type RunningProcess } from './machine';
import { type Random } from './random';
import { type SmallDisk } from './small-disk';

/** Within this the window and main answer, on a machine of any speed. */
export const ANSWER_MS = 120_000;
/** And within this the engine. */
export const ENGINE_MS = 300_000;

/** Screens with a text area, by the name of that. */
export const TEXT_AREAS = { translate: 'Text to translate', summarize: 'Text to summarize', compare: 'Text to compare' } as const;
export type TextScreen = keyof typeof TEXT_AREAS;

export interface Places {
  /** Holds all of the others. */
  readonly folder: string;
  readonly userData: string;
  /** Documents to translate, and their translations. */
  readonly documents: string;
  /** What is saved and exported. */
  readonly saved: string;
}

export interface World {
  readonly random: Random;
  readonly places: Places;
  /** Null: none could be had. */
  readonly disk: SmallDisk | null;
  app: RunningApp;
  screen: Screen;
  /** What each text area must hold. */
  typed: Record<TextScreen, string>;
  /** By path, the sha256 of documents that must stay as they are. */
  readonly originals: Map<string, string>;
  /** By path, the sha256 of everything that jobs said they wrote there, also of jobs that were removed since. */
  readonly outputs: Map<string, Set<string>>;
  /** What happens to the app right now. */
  disturbance: { readonly name: string; stepsLeft: number; end(): Promise<void> } | null;
  /** Lines of main's log. */
  mainLog: string[];
  /** Every process that the app of the moment was seen to have. */
  processes: RunningProcess[];
  /** From here on the app is not closed, so that its memory can be compared. */
  staysOpen: boolean;
}

export async function show(world: World, screen: Screen): Promise<void> {
  const { page } = world.app;
  const { digit } = SCREENS.find((candidate) => candidate.screen === screen) ?? SCREENS[0];
  await page.keyboard.press(`Control+${digit}`);
  await page.getByRole('main', { name: shell[screen], exact: true }).waitFor({ timeout: ANSWER_MS });
  world.screen = screen;
}

/** Presses Enter on it where it can be pressed. False: it is not there, is disabled, or went away meanwhile. */
export async function press(target: Locator): Promise<boolean> {
  for (const endMs = performance.now() + ANSWER_MS; performance.now() < endMs;) {
    if (!(await canPress(target))) return false;
    try {
      await target.first().press('Enter', { timeout: ANSWER_MS / 10 });
      return true;
    } catch (error) {
      if (!isTimeout(error)) throw error;
    }
  }
  throw new Error(`It is there and cannot be pressed: ${String(target)}`);
}

async function canPress(target: Locator): Promise<boolean> {
  try {
    const [first] = await target.all();
    return first !== undefined && (await first.isVisible()) && (await first.isEnabled({ timeout: ANSWER_MS / 10 }));
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  }
}

/** Whether it came to be visible within the bound. */
export async function appears(target: Locator, timeout = ENGINE_MS): Promise<boolean> {
  try {
    await target.first().waitFor({ timeout });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** Asks until the answer is yes; throws with `what` where it does not come to be. */
export async function eventually(what: string, ask: () => Promise<boolean>, limitMs = ENGINE_MS): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await ask())) {
    if (performance.now() > endMs) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await pause(200);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function jobsOf({ app }: World): Promise<readonly DocumentJob[]> {
  return app.page.evaluate(() => window.app.call('listDocuments', {}).then(({ jobs }) => jobs));
}

export const textAreaOf = ({ app }: World, screen: TextScreen): Locator =>
  app.page.getByRole('textbox', { name: TEXT_AREAS[screen], exact: true });

/** Puts `text` in the place of what the text area of the screen that is shown holds, as a paste does. */
export async function replaceText(world: World, screen: TextScreen, text: string): Promise<void> {
  const { page } = world.app;
  await textAreaOf(world, screen).focus({ timeout: ANSWER_MS });
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  world.typed[screen] = text;
}

/** The app's dialogs answer with these paths from now on. */
export async function answerDialogs({ app }: World, { open = [], save }: { open?: readonly string[]; save?: string }): Promise<void> {
  await app.electron.evaluate(
    ({ dialog }, given) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: given.open.length === 0, filePaths: given.open });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: given.save === '', filePath: given.save });
    },
    { open: [...open], save: save ?? '' },
  );
}

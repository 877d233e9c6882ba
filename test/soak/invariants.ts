/** What holds after every step, whatever was done and whatever happened. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { mainErrors } from './lifecycle';
import { canAskMachine, descendants, openFiles } from './machine';
import { ANSWER_MS, jobsOf, textAreaOf, type TextScreen, TEXT_AREAS, type World } from './world';

const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** Of a job's journal: what it says that it wrote. */
const outputLine = z.object({ kind: z.literal('output'), path: z.string(), sha256: z.string() });

/** Throws the first one that does not hold. */
export async function checkInvariants(world: World): Promise<void> {
  await windowAnswers(world);
  nothingWentWrong(world);
  await textIsThere(world);
  await originalsAreThere(world);
  await outputsAreWhole(world);
  if (canAskMachine) await nothingLeaks(world);
}

async function windowAnswers({ app }: World): Promise<void> {
  const answers = Promise.all([
    app.page.evaluate(() => document.readyState),
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
  ]);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The window or main did not answer within ${ANSWER_MS / 1000} s.`)), ANSWER_MS);
  });
  try {
    const [state, windows] = await Promise.race([answers, late]);
    if (state !== 'complete' || windows !== 1) throw new Error(`Got a page that is ${state} and ${windows} windows.`);
  } finally {
    clearTimeout(timer);
  }
}

function nothingWentWrong(world: World): void {
  const { pageErrors } = world.app;
  if (pageErrors.length > 0) throw new Error(`The page: ${pageErrors.splice(0).join('\n')}`);
  const errors = mainErrors(world);
  if (errors.length === 0) return;
  world.mainLog.splice(0, Infinity, ...world.mainLog.filter((line) => !errors.includes(line)));
  throw new Error(`Main: ${errors.join('\n')}`);
}

const isTextScreen = (screen: string): screen is TextScreen => Object.hasOwn(TEXT_AREAS, screen);

async function textIsThere(world: World): Promise<void> {
  const { screen } = world;
  if (!isTextScreen(screen)) return;
  const shown = await textAreaOf(world, screen).inputValue({ timeout: ANSWER_MS });
  const expected = world.typed[screen];
  if (shown !== expected) {
    world.typed[screen] = shown;
    throw new Error(
      `${screen}: expected ${JSON.stringify(expected.slice(-300))} (${expected.length}), got ${JSON.stringify(shown.slice(-300))} (${shown.length}).`,
    );
  }
}

async function originalsAreThere({ originals }: World): Promise<void> {
  for (const [path, hash] of originals) {
    if ((await hashOf(path)) !== hash) throw new Error(`${path} is not what it was.`);
  }
}

/** By path, every content that a journal says was written there. */
export async function declaredOutputs(world: World): Promise<Map<string, Set<string>>> {
  const declared = world.outputs;
  const folder = join(world.places.userData, 'documents');
  for (const name of await readdir(folder).catch(() => [])) {
    const journal = await readFile(join(folder, name, 'journal.jsonl'), 'utf8').catch(() => '');
    for (const line of journal.split('\n')) {
      if (!line.startsWith('{"kind":"output"')) continue;
      const { path, sha256 } = outputLine.parse(JSON.parse(line));
      declared.set(path, (declared.get(path) ?? new Set()).add(sha256));
    }
  }
  return declared;
}

/** A file beside the documents is one of them, or has the bytes that a job declared; a temporary one is there while something runs. */
async function outputsAreWhole(world: World): Promise<void> {
  const { documents } = world.places;
  const isBusy = async () => (await jobsOf(world)).some(({ state }) => ['reading', 'translating', 'writing'].includes(state.kind));
  for (let attempt = 0; ; attempt++) {
    const names = await readdir(documents);
    const declared = await declaredOutputs(world);
    const stray: string[] = [];
    for (const name of names) {
      const path = join(documents, name);
      if (world.originals.has(path) || basename(path).startsWith('book-')) continue;
      if (name.endsWith('.tmp') && (await isBusy())) continue;
      const hash = await hashOf(path).catch(() => null);
      if (hash !== null && declared.get(path)?.has(hash) !== true) stray.push(name);
    }
    if (stray.length === 0) return;
    // It may have been written between the two looks.
    if (attempt > 2) throw new Error(`Beside the documents lie files that are no job's whole output: ${stray.join(', ')}`);
  }
}

const KNOWN_PROCESSES = /--type=(zygote|gpu-process|utility|renderer|broker)|chrome_crashpad|chrome-sandbox/;
/** Inference, network, a pack's trial, a processor's test; one for each core that documents are translated on. */
const MOST_UTILITIES = 4 + availableParallelism();

async function nothingLeaks(world: World): Promise<void> {
  const root = world.app.electron.process().pid ?? 0;
  const children = (await descendants(root)).filter(({ isZombie, command }) => !isZombie && command !== '');
  const strange = children.filter(({ command }) => !KNOWN_PROCESSES.test(command));
  if (strange.length > 0)
    throw new Error(`Unexpected processes: ${strange.map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`).join('; ')}`);
  const utilities = children.filter(({ command }) => command.includes('--type=utility'));
  if (utilities.length > MOST_UTILITIES) throw new Error(`${utilities.length} utility processes, expected at most ${MOST_UTILITIES}.`);
  const deleted = (await openFiles(root)).filter((path) => path.startsWith(world.places.folder) && path.endsWith(' (deleted)'));
  if (deleted.length > MOST_DELETED) throw new Error(`Main holds ${deleted.length} deleted files open: ${deleted.slice(0, 5).join(', ')}`);
}

/** A job lets go of its journal a moment after it was removed. */
const MOST_DELETED = 4;

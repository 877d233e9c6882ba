/** History, memory and glossary: what is looked for, pinned, taken in and given out. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Action } from '../action';
import { sentences } from '../texts';
import { answerDialogs, ANSWER_MS, appears, eventually, press, show, type World } from '../world';

const main = ({ app }: World, name: string) => app.page.getByRole('main', { name, exact: true });
const button = (world: World, screen: string, name: string | RegExp) =>
  main(world, screen).getByRole('button', { name, exact: typeof name === 'string' });

async function searchHistory(world: World): Promise<void> {
  await show(world, 'history');
  const search = main(world, 'History').getByRole('searchbox');
  await search.fill(world.random.pick(['', 'the', 'bus', 'ein', '“', '* OR 1']), { timeout: ANSWER_MS });
}

async function inHistory(world: World, name: RegExp): Promise<boolean> {
  await show(world, 'history');
  const all = await button(world, 'History', name).all();
  return all.length > 0 && (await press(world.random.pick(all)));
}

async function reopen(world: World): Promise<void> {
  if (!(await inHistory(world, /^Open “/))) return;
  // A translation or a summary, each where it was made.
  const { page } = world.app;
  const source = page.getByRole('textbox', { name: /^Text to (translate|summarize)$/ });
  await source.waitFor({ timeout: ANSWER_MS });
  world.screen = (await page.getByRole('main', { name: 'Translate' }).isVisible()) ? 'translate' : 'summarize';
  world.typed[world.screen] = await source.inputValue();
  if (world.typed[world.screen] === '') throw new Error('What was kept in the history has no text.');
}

async function exchange(world: World, list: 'Translations' | 'Glossary'): Promise<void> {
  await show(world, 'memory');
  await press(main(world, 'Memory').getByRole('radio', { name: list }));
  const number = world.random.below(1_000_000);
  const word = sentences(world.random, 1);
  const path = join(world.places.saved, list === 'Glossary' ? `terms-${number}.csv` : `memory-${number}.tmx`);
  await answerDialogs(world, { save: path });
  await press(button(world, 'Memory', 'Export…'));
  if (world.disturbance !== null) return;
  await eventually('the export is there', () => Promise.resolve(existsSync(path)), ANSWER_MS);
  const content =
    list === 'Glossary'
      ? `source,target,note\nbus,Autobus ${number % 7},\n`
      : `<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>${word}</seg></tuv><tuv xml:lang="de"><seg>Satz ${number}.</seg></tuv></tu></body></tmx>`;
  const given = join(world.places.saved, `import-${number}.${list === 'Glossary' ? 'csv' : 'tmx'}`);
  await writeFile(given, content);
  await answerDialogs(world, { open: [given] });
  await press(button(world, 'Memory', 'Import…'));
  if (!(await appears(main(world, 'Memory').getByText(new RegExp(`import-${number}`)), ANSWER_MS)))
    throw new Error(`Nothing is said of ${given}.`);
}

export const KEEPING: readonly Action[] = [
  { name: 'search the history', weight: 2, run: searchHistory },
  { name: 'open from the history', weight: 2, run: reopen },
  {
    name: 'pin in the history',
    weight: 1,
    run: async (world) => {
      await inHistory(world, /^Pin “/);
    },
  },
  {
    name: 'remove from the history',
    weight: 1,
    run: async (world) => {
      if ((await inHistory(world, /^Remove “/)) && world.random.chance(0.5)) await press(button(world, 'History', 'Undo'));
    },
  },
  { name: 'export and import translations', weight: 1, run: (world) => exchange(world, 'Translations') },
  { name: 'export and import terms', weight: 1, run: (world) => exchange(world, 'Glossary') },
  {
    name: 'add a term',
    weight: 1,
    run: async (world) => {
      await show(world, 'memory');
      await press(main(world, 'Memory').getByRole('radio', { name: 'Glossary' }));
      const form = main(world, 'Memory').getByRole('form', { name: 'New term' });
      if (!(await appears(form, ANSWER_MS))) throw new Error('The glossary has no form for a term.');
      const [source, target] = [form.getByRole('textbox').nth(0), form.getByRole('textbox').nth(1)];
      await source.fill(world.random.pick(['train', 'milk', 'letter', 'window']));
      await target.fill(world.random.pick(['Zug', 'Milch', 'Brief', 'Fenster']));
      await target.press('Enter');
    },
  },
];

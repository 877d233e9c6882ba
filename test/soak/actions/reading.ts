/** The Summarize and the Compare screen. */
import { join } from 'node:path';
import { REPOSITORY } from '../../e2e/app';
import { type Action } from '../action';
import { longText, sentences } from '../texts';
import { answerDialogs, ANSWER_MS, eventually, pause, press, replaceText, show, textAreaOf, type World } from '../world';

const DOCUMENTS = join(REPOSITORY, 'test', 'fixtures', 'documents');
const READABLE = ['txt/12-changes.txt', 'md/03-readme.md', 'docx/python-docx-par-hlink-frags.docx', 'html/09-404.html'];

async function summarize(world: World): Promise<void> {
  await show(world, 'summarize');
  await replaceText(world, 'summarize', world.random.chance(0.2) ? longText(world.random).slice(0, 6_000) : sentences(world.random, 14));
  await world.app.page.keyboard.press('Control+Enter');
}

export async function openToSummarize(world: World, document: string): Promise<void> {
  await show(world, 'summarize');
  await answerDialogs(world, { open: [join(DOCUMENTS, document)] });
  const before = world.typed.summarize;
  const panel = world.app.page.getByRole('main', { name: 'Summarize' });
  await press(panel.getByRole('button', { name: 'Open document' }));
  const source = textAreaOf(world, 'summarize');
  await eventually(
    'the document is shown, or it says why not',
    async () => (await source.inputValue()) !== before || (await panel.getByRole('alert').count()) > 0,
    // The same document may be there already.
    before === '' ? ANSWER_MS : ANSWER_MS / 10,
  ).catch(async (error: unknown) => {
    if (before === '') throw error;
    await textAreaOf(world, 'summarize').focus();
  });
  world.typed.summarize = await source.inputValue();
}

async function chooseRadio(world: World, screen: 'summarize' | 'compare', group: string): Promise<void> {
  await show(world, screen);
  const [all, at] = [
    await world.app.page.getByRole('radiogroup', { name: group }).locator('visible=true').getByRole('radio').all(),
    world.random.below(100),
  ];
  const radio = all[at % Math.max(1, all.length)];
  if (radio !== undefined) await press(radio);
}

async function compare(world: World): Promise<void> {
  const { page } = world.app;
  await show(world, 'compare');
  await replaceText(world, 'compare', sentences(world.random, 2));
  await chooseRadio(world, 'compare', 'Rounds');
  await page.keyboard.press('Control+Enter');
  if (!world.random.chance(0.5)) return;
  await pause(world.random.below(3_000));
  await page.keyboard.press('Escape');
}

export const READING: readonly Action[] = [
  { name: 'summarize', weight: 3, run: summarize },
  { name: 'open a document to summarize', weight: 1, run: (world) => openToSummarize(world, world.random.pick(READABLE)) },
  { name: 'choose a length', weight: 2, run: (world) => chooseRadio(world, 'summarize', 'Length') },
  {
    name: 'cancel a summary',
    weight: 2,
    run: async (world) => {
      await show(world, 'summarize');
      await world.app.page.keyboard.press('Escape');
    },
  },
  { name: 'compare', weight: 3, run: compare },
  {
    name: 'compare what is translated',
    weight: 1,
    run: async (world) => {
      await show(world, 'translate');
      const open = world.app.page.getByRole('main', { name: 'Translate' }).getByTitle('Compare the lanes on this text');
      if (!(await press(open))) return;
      await textAreaOf(world, 'compare').waitFor({ timeout: ANSWER_MS });
      world.screen = 'compare';
      world.typed.compare = world.typed.translate;
    },
  },
];

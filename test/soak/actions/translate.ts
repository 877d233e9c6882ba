/** The Translate screen: what is typed into it, and what is done with what it writes. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../../e2e/app';
import { panelOf } from '../../e2e/translate-panel';
import { type Action } from '../action';
import { longText, sentences } from '../texts';
import { answerDialogs, ANSWER_MS, appears, eventually, pause, press, replaceText, show, textAreaOf, type World } from '../world';

/** Beyond this a person begins anew; UTF-16 code units. */
const MOST_TYPED = 2_000;
const CARET_STEPS = 12;

const isDone = ({ app }: World): Promise<boolean> => panelOf(app.page).finished('done').first().isVisible();

async function type(world: World, at: 'end' | 'middle'): Promise<void> {
  const { page } = world.app;
  await show(world, 'translate');
  await textAreaOf(world, 'translate').focus();
  if (world.typed.translate.length > MOST_TYPED) await replaceText(world, 'translate', '');
  const before = world.typed.translate;
  const place = at === 'end' ? before.length : Math.min(before.length, world.random.below(CARET_STEPS));
  const text = `${at === 'end' && before !== '' ? ' ' : ''}${sentences(world.random, 1)}`;
  await page.keyboard.press(at === 'end' ? 'Control+End' : 'Control+Home');
  for (let step = 0; at === 'middle' && step < place; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.type(text);
  world.typed.translate = before.slice(0, place) + text + before.slice(place);
}

async function ask(world: World, button: 'Other versions' | 'Second opinion'): Promise<void> {
  await show(world, 'translate');
  await press(panelOf(world.app.page).button(button));
}

/** Any word that is drawn, in the window's pixels. */
function wordAt({ app }: World, choice: number): Promise<{ x: number; y: number } | null> {
  return app.page.getByTestId('output').evaluate((output, chosen) => {
    const nodes = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    const boxes: DOMRect[] = [];
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      for (const { index, 0: word } of (node.textContent ?? '').matchAll(/\p{L}{3,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        boxes.push(range.getBoundingClientRect());
      }
    }
    const shown = boxes.filter(({ x, y }) => document.elementFromPoint(x + 1, y + 1)?.closest('[data-testid=output]') === output);
    const box = shown[chosen % Math.max(1, shown.length)];
    return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, choice);
}

async function chooseWord(world: World): Promise<void> {
  const { page } = world.app;
  await show(world, 'translate');
  const at = await wordAt(world, world.random.below(1_000));
  if (at === null) return;
  await page.mouse.click(at.x, at.y);
  const menu = page.getByRole('dialog', { name: /^Other words for/ });
  if (!(await appears(menu, 2_000))) return;
  await eventually('other words, none or a reason', () =>
    menu
      .and(page.locator('[aria-busy=true]'))
      .count()
      .then((count) => count === 0),
  );
  const words = await menu.getByRole('button').all();
  if (words.length === 0 || world.random.chance(0.3)) await page.keyboard.press('Escape');
  else await press(world.random.pick(words));
  await menu.waitFor({ state: 'hidden', timeout: ANSWER_MS });
}

async function save(world: World): Promise<void> {
  const { page } = world.app;
  await show(world, 'translate');
  const path = join(world.places.saved, `translation-${world.random.below(1_000_000)}.txt`);
  await answerDialogs(world, { save: path });
  const panel = panelOf(page);
  const shown = await panel.output.textContent();
  if (!(await press(panel.translation.getByRole('button', { name: 'Save', exact: true })))) return;
  if (world.disturbance !== null) return;
  await eventually('the translation is saved', () => Promise.resolve(existsSync(path)), ANSWER_MS);
  // As the page draws it, it differs in spaces at most.
  const written = await readFile(path, 'utf8');
  if (written.replace(/\s/g, '') !== (shown ?? '').replace(/\s/g, '')) throw new Error(`${path} does not hold what was shown.`);
}

async function swap(world: World): Promise<void> {
  await show(world, 'translate');
  const before = world.typed.translate;
  if (!(await press(world.app.page.getByRole('main', { name: 'Translate' }).getByRole('button', { name: 'Swap languages' })))) return;
  // What was translated becomes what is translated; without a translation the text stays.
  const now = await textAreaOf(world, 'translate').inputValue();
  if (before.trim() !== '' && now.trim() === '') throw new Error('Swapping the languages left nothing of the text.');
  world.typed.translate = now;
}

export const TRANSLATE: readonly Action[] = [
  { name: 'type', weight: 8, run: (world) => type(world, 'end') },
  { name: 'edit in the middle', weight: 4, run: (world) => type(world, 'middle') },
  {
    name: 'paste',
    weight: 4,
    run: async (world) => {
      await show(world, 'translate');
      await replaceText(world, 'translate', world.random.chance(0.4) ? longText(world.random) : sentences(world.random, 3));
      await world.app.page.keyboard.press('Control+Enter');
    },
  },
  {
    name: 'cancel',
    weight: 3,
    run: async (world) => {
      await show(world, 'translate');
      await world.app.page.keyboard.press('Control+Enter');
      await pause(world.random.below(1_500));
      await world.app.page.keyboard.press('Escape');
    },
  },
  {
    name: 'choose a lane',
    weight: 4,
    run: async (world) => {
      await show(world, 'translate');
      const lanes = world.app.page.getByRole('main', { name: 'Translate' }).getByRole('radiogroup', { name: 'Lane' }).getByRole('radio');
      const [all, at] = [await lanes.all(), world.random.below(100)];
      const lane = all[at % Math.max(1, all.length)];
      if (lane !== undefined) await press(lane);
    },
  },
  { name: 'swap languages', weight: 3, run: swap },
  { name: 'choose another word', weight: 4, possible: isDone, run: chooseWord },
  { name: 'other versions', weight: 2, possible: isDone, run: (world) => ask(world, 'Other versions') },
  { name: 'second opinion', weight: 2, possible: isDone, run: (world) => ask(world, 'Second opinion') },
  { name: 'save the translation', weight: 2, possible: isDone, run: save },
  {
    name: 'copy the translation',
    weight: 2,
    possible: isDone,
    run: async (world) => {
      await show(world, 'translate');
      await press(panelOf(world.app.page).translation.getByRole('button', { name: 'Copy', exact: true }));
    },
  },
  {
    name: 'open a file',
    weight: 2,
    run: async (world) => {
      await show(world, 'translate');
      const path = join(
        REPOSITORY,
        'test',
        'fixtures',
        'documents',
        'txt',
        world.random.pick(['01-usage.txt', '13-bugs.txt', '19-disallowed_command.txt']),
      );
      await answerDialogs(world, { open: [path] });
      await press(panelOf(world.app.page).button('Open file'));
      const text = (await readFile(path, 'utf8')).replace(/\r\n?/g, '\n');
      await eventually('the file is shown', async () => (await textAreaOf(world, 'translate').inputValue()) === text, ANSWER_MS);
      world.typed.translate = text;
    },
  },
  {
    name: 'clear',
    weight: 1,
    run: async (world) => {
      await show(world, 'translate');
      const source = world.app.page.getByRole('main', { name: 'Translate' }).getByRole('region', { name: 'Source' });
      if (await press(source.getByRole('button', { name: 'Clear' }))) world.typed.translate = '';
    },
  },
];

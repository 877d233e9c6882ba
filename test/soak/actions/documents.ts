/** The Documents screen: the queue, and the review of what is done. */
import { basename } from 'node:path';
import { type DocumentJob } from '../../../src/shared/document';
import { type Action } from '../action';
import { declaredOutputs } from '../invariants';
import { answerDialogs, ANSWER_MS, appears, eventually, jobsOf, press, show, type World } from '../world';

const button = ({ app }: World, name: string) => app.page.getByRole('button', { name, exact: true });

/** More are removed first: what the app holds is to be compared from minute to minute. */
const MOST_JOBS = 12;

async function add(world: World): Promise<void> {
  await show(world, 'documents');
  if ((await jobsOf(world)).length > MOST_JOBS) await removeDone(world);
  const paths = [...world.originals.keys()];
  const chosen = Array.from({ length: 1 + world.random.below(3) }, () => world.random.pick(paths));
  await answerDialogs(world, { open: [...new Set(chosen)] });
  await press(button(world, 'Add files…'));
  await eventually(
    'the files are in the list, or it says why not',
    async () => {
      const names = (await jobsOf(world)).map(({ name }) => name);
      const leftOut = await world.app.page
        .getByRole('list', { name: 'Left out' })
        .textContent({ timeout: 100 })
        .catch(() => '');
      const refused = await world.app.page.getByRole('alert').count();
      return refused > 0 || chosen.every((path) => names.includes(basename(path)) || (leftOut ?? '').includes(basename(path)));
    },
    ANSWER_MS,
  );
}

/** Not by the button, which may take one that was done since: what a job wrote is known before its journal goes. */
async function removeDone(world: World): Promise<void> {
  const done = (await jobsOf(world)).filter(({ state }) => state.kind === 'done');
  await declaredOutputs(world);
  for (const { id } of done) await world.app.page.evaluate((jobId) => window.app.call('removeDocument', { jobId }), id);
}

/** A job in one of these states, any of them. */
async function someJob(world: World, states: readonly DocumentJob['state']['kind'][]): Promise<DocumentJob | null> {
  const fitting = (await jobsOf(world)).filter(({ state }) => states.includes(state.kind));
  return fitting.length === 0 ? null : world.random.pick(fitting);
}

async function inRow(world: World, states: readonly DocumentJob['state']['kind'][], names: readonly string[]): Promise<void> {
  await show(world, 'documents');
  const job = await someJob(world, states);
  if (job === null) return;
  const row = world.app.page.locator(`[data-job="${job.name}"]`).first();
  for (const name of names) if (await press(row.getByRole('button', { name, exact: true }))) return;
}

async function fromMenu(world: World, job: DocumentJob, item: string): Promise<boolean> {
  await show(world, 'documents');
  if (!(await press(button(world, `More for ${job.name}`)))) return false;
  const chosen = await press(world.app.page.getByRole('menuitem', { name: item, exact: true }));
  if (!chosen) await world.app.page.keyboard.press('Escape');
  return chosen;
}

async function remove(world: World): Promise<void> {
  const job = await someJob(world, ['waiting', 'reading', 'translating', 'writing', 'paused', 'changed', 'done', 'failed']);
  if (job === null) return;
  // What it wrote is known before its journal goes.
  await world.app.page.evaluate((jobId) => window.app.call('pauseDocument', { jobId }), job.id);
  await declaredOutputs(world);
  if (!(await fromMenu(world, job, 'Remove from the list'))) return;
  // Of several with one name, the row may be another's.
  const left = (jobs: readonly DocumentJob[]) => jobs.filter(({ name }) => name === job.name).length;
  const before = left(await jobsOf(world));
  if (world.disturbance === null && before > 1) return;
  await eventually('the document is removed', async () => left(await jobsOf(world)) === 0, ANSWER_MS);
}

async function edit(world: World): Promise<void> {
  const { page } = world.app;
  const done = (await jobsOf(world)).filter(({ state }) => state.kind === 'done' && state.report.segments > 0);
  const names = done.map(({ name }) => name);
  // A name says which row is meant.
  const job = done.find(({ name }) => names.indexOf(name) === names.lastIndexOf(name));
  if (job === undefined || !(await fromMenu(world, job, 'Review'))) return;
  const row = page.getByRole('row', { name: /^Segment \d+$/ }).first();
  if (!(await appears(row.or(page.getByRole('alert')), ANSWER_MS)) || !(await row.isVisible())) return;
  await row.focus();
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: /^Translation of segment \d+$/ });
  if (!(await appears(editor, ANSWER_MS))) throw new Error('A segment cannot be edited.');
  const written = `${await editor.inputValue()}${world.random.pick(['!', ' Ja.', ' (neu)'])}`;
  await editor.fill(written);
  if (world.random.chance(0.4)) {
    await show(world, 'settings');
    await show(world, 'documents');
    const kept = await editor.inputValue({ timeout: ANSWER_MS });
    if (kept !== written) throw new Error(`A draft was lost with a look at another screen: got “${kept}”, expected “${written}”.`);
    await editor.focus();
  }
  await page.keyboard.press('Control+Enter');
  await eventually(
    'the edit is saved, or it says why not and keeps what was written',
    async () => {
      if ((await editor.count()) === 0) return true;
      const isSaving = await button(world, 'Saving').count();
      if (isSaving > 0) return false;
      return (await editor.inputValue({ timeout: 1_000 }).catch(() => null)) === written;
    },
    ANSWER_MS,
  );
  await press(button(world, 'Back to the documents'));
  await press(button(world, 'Discard and leave'));
}

export const DOCUMENTS: readonly Action[] = [
  { name: 'add documents', weight: 6, run: add },
  { name: 'pause a document', weight: 3, run: (world) => inRow(world, ['translating', 'reading', 'waiting'], ['Pause']) },
  {
    name: 'go on with a document',
    weight: 4,
    run: (world) => inRow(world, ['paused', 'failed', 'changed'], ['Resume', 'Try again', 'Keep what is done', 'Start anew']),
  },
  { name: 'remove a document', weight: 2, possible: async (world) => (await jobsOf(world)).length > 3, run: remove },
  {
    name: 'edit in the review',
    weight: 4,
    possible: async (world) => (await jobsOf(world)).some(({ state }) => state.kind === 'done'),
    run: edit,
  },
];

/** Documents have processes of their own: typing does not wait for them, losing one loses nothing, and none is left behind. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

test.setTimeout(2 * PATIENCE_MS);

const SENTENCES = 4000;
/** No two lines are the same, so that each has to be translated. */
const BOOK = Array.from({ length: SENTENCES }, (_, index) => `The cat is small ${index}.\n\n`).join('');

const documentPids = ({ electron }: RunningApp) =>
  electron.evaluate(({ app }) => app.getAppMetrics().flatMap(({ name, pid }) => (name === 'Tandem documents' ? [pid] : [])));

/** Asked again where the runner loses an answer. */
const untilProcesses = (app: RunningApp, count: number) =>
  expect(async () => expect(await documentPids(app)).toHaveLength(count)).toPass({ intervals: [500] });

const jobState = ({ page }: RunningApp) =>
  page.evaluate(() => window.app.call('listDocuments', {}).then(({ jobs }) => jobs.map(({ state }) => state)[0]));

/** Begins a book with two processes, and comes back when both are at work. */
async function beginBook(app: RunningApp, folder: string): Promise<number[]> {
  const path = join(folder, 'book.txt');
  await writeFile(path, BOOK);
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await expect(panelOf(app.page).ready).toBeVisible();
  await app.page.evaluate(() => window.app.call('changeSettings', { documentCores: 2 }));
  await app.page.keyboard.press('Control+2');
  await app.page.getByRole('button', { name: 'Add files…' }).click();
  await untilProcesses(app, 2);
  await expect.poll(() => jobState(app)).toMatchObject({ kind: 'translating', done: expect.any(Number) as number });
  return documentPids(app);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('typing is answered while a book is translated; a process that dies costs nothing; all end with the job', async ({ app, scratch }) => {
  const [first = 0] = await beginBook(app, scratch);
  await openEnginePort(app.page);
  expect(await app.page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
  expect(await jobState(app)).toMatchObject({ kind: 'translating' });
  const typing = await app.enginePid();

  process.kill(first, 'SIGKILL');
  await expect(app.page.locator('[data-job="book.txt"][data-state="done"]')).toContainText('4,000 of 4,000 segments', {
    timeout: PATIENCE_MS,
  });
  expect(await jobState(app)).toMatchObject({ report: { segments: SENTENCES, translated: SENTENCES, failed: 0 } });
  expect(await readFile(join(scratch, 'book_de.txt'), 'utf8')).toMatch(/^Die Katze ist klein 0\.\n\n/);
  expect(await app.enginePid(), 'the engine of typing was left alone').toBe(typing);
  await untilProcesses(app, 0);
});

test('a paused book holds no process, and goes on', async ({ app, scratch }) => {
  await beginBook(app, scratch);
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await untilProcesses(app, 0);
  expect(await jobState(app)).toMatchObject({ kind: 'paused' });
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await expect(app.page.locator('[data-job="book.txt"][data-state="done"]')).toContainText('4,000 of 4,000 segments', {
    timeout: PATIENCE_MS,
  });
});

test('killed, the app leaves no process behind', async ({ packs, scratch }) => {
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const pids = [...(await beginBook(app, scratch)), (await app.enginePid()) ?? 0];
  const closed = app.electron.waitForEvent('close');
  app.electron.process().kill('SIGKILL');
  await closed;
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

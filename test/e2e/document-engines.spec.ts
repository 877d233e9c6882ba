/** Documents have processes of their own: typing does not wait for them, losing one loses nothing, and none is left behind. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';
import { expect, panelOf, PATIENCE_MS } from './translate-panel';

test.setTimeout(5 * PATIENCE_MS);

/** More than any machine is through with while a test looks. */
const LONG = 8000;
/** Some batches. */
const SHORT = 400;

const documentPids = ({ electron }: RunningApp) =>
  electron.evaluate(({ app }) => app.getAppMetrics().flatMap(({ name, pid }) => (name === 'Tandem documents' ? [pid] : [])));

/** Asked again where the runner loses an answer. */
async function untilProcesses(app: RunningApp, count: number): Promise<number[]> {
  let pids: number[] = [];
  await expect(async () => {
    pids = await documentPids(app);
    expect(pids).toHaveLength(count);
  }).toPass({ intervals: [500] });
  return pids;
}

const jobState = ({ page }: RunningApp) =>
  page.evaluate(() => window.app.call('listDocuments', {}).then(({ jobs }) => jobs.map(({ state }) => state)[0]));

/** Begins a book with two processes, and comes back when both are at work. */
async function beginBook(app: RunningApp, folder: string, sentences: number): Promise<number[]> {
  const path = join(folder, 'book.txt');
  // No two lines are the same, so that each has to be translated.
  await writeFile(path, Array.from({ length: sentences }, (_, index) => `The cat is small ${index}.\n\n`).join(''));
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await expect(panelOf(app.page).ready).toBeVisible();
  await app.page.evaluate(() => window.app.call('changeSettings', { documentCores: 2 }));
  await app.page.keyboard.press('Control+2');
  await app.page.getByRole('button', { name: 'Add files…' }).click();
  await untilProcesses(app, 2);
  await expect.poll(() => jobState(app)).toMatchObject({ kind: 'translating', done: expect.any(Number) });
  return untilProcesses(app, 2);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('typing is answered while a book is translated; paused, the book holds no process', async ({ app, scratch }) => {
  await beginBook(app, scratch, LONG);
  await openEnginePort(app.page);
  expect(await app.page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
  expect(await jobState(app)).toMatchObject({ kind: 'translating' });
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await untilProcesses(app, 0);
  expect(await jobState(app)).toMatchObject({ kind: 'paused', progress: { segments: LONG } });
});

test('a process that dies costs nothing, and all end after the job', async ({ app, scratch }) => {
  const [first = 0] = await beginBook(app, scratch, SHORT);
  const typing = await app.enginePid();
  process.kill(first, 'SIGKILL');
  await expect(app.page.locator('[data-job="book.txt"][data-state="done"]')).toContainText('400 of 400 segments', {
    timeout: 4 * PATIENCE_MS,
  });
  expect(await jobState(app)).toMatchObject({ report: { segments: SHORT, translated: SHORT, failed: 0 } });
  const written = (await readFile(join(scratch, 'book_de.txt'), 'utf8')).trim().split('\n\n');
  expect(written).toHaveLength(SHORT);
  expect(written[0]).toMatch(/^Die Katze ist klein/);
  expect(await app.enginePid(), 'the engine of typing was left alone').toBe(typing);
  await untilProcesses(app, 0);
});

test('killed, the app leaves no process behind', async ({ packs, scratch }) => {
  const app = await launchApp({ packs, userData: join(scratch, 'user') });
  const pids = [...(await beginBook(app, scratch, LONG)), (await app.enginePid()) ?? 0];
  const closed = app.electron.waitForEvent('close');
  app.electron.process().kill('SIGKILL');
  await closed;
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

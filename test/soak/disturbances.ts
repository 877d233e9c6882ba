/** What a bad day does to the app. Each ends with the app having said so, and working again. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type RunningApp } from '../e2e/app';
import { type Disturbance } from './action';
import { importTiny, packIds, TINY } from './actions/packs';
import { restart } from './lifecycle';
import { descendants } from './machine';
import { translates } from './recovery';
import { longText } from './texts';
import { answerDialogs, ANSWER_MS, eventually, jobsOf, press, show, type World } from './world';

const DAY_MS = 86_400_000;

export const DISK_FULL = 'the disk is full';

async function enginePid({ app }: World): Promise<number> {
  const pids: number[] = [];
  await eventually('there is an inference process', async () => {
    const pid = await app.enginePid();
    if (pid !== null) pids.push(pid);
    return pid !== null;
  });
  return pids[0] ?? 0;
}

const documentPids = ({ electron }: RunningApp) =>
  electron.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => name === 'Tandem documents')
      .map(({ pid }) => pid),
  );

/** Of the inference process, as main's log tells them. */
const ends = ({ mainLog }: World) => mainLog.filter((line) => line.includes('process gone: Tandem inference')).length;

async function killEngine(world: World): Promise<void> {
  const before = ends(world);
  process.kill(await enginePid(world), 'SIGKILL');
  await eventually('the log tells that the inference process is gone', () => Promise.resolve(ends(world) > before), ANSWER_MS);
}

/** Of main and of the page; timers go by another clock. */
async function shiftClocks({ app }: World, shiftMs: number): Promise<void> {
  const script = `(() => {
    const Real = (globalThis.realDate ??= Date);
    globalThis.Date = ${shiftMs} === 0 ? Real : class extends Real {
      constructor(...given) { super(...(given.length === 0 ? [Real.now() + ${shiftMs}] : given)); }
      static now() { return Real.now() + ${shiftMs}; }
    };
  })()`;
  await app.electron.evaluate(script);
  await app.page.evaluate(script);
}

async function fillDisk(world: World): Promise<() => Promise<void>> {
  const { app, disk, places } = world;
  await disk?.fill();
  return async () => {
    const beamWidth = 2 + world.random.below(6);
    const refusal = await app.page.evaluate(
      (width) =>
        window.app.call('changeSettings', { beamWidth: width }).then(
          () => null,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
      beamWidth,
    );
    // Something may have made a little room.
    const kept = await readFile(join(places.userData, 'settings.json'), 'utf8');
    if (refusal === '' || (refusal === null && !kept.includes(`"beamWidth": ${beamWidth}`)))
      throw new Error('The disk is full, and a setting that was not kept is accepted.');
    await disk?.makeRoom();
    await app.page.evaluate(() => window.app.call('changeSettings', { beamWidth: 1 }));
    for (const { id, state } of await jobsOf(world)) {
      if (state.kind === 'failed') await app.page.evaluate((jobId) => window.app.call('resumeDocument', { jobId, changed: 'ask' }), id);
    }
    await translates(world);
  };
}

async function removePack(world: World): Promise<() => Promise<void>> {
  if (!(await packIds(world)).includes(TINY)) await importTiny(world);
  const folder = await world.app.page.evaluate(
    (id) =>
      window.app
        .call('listPacks', {})
        .then((packs) => packs.find((pack) => pack.state === 'ok' && pack.manifest.id === id)?.folder ?? null),
    TINY,
  );
  if (folder === null || !folder.startsWith(world.places.userData))
    throw new Error(`The tiny pack was not imported: got ${String(folder)}.`);
  if (world.random.chance(0.5)) await world.app.page.evaluate((packId) => window.app.call('changeSettings', { packId }), TINY);
  await rm(folder, { recursive: true });
  return async () => {
    await show(world, 'packs');
    await press(world.app.page.getByRole('main', { name: 'Packs' }).getByRole('button', { name: 'Look again' }));
    await eventually('the pack that is gone is not listed', async () => !(await packIds(world)).includes(TINY), ANSWER_MS);
    await translates(world);
  };
}

async function removeDocument(world: World): Promise<() => Promise<void>> {
  const path = join(world.places.documents, `book-${world.random.below(1_000_000)}.txt`);
  await writeFile(path, longText(world.random));
  await show(world, 'documents');
  await answerDialogs(world, { open: [path] });
  await press(world.app.page.getByRole('button', { name: 'Add files…', exact: true }));
  const job = async () => (await jobsOf(world)).find(({ name }) => name === basename(path));
  await eventually('the document is in the list', async () => (await job()) !== undefined, ANSWER_MS);
  await rm(path);
  return async () => {
    const found = await job();
    if (found === undefined) return;
    // It waits for those before it, perhaps for long; what is there of it must not harm the others.
    if (found.state.kind === 'failed' && !found.state.reason.includes(basename(path)))
      throw new Error(`A reason without the file: ${found.state.reason}`);
    await world.app.page.evaluate((jobId) => window.app.call('removeDocument', { jobId }), found.id);
    await translates(world);
  };
}

export const DISTURBANCES: readonly Disturbance[] = [
  {
    name: 'the inference process is killed',
    weight: 6,
    begin: async (world) => {
      await killEngine(world);
      return () => translates(world);
    },
  },
  {
    name: 'a process of documents is killed',
    weight: 3,
    possible: async ({ app }) => (await documentPids(app)).length > 0,
    begin: async (world) => {
      // It may have come to its own end meanwhile.
      for (const pid of await documentPids(world.app))
        if ((await descendants(process.pid)).some((found) => found.pid === pid)) process.kill(pid, 'SIGKILL');
      return () => translates(world);
    },
  },
  {
    name: 'the inference process is stopped for a while',
    weight: 3,
    begin: async (world) => {
      const pid = await enginePid(world);
      process.kill(pid, 'SIGSTOP');
      return async () => {
        process.kill(pid, 'SIGCONT');
        await translates(world);
      };
    },
  },
  { name: DISK_FULL, weight: 3, possible: ({ disk }) => disk !== null, begin: fillDisk },
  { name: 'a pack is removed under it', weight: 2, begin: removePack },
  {
    name: 'the clock is changed',
    weight: 2,
    begin: async (world) => {
      await shiftClocks(world, world.random.pick([-3, -1, 1, 400]) * DAY_MS);
      return async () => {
        await killEngine(world);
        await translates(world);
        await shiftClocks(world, 0);
      };
    },
  },
  { name: 'a document is removed while it is translated', weight: 2, begin: removeDocument },
  {
    name: 'the whole app is killed',
    weight: 1,
    possible: ({ staysOpen }) => !staysOpen,
    begin: async (world) => {
      await restart(world, 'kill');
      return () => translates(world);
    },
  },
];

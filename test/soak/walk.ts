/** The walk: step after step an action or a disturbance, each followed by what must hold. A fault is told, and the walk goes on with the app started anew. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Action, type Disturbance } from './action';
import { DOCUMENTS } from './actions/documents';
import { KEEPING } from './actions/keeping';
import { PACKS } from './actions/packs';
import { openToSummarize, READING } from './actions/reading';
import { TRANSLATE } from './actions/translate';
import { WINDOW } from './actions/window';
import { DISTURBANCES } from './disturbances';
import { checkInvariants } from './invariants';
import { end, followProcesses, startAgain } from './lifecycle';
import { translates } from './recovery';
import { measureUsage, type Usage } from './usage';
import { ANSWER_MS, eventually, jobsOf, replaceText, show, type World } from './world';

const ACTIONS: readonly Action[] = [...TRANSLATE, ...READING, ...DOCUMENTS, ...KEEPING, ...PACKS, ...WINDOW];

const DISTURBANCE_CHANCE = 0.12;
/** A disturbance lasts for so many steps at most. */
const MOST_DISTURBED = 4;
const SAMPLE_MS = 60_000;
/** After these the app is too broken to be worth more of the machine's time. */
const MOST_FAULTS = 12;
/** Told with a fault. */
const STEPS_BEFORE = 20;
/** The app is started again in the first part of the walk only, so that its memory can be compared in the rest. */
const RESTARTS_SHARE = 1 / 3;
const PDF = 'pdf/libreoffice-PDFSearch.pdf';

export interface Step {
  readonly number: number;
  readonly name: string;
  readonly ms: number;
  readonly isDisturbance: boolean;
}

export interface Fault {
  readonly step: string;
  readonly message: string;
  readonly before: readonly string[];
  readonly screenshot: string | null;
}

export interface Walked {
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
  readonly usage: readonly (Usage & { minutes: number })[];
  readonly minutes: number;
}

/** Until when: minutes, or steps. */
export type Limit = { readonly kind: 'minutes' | 'steps'; readonly count: number };

export interface Watcher {
  step(step: Step): void;
  fault(fault: Fault): void;
  /** Path of a picture of the window, or null where none could be taken. */
  picture(world: World, number: number): Promise<string | null>;
}

export async function walk(world: World, limit: Limit, watcher: Watcher): Promise<Walked> {
  const steps: Step[] = [];
  const faults: Fault[] = [];
  const usage: (Usage & { minutes: number })[] = [];
  const begunMs = performance.now();
  const minutes = () => (performance.now() - begunMs) / 60_000;
  const share = () => (limit.kind === 'minutes' ? minutes() : steps.length) / limit.count;
  let sampledMs = begunMs;

  async function step(name: string, isDisturbance: boolean, run: () => Promise<void>): Promise<void> {
    const startedMs = performance.now();
    const finish = (text: string) => {
      const done = { number: steps.length + 1, name: text, ms: Math.round(performance.now() - startedMs), isDisturbance };
      steps.push(done);
      watcher.step(done);
    };
    try {
      await run();
      await followProcesses(world);
      await checkInvariants(world);
      finish(name);
    } catch (error) {
      finish(`${name}: FAULT`);
      const fault: Fault = {
        step: `${steps.length} ${name}${world.disturbance === null ? '' : `, while ${world.disturbance.name}`}`,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        before: [
          ...steps.slice(-STEPS_BEFORE).map((known) => `${known.number} ${known.name} (${known.ms} ms)`),
          ...world.mainLog.slice(-10),
        ],
        screenshot: await watcher.picture(world, steps.length),
      };
      faults.push(fault);
      watcher.fault(fault);
      await startAnew(world);
    }
  }

  async function endDisturbance(): Promise<void> {
    const ending = world.disturbance;
    if (ending === null) return;
    await step(`${ending.name} no more`, true, async () => {
      await ending.end();
      world.disturbance = null;
    });
  }

  while (share() < 1 && faults.length < MOST_FAULTS) {
    if (!world.staysOpen && world.disturbance === null && share() > RESTARTS_SHARE) {
      world.staysOpen = true;
      await step('what main loads when it is first needed is loaded', false, () => loadAll(world));
    }
    if (world.disturbance !== null && world.disturbance.stepsLeft-- <= 0) {
      await endDisturbance();
    } else if (world.disturbance === null && world.random.chance(DISTURBANCE_CHANCE)) {
      const chosen = world.random.weighed(await possible(DISTURBANCES, world));
      await step(chosen.name, true, async () => {
        const stepsLeft = world.random.below(MOST_DISTURBED + 1);
        world.disturbance = { name: chosen.name, end: await chosen.begin(world), stepsLeft };
      });
    } else {
      const chosen = world.random.weighed(await possible(ACTIONS, world));
      await step(chosen.name, false, () => chosen.run(world));
    }
    if (world.disturbance === null && performance.now() - sampledMs >= SAMPLE_MS) {
      sampledMs = performance.now();
      usage.push({ ...(await measureUsage(world, minutes())), minutes: minutes() });
    }
  }
  await endDisturbance();
  await step('everything that runs comes to its end', false, () => settle(world));
  await step('the app quits', false, async () => {
    await end(world, 'quit');
    await nothingIsLeft(world);
    await startAgain(world);
  });
  await end(world, 'quit');
  return { steps, faults, usage, minutes: minutes() };
}

/** The reader of PDF takes ten megabytes of main from its first document on; what detects languages is there since the first text. */
async function loadAll(world: World): Promise<void> {
  await show(world, 'summarize');
  await replaceText(world, 'summarize', '');
  await openToSummarize(world, PDF);
}

async function possible<T extends Action | Disturbance>(list: readonly T[], world: World): Promise<T[]> {
  const answers = await Promise.all(list.map(async (candidate) => (await candidate.possible?.(world)) ?? true));
  return list.filter((_, index) => answers[index]);
}

/** Every request and every document ends, in one of the ways it may. */
async function settle(world: World): Promise<void> {
  const { page } = world.app;
  for (const screen of ['translate', 'summarize', 'compare'] as const) {
    await show(world, screen);
    await page.keyboard.press('Escape');
    await eventually(
      `${screen} has ended`,
      async () => (await page.locator('[data-phase=working]:visible, [data-state=running]:visible').count()) === 0,
    );
  }
  for (const { id } of await jobsOf(world)) await page.evaluate((jobId) => window.app.call('pauseDocument', { jobId }), id);
  await eventually('no document is being translated', async () =>
    (await jobsOf(world)).every(({ state }) => ['paused', 'done', 'failed', 'changed'].includes(state.kind)),
  );
  await translates(world);
}

async function nothingIsLeft({ places }: World): Promise<void> {
  const left = (await readdir(places.folder, { recursive: true })).filter((path) => path.endsWith('.tmp') || path.includes('.staging'));
  const ofApp = left.filter((path) => !path.includes('Cache'));
  if (ofApp.length > 0) throw new Error(`Temporary files are left: ${ofApp.map((path) => join(places.folder, path)).join(', ')}`);
}

async function startAnew(world: World): Promise<void> {
  world.disturbance = null;
  await world.disk?.makeRoom();
  const main = world.app.electron.process();
  if (main.exitCode === null && main.signalCode === null) {
    const closed = world.app.electron.waitForEvent('close', { timeout: ANSWER_MS }).catch(() => null);
    main.kill('SIGKILL');
    await closed;
  }
  await startAgain(world);
}

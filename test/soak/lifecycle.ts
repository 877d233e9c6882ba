/** Starting, quitting and killing the app: what is left of it afterwards is a fault. */
import { type ElectronApplication } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app';
import { descendants, isAlive, canAskMachine } from './machine';
import { eventually, ANSWER_MS, type World } from './world';

/** Of main's log, on its standard error: what must never happen, whatever a person or the machine does. */
const ERROR_LINES = /^\S+Z error |a document failed: |Unhandled|UnhandledPromise|Uncaught|FATAL/;

export const mainErrors = ({ mainLog }: World): string[] => mainLog.filter((line) => ERROR_LINES.test(line));

export async function start(userData: string): Promise<{ app: RunningApp; mainLog: string[] }> {
  const app = await launchApp({ packs: null, userData, switches: ['--show-log'] });
  const mainLog: string[] = [];
  let rest = '';
  app.electron.process().stderr?.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    mainLog.push(...lines);
  });
  forgiveRunner(app.electron);
  // tsx names functions through a helper that neither the page nor main has.
  await app.page.evaluate('globalThis.__name = (named) => named');
  await app.electron.evaluate('globalThis.__name = (named) => named');
  return { app, mainLog };
}

/** The runner now and then loses an answer of main's to its own collection of garbage; everything that is asked here can be asked twice. */
function forgiveRunner(electron: ElectronApplication): void {
  const evaluate = electron.evaluate.bind(electron) as (...given: unknown[]) => Promise<unknown>;
  const forgiving = (...given: unknown[]): Promise<unknown> =>
    evaluate(...given).catch((error: unknown) => {
      if (String(error).includes('promise was garbage collected')) return forgiving(...given);
      throw error;
    });
  Object.assign(electron, { evaluate: forgiving });
}

/** Adds what runs now to what was seen. */
export async function followProcesses(world: World): Promise<void> {
  const root = world.app.electron.process().pid;
  if (!canAskMachine || root === undefined) return;
  const known = new Set(world.processes.map(({ pid, began }) => `${pid} ${began}`));
  world.processes.push(...(await descendants(root)).filter(({ pid, began }) => !known.has(`${pid} ${began}`)));
}

/** Throws where a process of the app outlives it, or main told of an error. */
export async function end(world: World, how: 'quit' | 'kill'): Promise<void> {
  await followProcesses(world);
  const { electron } = world.app;
  const closed = electron.waitForEvent('close', { timeout: ANSWER_MS });
  if (how === 'quit') await electron.evaluate(({ app }) => app.quit()).catch(() => {});
  else electron.process().kill('SIGKILL');
  await closed;
  const left = async () =>
    (await Promise.all(world.processes.map(async (seen) => ((await isAlive(seen)) ? seen : null)))).filter((seen) => seen !== null);
  await eventually(`no process is left after a ${how}`, async () => (await left()).length === 0, ANSWER_MS / 2).catch(
    async (error: unknown) => {
      const names = (await left()).map(({ pid, command }) => `${pid} ${command}`);
      throw new Error(`${error instanceof Error ? error.message : String(error)}: ${names.join('; ')}`);
    },
  );
  const errors = mainErrors(world);
  if (errors.length > 0) throw new Error(`Main, at its end: ${errors.join('\n')}`);
}

/** What is typed is not kept over a restart, by design. */
export async function startAgain(world: World): Promise<void> {
  world.processes = [];
  Object.assign(world, await start(world.places.userData));
  world.typed = { translate: '', summarize: '', compare: '' };
  world.screen = 'translate';
}

export async function restart(world: World, how: 'quit' | 'kill'): Promise<void> {
  await end(world, how);
  await startAgain(world);
}

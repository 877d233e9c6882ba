/**
 * Does the app stay whole on a bad day? `npm run soak [-- --minutes 30] [--steps N] [--seed N]`
 * A random walk through the built app in real Electron, with the bundled packs and real documents, while processes are killed, the disk
 * fills up and packs go away. What it found is printed and kept in test-results/soak; it ends with 1 where there was a fault. A seed makes the
 * same choices as long as the same ones are possible; how far the engine has come by then is a matter of the machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY } from '../e2e/app';
import { memoryFaults, reportOf } from './report';
import { prepare } from './prepare';
import { walk, type Limit } from './walk';

const RESULTS = join(REPOSITORY, 'test-results', 'soak');

function wholeNumber(name: string, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name}: got “${given}”, expected a whole number from 1.`);
  return number;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, steps: { type: 'string' }, seed: { type: 'string' } } });
  if (values.minutes !== undefined && values.steps !== undefined) throw new Error('Got --minutes and --steps, expected one of them.');
  const limit: Limit =
    values.steps === undefined
      ? { kind: 'minutes', count: wholeNumber('minutes', values.minutes ?? '30') }
      : { kind: 'steps', count: wholeNumber('steps', values.steps) };
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) + 1 : wholeNumber('seed', values.seed);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`Seed ${seed}.`);
  await mkdir(RESULTS, { recursive: true });
  const { world, skipped, clean } = await prepare(seed);
  // A small disk would stay mounted.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void clean().finally(() => process.exit(1)));
  try {
    const walked = await walk(world, limit, {
      step: ({ number, name, ms }) => say(`${String(number).padStart(5)}  ${name} (${ms} ms)`),
      fault: ({ message }) => say(message),
      picture: async ({ app }, number) => {
        const path = join(RESULTS, `${seed}-${number}.png`);
        const taken = await app.page.screenshot({ path, timeout: 20_000 }).catch(() => null);
        return taken === null ? null : relative(REPOSITORY, path);
      },
    });
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: REPOSITORY, encoding: 'utf8' }).trim();
    const report = reportOf(walked, { seed, limit, commit, skipped });
    await writeFile(join(RESULTS, `${seed}.txt`), report);
    say(report);
    return walked.faults.length + memoryFaults(walked).length === 0;
  } finally {
    await clean();
  }
}

main().then(
  (isWhole) => process.exit(isWhole ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);

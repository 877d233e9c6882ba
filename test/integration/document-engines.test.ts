/** Documents on several engines in processes of their own, with the tiny pack: what becomes of a text, of the processes, and of what is lost. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forkEngine } from '../../src/cli/forked-engine';
import { withoutAids } from '../../src/main/documents/aids';
import { EnginePool } from '../../src/main/documents/engine-pool';
import { runJob, type Job } from '../../src/main/documents/job';
import { startInferenceHost } from '../../src/main/inference-host';
import type { DocumentReport, JobState } from '../../src/shared/document';
import { builtCli } from './built-cli';
import { configOf, TINY } from './tiny';

const PACK_BYTES = 1_000;
/** Long enough that a document which follows at once finds them. */
const LINGER_MS = 2_000;
const ROUNDS = 3;
/** Every test starts some processes. */
const PATIENCE_MS = 600_000;

let folder: string;
let input: string;
let engineProcess: string;
/** With one process. */
let expected: { text: string; report: DocumentReport };
let runs = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-engines-'));
  ({ engineProcess } = await builtCli(folder));
  input = join(folder, 'book.txt');
  const nouns = ['station', 'weather', 'house', 'book', 'train', 'garden', 'river', 'window', 'letter', 'street'];
  const sentences = Array.from({ length: 600 }, (_, at) => `Where is the ${nouns[at % 10] ?? ''} number ${at % 550}?`);
  await writeFile(input, sentences.map((sentence, at) => sentence + (at % 4 ? ' ' : '\n\n')).join(''));
  const one = poolOf(1);
  const report = await start(one).ended;
  expected = { text: await readFile(report.output, 'utf8'), report };
  one.pool.stop();
}, PATIENCE_MS);
afterAll(() => rm(folder, { recursive: true }));

interface Pool {
  readonly pool: EnginePool;
  /** Of the processes that run now. */
  pids(): number[];
  /** How many processes were started, those that took the place of others included. */
  started(): number;
}

function poolOf(processes: number): Pool {
  let started = 0;
  const counted = (onSpawn: (pid: number) => void) => (pid: number) => {
    started++;
    onSpawn(pid);
  };
  const pool = new EnginePool({
    plan: () => ({ processes, config: configOf(TINY), packBytes: PACK_BYTES }),
    start: (config) =>
      startInferenceHost(
        (news) => forkEngine({ ...news, onSpawn: counted(news.onSpawn) }, engineProcess),
        config,
        () => {},
        { info: () => {} },
      ),
    shared: () => Promise.reject(new Error('There are processes of documents’ own.')),
    lingerMs: LINGER_MS,
    onPackBytes: () => {},
  });
  const pids = () => pool.states().flatMap((state) => (state.kind === 'running' ? [state.pid] : []));
  return { pool, pids, started: () => started };
}

function jobNamed(name: string): Job {
  const options = {
    packId: 'tiny',
    task: { kind: 'translate', from: 'en', to: 'de' },
    lane: 'hybrid',
    decoding: { kind: 'greedy' },
  } as const;
  return { id: name, folder: join(folder, `job-${name}`), input, output: join(folder, `${name}_de.txt`), options, changed: 'ask' };
}

interface Run {
  readonly job: Job;
  readonly ended: Promise<DocumentReport>;
  cancel(): void;
}

function start({ pool }: Pool, tell: (state: JobState) => void = () => {}, again?: Job): Run {
  const job = again ?? jobNamed(String(runs++));
  const controller = new AbortController();
  const ended = runJob(job, {
    appVersion: 'test',
    packIdentity: (id) => Promise.resolve({ id, version: '1.0.0', sha256: 'a'.repeat(64) }),
    engines: (packId) => pool.use(packId),
    aids: withoutAids,
    signal: controller.signal,
    tell,
  });
  return { job, ended, cancel: () => controller.abort() };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const areGone = (pids: readonly number[]) => vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 60_000, interval: 20 });
const lookUntil = async (seen: () => boolean) => {
  while (!seen()) await delay(1);
};

/** All that does not depend on time. */
const accountOf = ({ segments, translated, kept, failed, flagged, repeated, tokens }: DocumentReport) => ({
  segments,
  translated,
  kept,
  failed,
  flagged,
  repeated,
  tokens,
});

describe('a document', { timeout: PATIENCE_MS }, () => {
  it.each([1, 2])('tells times of %d processes that add up to no more than went by', async (processes) => {
    const several = poolOf(processes);
    const begun = performance.now();
    const { times, translateMs } = await start(several).ended;
    if (!times) throw new Error('A job that ran has times.');
    const { readMs, writeMs, ...engine } = times;
    expect(readMs + translateMs + writeMs).toBeLessThanOrEqual(performance.now() - begun);
    const stages = Object.entries(engine).filter(([name]) => name !== 'loadMs');
    expect(stages.filter(([, ms]) => ms <= 0)).toEqual([]);
    expect(Object.values(engine).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(processes * translateMs);
    several.pool.stop();
  });

  it.each([2, 3])('becomes the same with %d processes as with one', async (processes) => {
    const several = poolOf(processes);
    const report = await start(several).ended;
    expect(several.started()).toBe(processes);
    expect(await readFile(report.output, 'utf8')).toBe(expected.text);
    expect(accountOf(report)).toEqual(accountOf(expected.report));
    several.pool.stop();
  });

  it('becomes the same when each process is killed at some moment, and loses nothing', async () => {
    let kills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const several = poolOf(3);
      const seen = { done: 0, isOver: false };
      const { ended } = start(several, (state) => {
        if (state.kind === 'translating') seen.done = state.done;
        seen.isOver = state.kind === 'writing';
      });
      // Each once: a batch at which an engine dies twice is asked for sentence by sentence, and a row by itself may round otherwise.
      for (let seat = 0; seat < 3; seat++) {
        const moment = seen.done + Math.floor(Math.random() * 60);
        const state = () => several.pool.states()[seat];
        await lookUntil(() => seen.isOver || (seen.done >= moment && state()?.kind === 'running'));
        const running = state();
        if (seen.isOver || running?.kind !== 'running') break;
        process.kill(running.pid, 'SIGKILL');
        kills++;
      }
      const report = await ended;
      expect(await readFile(report.output, 'utf8')).toBe(expected.text);
      expect(accountOf(report)).toEqual(accountOf(expected.report));
      several.pool.stop();
    }
    expect(kills).toBeGreaterThan(ROUNDS);
  });

  it('that is cancelled holds no process, and goes on from where it was', async () => {
    const several = poolOf(2);
    let done = 0;
    const first = start(several, (state) => {
      if (state.kind === 'translating') ({ done } = state);
    });
    await lookUntil(() => done > 100);
    const pids = several.pids();
    first.cancel();
    await expect(first.ended).rejects.toThrow('abort');
    await areGone(pids);
    expect(several.pool.states()).toEqual([]);
    expect(several.pool.packBytes).toBe(0);
    const counts: number[] = [];
    const second = start(several, (state) => state.kind === 'translating' && counts.push(state.done), first.job);
    expect(accountOf(await second.ended)).toEqual(accountOf(expected.report));
    expect(counts[0]).toBeGreaterThan(100);
    several.pool.stop();
  });
});

describe('processes for documents', { timeout: PATIENCE_MS }, () => {
  it('are no more than there are batches, serve the next document, and end when none comes', async () => {
    const several = poolOf(3);
    const short = join(folder, 'short.txt');
    await writeFile(short, 'Where is the station?');
    await start(several, () => {}, { ...jobNamed('short'), input: short }).ended;
    const pids = several.pids();
    expect(pids).toHaveLength(1);
    expect(several.pool.packBytes).toBe(3 * PACK_BYTES);
    await start(several, () => {}, { ...jobNamed('again'), input: short }).ended;
    expect(several.started()).toBe(1);
    await areGone(pids);
    expect(several.pool.states()).toEqual([]);
    expect(several.pool.packBytes).toBe(0);
  });

  it('that keep dying fail the document, and are started anew for the next', async () => {
    const several = poolOf(1);
    const { job, ended } = start(several);
    const failure = expect(ended).rejects.toThrow('Restart it, and resume');
    let isOver = false;
    void ended.catch(() => (isOver = true));
    await lookUntil(() => {
      for (const pid of several.pids()) process.kill(pid, 'SIGKILL');
      return isOver;
    });
    await failure;
    expect(accountOf(await start(several, () => {}, job).ended)).toEqual(accountOf(expected.report));
    several.pool.stop();
  });
});

/** Documents through the command line and the real engine with the tiny pack, killed at any moment. DOCUMENT_KILLS sets how often. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { builtCli } from './built-cli';

const KILLS = Number(process.env.DOCUMENT_KILLS ?? 20);

let folder: string;
let cli: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-documents-'));
  ({ cli } = await builtCli(folder));
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `watch` may kill it: the process that was started, and not those that it started. */
async function run(
  args: string[],
  data: string,
  watch: (kill: () => void, ended: Promise<unknown>, pid: number) => Promise<void>,
): Promise<Run> {
  const child = spawn(process.execPath, [cli, 'document', '--pack', 'tiny', ...args], {
    env: { ...process.env, TANDEM_PACKS: resolve('test/fixtures/packs'), TANDEM_DATA: data, npm_lifecycle_event: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  await watch(() => child.kill('SIGKILL'), ended, child.pid ?? 0);
  return { code: await ended, stdout, stderr };
}

/** Of two files of many lines, without the cost of a full comparison's account. */
function firstDifference(got: readonly string[], wanted: readonly string[]): { line: number; got?: string; wanted?: string } | null {
  const line = Array.from({ length: Math.max(got.length, wanted.length) }).findIndex((_, at) => got[at] !== wanted[at]);
  return line < 0
    ? null
    : { line, ...(got[line] !== undefined && { got: got[line] }), ...(wanted[line] !== undefined && { wanted: wanted[line] }) };
}

const undisturbed = async () => {};

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const isChild = (pid: string) =>
    readFile(`/proc/${pid}/stat`, 'utf8').then(
      (line) => Number(/^.*\) \w (\d+)/.exec(line)?.[1]) === parent,
      () => false,
    );
  const are = await Promise.all(pids.map(isChild));
  return pids.filter((_, at) => are[at]).map(Number);
}

/** Dead ones that nobody has asked after are not. */
const isThere = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (line) => !/\) Z /.test(line),
    () => false,
  );

async function journalBytes(data: string): Promise<number> {
  const jobs = await readdir(join(data, 'jobs')).catch(() => []);
  const sizes = jobs.map((job) =>
    stat(join(data, 'jobs', job, 'journal.jsonl')).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('document', () => {
  it('killed at any moment, again and again, writes what an undisturbed run writes', async () => {
    const nouns = ['station', 'weather', 'house', 'book', 'train', 'garden', 'river', 'window', 'letter', 'street'];
    const sentences = Array.from({ length: KILLS * 12 }, (_, at) => `Where is the ${nouns[at % 10] ?? ''} number ${at}?`);
    const text = sentences.map((sentence, at) => sentence + (at % 4 ? ' ' : '\n\n')).join('');
    const calm = join(folder, 'calm');
    const wild = join(folder, 'wild');
    for (const where of [calm, wild]) {
      await mkdir(where);
      await writeFile(join(where, 'book.txt'), text);
    }
    const args = (where: string) => [join(where, 'book.txt'), '--out', join(where, 'out') + '/', '--json'];
    const expected = await run([...args(calm), '--cores', '1'], join(calm, 'data'), undisturbed);
    expect(expected).toMatchObject({ code: 0 });
    const data = join(wild, 'data');
    let killed = 0;
    let last: Run | null = null;
    while (killed < KILLS && last?.code !== 0) {
      // Half of them after some growth of the journal, half at any time after it grew at all.
      const before = await journalBytes(data);
      const growth = Math.floor(Math.random() * 1500);
      last = await run([...args(wild), '--cores', '2'], data, async (kill, ended) => {
        const child = { isOver: false };
        void ended.then(() => (child.isOver = true));
        while (!child.isOver && (await journalBytes(data)) <= before + growth) await delay(2);
        if (killed % 2) await delay(Math.random() * 30);
        kill();
      });
      if (last.code === null) killed++;
    }
    last = last?.code === 0 ? last : await run(args(wild), data, undisturbed);
    expect(last).toMatchObject({ code: 0 });
    expect(killed).toBeGreaterThan(KILLS / 4);
    console.log(`killed ${killed} times`);
    const name = join('out', 'book_de.txt');
    const [got, wanted] = await Promise.all([wild, calm].map(async (where) => (await readFile(join(where, name), 'utf8')).split('\n')));
    expect(firstDifference(got ?? [], wanted ?? [])).toBeNull();
    expect(await readdir(join(wild, 'out'))).toEqual(['book_de.txt']);
    const [calmReport, wildReport] = [expected, last].map(
      ({ stdout }) => (JSON.parse(stdout) as { report: Record<string, number> }[])[0]?.report,
    );
    for (const key of ['segments', 'translated', 'kept', 'failed', 'flagged', 'repeated', 'tokens']) {
      expect(wildReport?.[key], key).toBe(calmReport?.[key]);
    }
    expect(wildReport?.segments).toBe(sentences.length);
  }, 3_600_000);

  it.runIf(process.platform === 'linux')('killed, leaves no process behind', async () => {
    const where = join(folder, 'orphans');
    await mkdir(where);
    await writeFile(join(where, 'book.txt'), Array.from({ length: 2000 }, (_, at) => `Where is the station number ${at}?\n\n`).join(''));
    let engines: number[] = [];
    const { code } = await run([join(where, 'book.txt'), '--cores', '3'], join(where, 'data'), async (kill, _ended, pid) => {
      while ((await journalBytes(join(where, 'data'))) < 20_000) await delay(5);
      engines = await childrenOf(pid);
      kill();
    });
    expect(code).toBeNull();
    expect(engines).toHaveLength(3);
    await vi.waitFor(async () => expect(await Promise.all(engines.map(isThere))).toEqual([false, false, false]), { timeout: 60_000 });
  });

  it('goes through a folder and fails for the files that it cannot translate', async () => {
    const where = join(folder, 'mixed');
    await mkdir(join(where, 'in'), { recursive: true });
    await writeFile(join(where, 'in', 'a.txt'), 'Where is the station?\n');
    await writeFile(join(where, 'in', 'b.txt'), Buffer.from([0x48, 0xff, 0xfe, 0x00]));
    const { code, stdout, stderr } = await run(
      [join(where, 'in'), '--out', join(where, 'out'), '--json'],
      join(where, 'data'),
      undisturbed,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('1 of 2 documents failed.');
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'done', report: { segments: 1, translated: 1 } }, { state: 'failed' }]);
    expect(await readFile(join(where, 'out', 'a_de.txt'), 'utf8')).toBe('Wo ist der Bahnhof?\n');
  });
});

/** The command line as people run it: a child process, its streams and its exit code. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appVersion } from '../../src/cli/app-version';
import type { Facts } from '../../src/main/facts';
import { gpuProvidersHere, runtimeVersion } from '../../src/main/providers/runtime';
import { stageTimingsSchema } from '../../src/shared/inference/timings';
import type { Provider } from '../../src/shared/pack';
import { copyOfTiny, TINY } from './tiny';

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

const TSX = resolve('node_modules/tsx/dist/cli.mjs');

/** `input` null: standard input is closed from the start. */
function cli(
  args: string[],
  { input = '', packs = resolve('test/fixtures/packs') }: { input?: string | Buffer | null; packs?: string } = {},
): Promise<Result> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [TSX, 'src/cli/index.ts', ...args], {
      env: { ...process.env, TANDEM_PACKS: packs, TANDEM_DATA: join(folder, 'data'), npm_lifecycle_event: '' },
      stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
    // A command that fails early does not read its input.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

const tiny = ['--pack', 'tiny', '--lane', 'llm'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('translate', () => {
  it('writes the translation of standard input to standard output, and nothing else anywhere', async () => {
    const { code, stdout, stderr } = await cli(['translate', '--to', 'de', ...tiny], {
      input: 'Where is the station?\r\n\n - It is raining today.\n',
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'Wo ist der Bahnhof?\r\n\n - Heute regnet es.\n', stderr: '' });
  });

  it('reads a file, takes a pack folder and another language', async () => {
    const file = join(folder, 'text.txt');
    await writeFile(file, "I don't know.\n");
    const { code, stdout } = await cli(['translate', '--to', 'fr', '--lane', 'hybrid', '--beam', '2', '--pack', TINY, file]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Je ne sais pas.\n' });
  });

  it('writes one JSON object for each input line with --json', async () => {
    const { code, stdout } = await cli(['translate', '--to', 'de', '--json', ...tiny], {
      input: 'Where is the station?\n\nIt is raining today.',
    });
    const row = z.strictObject({
      source: z.string(),
      text: z.string(),
      lane: z.literal('llm'),
      tokens: z.number(),
      repaired: z.literal(0),
      flagged: z.array(z.never()),
      timings: stageTimingsSchema,
    });
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => row.parse(JSON.parse(line)));
    expect(code).toBe(0);
    expect(rows.map(({ source, text }) => [source, text])).toEqual([
      ['Where is the station?', 'Wo ist der Bahnhof?'],
      ['', ''],
      ['It is raining today.', 'Heute regnet es.'],
    ]);
    expect(rows[0]?.tokens).toBeGreaterThan(3);
    expect(rows[1]).toMatchObject({ tokens: 0, timings: { firstTokenMs: null } });
  });

  it('does nothing with nothing', async () => {
    expect(await cli(['translate', '--to', 'de', ...tiny], { input: '' })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await cli(['translate', '--to', 'de', ...tiny], { input: null })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await cli(['translate', '--to', 'de', ...tiny], { input: ' \n\n' })).toEqual({ code: 0, stdout: ' \n\n', stderr: '' });
  });

  it('is quiet when its reader goes early', async () => {
    const child = spawn(process.execPath, [TSX, 'src/cli/index.ts', 'translate', '--to', 'de', '--json', ...tiny], {
      env: { ...process.env, TANDEM_PACKS: resolve('test/fixtures/packs') },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => {});
    child.stdin.end('Where is the station?\n'.repeat(3000));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['a file that is not there', ['translate', '--to', 'de', ...tiny, 'nope.txt'], /^nope\.txt cannot be read: there is no such file\.\n$/],
    ['a folder', ['translate', '--to', 'de', ...tiny, 'src'], /^src cannot be read: it is a folder\.\n$/],
    ['an unknown pack', ['translate', '--to', 'de', '--pack', 'nope'], /^There is no pack "nope"; found: .*tiny.*\n$/],
    ['a language the pack has not', ['translate', '--to', 'it', ...tiny], /^"Tiny" does not translate en → it\..*\n$/],
    ['a beam the pack has not', ['translate', '--to', 'de', '--beam', '8', ...tiny], /^A beam of 8 needs 16 candidates.*\n$/],
  ])('says in one line, exit code 1: %s', async (_name, args, message) => {
    const { code, stdout, stderr } = await cli(args, { input: 'Hello' });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it('refuses what is not UTF-8', async () => {
    const { code, stderr } = await cli(['translate', '--to', 'de', ...tiny], { input: Buffer.from([0x48, 0xff, 0xfe]) });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Standard input is not UTF-8 text. Convert it first.\n' });
  });

  it.each([
    ['an unknown flag', ['translate', '--to', 'de', '--bogus'], /^Unknown option '--bogus'.*See --help\.\n$/],
    ['no command', [], /^Expected a command: translate, document, summarize, memory, glossary, packs or facts\. See --help\.\n$/],
    ['an unknown lane', ['translate', '--to', 'de', '--lane', 'x'], /^--lane: got "x".*\n$/],
  ])('says in one line, exit code 2: %s', async (_name, args, message) => {
    const { code, stdout, stderr } = await cli(args, { input: 'Hello' });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('packs', () => {
  it('list names usable and damaged ones', async () => {
    const damaged = await copyOfTiny();
    await truncate(join(damaged, 'encoder.onnx'), 10);
    const { code, stdout } = await cli(['packs', 'list'], {
      packs: [resolve('test/fixtures/packs'), damaged].join(process.platform === 'win32' ? ';' : ':'),
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tiny\t1\.0\.0\ten-de en-fr\tllm hybrid slm\t/m);
    expect(stdout).toMatch(/^damaged\t.*encoder\.onnx: 10 bytes; expected/m);
    await rm(damaged, { recursive: true });
  });

  it('verify passes a whole pack and names what is wrong with another', async () => {
    const whole = await cli(['packs', 'verify', TINY]);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toMatch(/^tiny 1\.0\.0: \d+ files and \d+ self-tests/);
    const damaged = await copyOfTiny();
    await writeFile(join(damaged, 'extra.txt'), 'x');
    await writeFile(join(damaged, 'LICENSE'), 'x'.repeat(30));
    const { code, stderr } = await cli(['packs', 'verify', damaged]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/LICENSE: sha256/);
    expect(stderr).toMatch(/extra\.txt: not listed/);
    await rm(damaged, { recursive: true });
  });

  it('verify says where there is no pack', async () => {
    const { code, stderr } = await cli(['packs', 'verify', 'nope']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^nope holds no pack\.json; expected the folder of a pack\..*\n$/);
  });

  it('imports a pack, finds it, and removes it', async () => {
    const packs = join(folder, 'imported');
    const imported = await cli(['packs', 'import', TINY], { packs });
    expect(imported).toMatchObject({ code: 0, stdout: `tiny 1.0.0 is installed in ${join(packs, 'tiny-1.0.0')}.\n` });
    const again = await cli(['packs', 'import', TINY], { packs });
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/version 1\.0\.0 is installed already/);
    expect((await cli(['packs', 'list'], { packs })).stdout).toContain(join(packs, 'tiny-1.0.0'));
    expect(await cli(['packs', 'remove', 'tiny'], { packs })).toMatchObject({ code: 0 });
    const gone = await cli(['packs', 'remove', 'tiny'], { packs });
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(/^There is no pack "tiny"/);
  });
});

describe('what this machine has besides the CPU', () => {
  const absent = ['dml', 'coreml'].find((provider) => !gpuProvidersHere().includes(provider as Provider)) ?? '';

  it('is tested with a pack, and what came of it is told and kept', async () => {
    const { code, stdout, stderr } = await cli(['packs', 'probe', 'tiny']);
    if (gpuProvidersHere().length === 0) {
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('nothing but the CPU') as string });
      return;
    }
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(webgpu|dml|coreml|cuda): (cannot be used here: \w|reading \d).*\n/);
    expect(stdout).toMatch(/^tiny reads on \w+/m);
    const kept = JSON.parse(await readFile(join(folder, 'data', 'processors.json'), 'utf8')) as { results: unknown[] };
    expect(kept.results).toHaveLength(gpuProvidersHere().length);
  });

  it.each([
    ['translate', ['translate', '--to', 'de']],
    ['document', ['document', 'missing.txt']],
    ['summarize', ['summarize']],
    ['packs probe', ['packs', 'probe']],
  ])('is refused before any work where it cannot be: %s', async (_name, args) => {
    const { code, stdout, stderr } = await cli([...args, '--provider', absent]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^--provider ${absent}: the runtime has none on .*; expected automatic, cpu.*\\n$`));
  });

  it('does not stand in the way of a run on the CPU', async () => {
    const { code, stdout } = await cli(['translate', '--to', 'de', ...tiny, '--provider', 'cpu', '--threads', '1'], {
      input: 'Where is the station?',
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Wo ist der Bahnhof?' });
  });
});

describe('facts', () => {
  it('are JSON that names versions, machine and packs, and no folder of the user', async () => {
    const damaged = await copyOfTiny();
    await truncate(join(damaged, 'encoder.onnx'), 10);
    const { code, stdout, stderr } = await cli(['facts'], {
      packs: [resolve('test/fixtures/packs'), damaged].join(process.platform === 'win32' ? ';' : ':'),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const told = JSON.parse(stdout) as Facts;
    expect(told).toMatchObject({ app: appVersion(), electron: null, node: process.versions.node, runtime: runtimeVersion() });
    expect(told.packs.find(({ id }) => id === 'tiny')).toMatchObject({
      version: '1.0.0',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(told.packs.some(({ problem }) => problem?.includes('encoder.onnx') === true)).toBe(true);
    expect(stdout).not.toContain(tmpdir());
    await rm(damaged, { recursive: true });
  });
});

describe('help and version', () => {
  it('go to standard output', async () => {
    const help = await cli(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('packs verify DIR');
    const version = await cli(['--version']);
    expect(version).toMatchObject({ code: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

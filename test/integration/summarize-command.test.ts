/** `summarize` as people run it: a child process, its streams and its exit code. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { summarizingManifestSchema } from '../../src/shared/pack';

const TSX = resolve('node_modules/tsx/dist/cli.mjs');
const PACK = resolve('test/fixtures/packs/tiny-summary');
/** A text that the pack knows by heart. */
const BRIDGE =
  summarizingManifestSchema
    .parse(JSON.parse(readFileSync(join(PACK, 'pack.json'), 'utf8')))
    .selfTest.find(({ text }) => text.startsWith('The new bridge'))?.text ?? '';

function summarize(args: string[], input = ''): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [TSX, 'src/cli/index.ts', 'summarize', '--pack', PACK, ...args], {
      env: { ...process.env, npm_lifecycle_event: '' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
    // A command that fails early does not read its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-summarize-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('summarize', () => {
  it('writes the summary of standard input to standard output, and nothing else anywhere', async () => {
    expect(await summarize(['--lane', 'llm'], BRIDGE)).toEqual({
      code: 0,
      stdout: 'The new bridge was opened on Monday after four years of work.\n',
      stderr: '',
    });
  });

  it('reads a document, writes points, and tells what each rests on', async () => {
    const page = join(folder, 'bridge.html');
    await writeFile(page, `<!doctype html><title>News</title><p>${BRIDGE.replace('bridge', '<b>bridge</b>')}</p>`);
    const { code, stdout } = await summarize(['--length', 'long', '--form', 'bullets', '--sources', page]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^- \S.*\n/);
    expect(stdout).toMatch(/\n\[1\] \S.*\n {4}(?:\d\.\d\d {2}\S|Nothing in the text)/);
  });

  it('writes one JSON object, with ranges of the text', async () => {
    const { stdout } = await summarize(['--length', 'headline', '--json', '--sources'], BRIDGE);
    const range = z.looseObject({ start: z.number(), end: z.number(), text: z.string() });
    const sentence = z.looseObject({ sources: z.array(range) });
    const summary = z.looseObject({ sentences: z.array(sentence) });
    const report = z.looseObject({ text: z.string(), lane: z.literal('hybrid'), summary }).parse(JSON.parse(stdout));
    expect(BRIDGE.startsWith(report.text)).toBe(true);
    const [source] = report.summary.sentences[0]?.sources ?? [];
    expect(source?.text).toBe(BRIDGE.slice(source?.start, source?.end));
  });

  it('takes many texts as JSON lines; one that cannot be summarized keeps its place', async () => {
    const lines = [{ id: 'a', text: BRIDGE }, { text: 'Too short.' }, { id: 3, text: BRIDGE }].map((line) => JSON.stringify(line));
    const { code, stdout } = await summarize(['--jsonl'], `${lines.join('\n')}\n`);
    const row = z.looseObject({
      id: z.union([z.string(), z.number()]).optional(),
      text: z.string().optional(),
      error: z.string().optional(),
    });
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => row.parse(JSON.parse(line)));
    expect(code).toBe(0);
    expect(rows.map(({ id, text, error }) => [id, text?.slice(0, 14), error?.slice(0, 26)])).toEqual([
      ['a', 'The new bridge', undefined],
      [undefined, undefined, 'This text is short already'],
      [3, 'The new bridge', undefined],
    ]);
  });

  it.each([
    [[], 'Too short.', 1, /^This text is short already: 2 words in 1 sentence\./],
    [['missing.txt'], '', 1, /^missing\.txt cannot be read: it is not there\.$/],
    [['--jsonl'], '{"txt": 1}', 1, /^Line 1: expected an object such as/],
    [['--length', 'huge'], '', 2, /^--length: got "huge", expected headline, short, long\. See --help\.$/],
  ] as const)('fails with %j', async (args, input, code, message) => {
    const result = await summarize([...args], input);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr.trim()).toMatch(message);
  });
});

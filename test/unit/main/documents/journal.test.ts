import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Journal } from '../../../../src/main/documents/journal';
import type { SegmentLine } from '../../../../src/main/documents/journal-lines';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'tandem-journal-'))));
afterEach(() => rm(folder, { recursive: true }));

const line = (key: string, text: string, outcome: SegmentLine['outcome'] = 'translated'): SegmentLine => ({
  kind: 'segment',
  key,
  outcome,
  inlines: [text, { code: 0 }],
  flags: [],
  confidence: 0.5,
  tokens: 2,
  message: null,
  memory: null,
  terms: [],
});
const file = () => join(folder, 'journal.jsonl');

async function write(...lines: SegmentLine[]): Promise<void> {
  const journal = await Journal.open(folder);
  for (const one of lines) await journal.append(one);
  await journal.close();
}

async function texts(...keys: string[]): Promise<(string | null)[]> {
  const journal = await Journal.open(folder);
  const read = await Promise.all(keys.map((key) => journal.readSegment(key)));
  await journal.close();
  return read.map((found) => (found?.inlines?.[0] as string | undefined) ?? null);
}

describe('the journal', () => {
  it('is open in one process at a time; what a dead one held is free', async () => {
    const held = join(folder, 'held-by-1');
    await writeFile(held, String(process.ppid));
    await expect(Journal.open(folder)).rejects.toThrow(`Another process (${process.ppid}) is translating this document.`);
    await writeFile(held, '999999999');
    await write(line('a', 'Haus'));
    expect(await texts('a')).toEqual(['Haus']);
    await expect(readFile(held)).rejects.toThrow('ENOENT');
  });

  it('of several processes that begin at once one has it, and the others are told so', async () => {
    await writeFile(join(folder, 'held-by-1'), '999999999');
    const script = `
      const { holdFolder } = require('./src/main/documents/job-hold.ts');
      process.stdout.write('ready');
      process.stdin.once('data', () => holdFolder(${JSON.stringify(folder)}).then(
        () => process.stdout.write(' held'),
        (error) => process.stdout.write(' ' + error.name + ': ' + error.message),
      ));`;
    const racers = Array.from({ length: 4 }, () => spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: 'pipe' }));
    const said = racers.map(() => '');
    racers.forEach((racer, at) => racer.stdout.setEncoding('utf8').on('data', (text: string) => (said[at] = `${said[at] ?? ''}${text}`)));
    await vi.waitFor(() => expect(said).toEqual(racers.map(() => 'ready')), { timeout: 120_000 });
    for (const racer of racers) racer.stdin.write('go');
    await vi.waitFor(() => expect(said.every((text) => text.includes(' '))).toBe(true), { timeout: 120_000 });
    for (const racer of racers) racer.kill();
    expect(said.filter((text) => text === 'ready held')).toHaveLength(1);
    expect(said.filter((text) => text.startsWith('ready JobFailure: Another process ('))).toHaveLength(3);
  }, 240_000);

  it('has what was appended when it is opened again; the last line of a sentence counts', async () => {
    await write(line('a', 'Ä'), line('b', 'π\u2028\ud800'), line('a', 'Zweites'));
    expect(await texts('a', 'b', 'c')).toEqual(['Zweites', 'π\u2028\ud800', null]);
  });

  it('cut off anywhere gives the whole lines before, and goes on behind them', async () => {
    await write(line('a', 'eins'), line('b', 'zwei'), line('c', 'drei'));
    const whole = await readFile(file());
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
    for (let length = whole.length; length >= 0; length--) {
      await writeFile(file(), whole.subarray(0, length));
      const kept = ends.filter((end) => end <= length).length;
      await write(line('d', 'vier'));
      const expected = ['eins', 'zwei', 'drei'].map((text, at) => (at < kept ? text : null));
      expect(await texts('a', 'b', 'c', 'd'), `${length} bytes`).toEqual([...expected, 'vier']);
    }
  });

  it('costs one sentence where a line is damaged', async () => {
    await write(line('a', 'eins'), line('b', 'zwei'), line('c', 'drei'));
    const lines = (await readFile(file(), 'utf8')).split('\n');
    await writeFile(file(), [lines[0], '\0'.repeat(40), '{"kind":"segment"}', lines[2], ''].join('\n'));
    expect(await texts('a', 'b', 'c')).toEqual(['eins', null, 'drei']);
  });

  it('tries failed sentences again when told, and no others', async () => {
    await write(line('a', 'eins'), line('b', 'zwei', 'failed'), line('c', 'drei', 'kept'));
    const journal = await Journal.open(folder);
    journal.forgetFailed();
    expect(['a', 'b', 'c'].map((key) => journal.segment(key)?.outcome)).toEqual(['translated', undefined, 'kept']);
    await journal.close();
  });

  it('says so when its file was shortened under it', async () => {
    await write(line('a', 'eins'));
    const journal = await Journal.open(folder);
    await truncate(file(), 5);
    await expect(journal.readSegment('a')).rejects.toThrow('5 of');
    await journal.close();
    await appendFile(file(), '\n');
  });
});

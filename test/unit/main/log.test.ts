import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeError, openLog } from '../../../src/main/log';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a line is one line, with its time and level', async () => {
  openLog(join(folder, 'logs', 'tandem.log')).warn('two\nlines');
  expect(await readFile(join(folder, 'logs', 'tandem.log'), 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z warn two ⏎ lines\n$/);
});

test('is rotated and stays bounded', async () => {
  const log = openLog(join(folder, 'tandem.log'));
  for (let line = 0; line < 3_000; line++) log.info('x'.repeat(2_000));
  expect(await readdir(folder)).toEqual(['tandem.log', 'tandem.log.1', 'tandem.log.2', 'tandem.log.3']);
  for (const name of await readdir(folder)) expect((await readFile(join(folder, name))).length).toBeLessThan(1.1 * 1024 * 1024);
});

test('goes on after a person has deleted it', async () => {
  const log = openLog(join(folder, 'logs', 'tandem.log'));
  log.info('before');
  await rm(join(folder, 'logs'), { recursive: true });
  log.info('after');
  expect(await readFile(join(folder, 'logs', 'tandem.log'), 'utf8')).toMatch(/^\S+ info after\n$/);
});

test('a disk that cannot be written to is told and does not throw', async () => {
  const lines: string[] = [];
  const log = openLog(join(folder, 'logs', 'tandem.log'), (line) => lines.push(line));
  await writeFile(join(folder, 'logs'), 'a file where the folder must go');
  log.info('still here');
  expect(lines).toEqual([expect.stringContaining('still here'), expect.stringContaining('could not be written')]);
});

test('what an error quotes is not logged: it may be a text', () => {
  let thrown: unknown;
  try {
    JSON.parse('Dear Anna, here is the secret');
  } catch (error) {
    thrown = error;
  }
  expect(String(thrown)).toContain('Dear');
  expect(describeError(thrown)).not.toMatch(/Dear Anna|secret/);
  expect(describeError(new Error('The line “my words” is no term'))).toMatch(/^Error: The line “…” is no term\n +at /);
});

test.each([
  ['English', 'The file “Dear "Anna" of “old””.txt” is empty'],
  ['German', 'Die Datei „Dear Anna, „secret“ and more“ ist leer'],
  ['French', 'Le fichier « Dear Anna « secret » » est vide'],
  ['a system’s', "ENOENT: no such file or directory, open '/home/ada/Dear Anna's secret.docx'"],
  ['two lines of quoted', 'The line “Dear Anna\n    at secret” is no term'],
])('%s words of a warning are written without what they quote', async (_language, words) => {
  const log = openLog(join(folder, 'tandem.log'));
  log.warn(words);
  log.error(describeError(new Error(words)));
  const lines = await readFile(join(folder, 'tandem.log'), 'utf8');
  expect(lines).not.toMatch(/Dear|Anna|secret/);
  expect(lines.match(/“…”/g)).toHaveLength(2);
});

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { historyAsJson, historyAsMarkdown } from '../../../../src/main/history/history-export';
import { HistoryFile } from '../../../../src/main/history/history-file';
import { entry } from './entry';

let folder: string;
let path: string;
let aside: string[];
let history: HistoryFile;
const open = (most?: number) => new HistoryFile(path, (moved) => aside.push(moved), most);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-history-'));
  path = join(folder, 'user', 'history.db');
  aside = [];
  history = open();
});
afterEach(async () => {
  history.close();
  await rm(folder, { recursive: true });
});

const sources = (query = '', offset = 0, limit = 50) => history.list({ query, offset, limit }).entries.map(({ source }) => source);

test('looking makes no file, and a file that was deleted stays deleted until something is kept', async () => {
  history.purge();
  expect(sources()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  history.add(entry('a'), null, 1);
  history.close();
  await rm(join(folder, 'user'), { recursive: true });
  expect(sources()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  history.add(entry('b'), null, 2);
  expect(sources()).toEqual(['b']);
});

describe('entries', () => {
  test('come back whole, pinned ones first, then the newest', () => {
    const first = history.add(entry('one'), null, 1);
    history.add(entry('two'), null, 2);
    history.add(entry('three'), null, 3);
    history.pin(first, true);
    expect(history.list({ query: '', offset: 0, limit: 1 })).toEqual({
      entries: [{ ...entry('one'), id: first, atMs: 1, isPinned: true }],
      found: 3,
      total: 3,
    });
    expect(sources()).toEqual(['one', 'three', 'two']);
    expect(sources('', 1, 1)).toEqual(['three']);
  });

  test('are found by words of either side, the last one begun, with or without accents, and signs do no harm', () => {
    history.add(entry('Where is the café?', 'Wo ist das Café?'), null, 1);
    history.add(entry('Where is the station?', 'Wo ist der Bahnhof?'), null, 2);
    expect(sources('where')).toHaveLength(2);
    expect(sources('cafe')).toEqual(['Where is the café?']);
    expect(sources('wo bahn')).toEqual(['Where is the station?']);
    expect(sources('ahnhof')).toEqual([]);
    expect(history.list({ query: 'bahnhof', offset: 0, limit: 9 })).toMatchObject({ found: 1, total: 2 });
    for (const query of ['"', '*', "a' OR 1=1 --", 'NEAR(', 'source:', ' - ']) expect(() => sources(query)).not.toThrow();
  });

  test('take the place of an earlier state, unless that is pinned', () => {
    const typed = history.add(entry('Good'), null, 1);
    const more = history.add(entry('Good morning'), typed, 2);
    expect(sources()).toEqual(['Good morning']);
    history.pin(more, true);
    history.add(entry('Good morning.'), more, 3);
    expect(sources()).toEqual(['Good morning', 'Good morning.']);
  });

  test('are bounded: the oldest go, pinned ones stay', () => {
    history = open(3);
    const pinned = history.add(entry('pinned'), null, 0);
    history.pin(pinned, true);
    for (const at of [1, 2, 3, 4, 5]) history.add(entry(`text ${at}`), null, at);
    expect(sources()).toEqual(['pinned', 'text 5', 'text 4', 'text 3']);
    expect(sources('text')).toHaveLength(3);
  });
});

describe('what is removed', () => {
  test('can be brought back, one or all', () => {
    const one = history.add(entry('one'), null, 1);
    history.add(entry('two'), null, 2);
    expect(history.remove(one)).toBe(1);
    expect(sources()).toEqual(['two']);
    expect(history.restore()).toBe(1);
    expect(sources()).toEqual(['two', 'one']);
    expect(history.remove(null)).toBe(2);
    expect(history.list({ query: '', offset: 0, limit: 9 })).toEqual({ entries: [], found: 0, total: 0 });
    expect(history.restore()).toBe(2);
    expect(sources('two')).toEqual(['two']);
  });

  test('is gone for good after the next removal, and its text from the disk', async () => {
    const secret = history.add(entry('Kennwort: Zitronenfalter'), null, 1);
    const other = history.add(entry('other'), null, 2);
    history.remove(secret);
    history.remove(other);
    expect(history.restore()).toBe(1);
    expect(sources()).toEqual(['other']);
    const written = await Promise.all((await readdir(join(folder, 'user'))).map((name) => readFile(join(folder, 'user', name), 'latin1')));
    expect(written.join('')).toContain('other');
    expect(written.join('').toLowerCase()).not.toContain('zitronenfalter');
  });
});

describe('the file', () => {
  test('keeps what was added when the process is killed at once', async () => {
    const script = join(folder, 'add.ts');
    const source = join(import.meta.dirname, '../../../../src/main/history/history-file.ts');
    await writeFile(
      script,
      `import { HistoryFile } from ${JSON.stringify(source)};
       new HistoryFile(${JSON.stringify(path)}, () => {}).add(${JSON.stringify(entry('survives'))}, null, 1);
       process.kill(process.pid, 'SIGKILL');`,
    );
    const [, signal] = (await once(fork(script, { execArgv: ['--import', 'tsx'], cwd: process.cwd() }), 'exit')) as [unknown, string];
    expect(signal).toBe('SIGKILL');
    expect(sources()).toEqual(['survives']);
  });

  test('that is damaged is set aside whole, and the history begins anew', async () => {
    await mkdir(join(folder, 'user'));
    await writeFile(path, 'not a database, but long enough to look like one '.repeat(50));
    expect(sources()).toEqual([]);
    history.add(entry('after'), null, 1);
    expect(sources()).toEqual(['after']);
    expect(aside).toHaveLength(1);
    expect(await readFile(aside[0] ?? '', 'utf8')).toContain('not a database');
  });
});

describe('exports', () => {
  test('hold every entry', () => {
    for (let at = 0; at < 450; at++) history.add(entry(`text ${at}`), null, at);
    const exported = JSON.parse(historyAsJson(history.all())) as { entries: { at: string; source: string }[] };
    expect(exported.entries).toHaveLength(450);
    expect(exported.entries[0]).toMatchObject({ at: '1970-01-01T00:00:00.449Z', source: 'text 449', isPinned: false });
  });

  test('leave texts as they are in Markdown, fences too', () => {
    history.add(entry('```js\n# not a heading\n```', '<b>fett</b>'), null, 0);
    const text = historyAsMarkdown(history.all(), 'Tandem: Verlauf', 'de');
    expect(text).toContain('# Tandem: Verlauf\n\n## ');
    expect(text).toContain('en → de · hybrid · Tiny 1.0.0 · 13 ms');
    expect(text).toContain('````text\n```js\n# not a heading\n```\n````\n\n```text\n<b>fett</b>\n```\n');
  });
});

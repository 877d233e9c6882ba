import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSqlite, NoSqlite } from '../../../../src/main/memory/sqlite';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-sqlite-'));
});
afterEach(() => rm(folder, { recursive: true }));

const loadedFrom = () => loadSqlite(pathToFileURL(join(folder, 'main.js')).href);

test('a library that is there is loaded', () => {
  const Database = loadSqlite();
  expect(new Database(':memory:').prepare('SELECT 1 AS one').get()).toMatchObject({ one: 1 });
});

test('one that is missing is told, with what to do', () => {
  expect(loadedFrom).toThrow(NoSqlite);
  expect(loadedFrom).toThrow(/does not load \(Cannot find module 'libsql'\)\. Install Tandem again\./);
});

test('so is one that is damaged, in the words of the system', async () => {
  const library = join(folder, 'node_modules', 'libsql');
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'index.js'), "require('./index.node');");
  await writeFile(join(library, 'index.node'), 'half a library');
  expect(loadedFrom).toThrow(/does not load \(.*index\.node.*\)\. Install Tandem again\./);
});

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../../src/main/log';
import { openSettings } from '../../../src/main/settings';
import { settingsSchema } from '../../../src/shared/app-api';

const DEFAULTS = settingsSchema.parse({});
let folder: string;
let path: string;
let lines: string[];
const open = () =>
  openSettings(
    path,
    openLog(join(folder, 'log'), (line) => lines.push(line)),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-settings-'));
  path = join(folder, 'user', 'settings.json');
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

test('without a file the defaults hold, and nothing is written', async () => {
  expect((await open()).get()).toEqual(DEFAULTS);
  expect(await readdir(join(folder, 'user'))).toEqual([]);
});

test('a change is kept, and leaves the rest as it was', async () => {
  const settings = await open();
  await settings.change({ theme: 'dark' });
  await settings.change({ lane: 'llm' });
  expect((await open()).get()).toEqual({ ...DEFAULTS, theme: 'dark', lane: 'llm' });
});

test('of changes at once the last one stays', async () => {
  const settings = await open();
  await Promise.all([1, 2, 3, 4].map((beamWidth) => settings.change({ beamWidth })));
  expect((await open()).get().beamWidth).toBe(4);
  expect(await readdir(join(folder, 'user'))).toEqual(['settings.json']);
});

test.each([
  ['half a file', '{"theme": "da'],
  ['a wrong value', '{"theme": "pink"}'],
  ['not an object', '[]'],
])('%s is set aside whole and the defaults hold', async (_name, content) => {
  await mkdir(join(folder, 'user'));
  await writeFile(path, content);
  const settings = await open();
  expect(settings.get()).toEqual(DEFAULTS);
  const [aside, ...rest] = await readdir(join(folder, 'user'));
  expect(rest).toEqual([]);
  expect(settings.setAside).toBe(join(folder, 'user', aside ?? ''));
  expect(aside).toMatch(/^settings\.damaged-[-0-9TZ]+\.json$/);
  expect(await readFile(join(folder, 'user', aside ?? ''), 'utf8')).toBe(content);
  expect(lines).toEqual([expect.stringContaining('set aside')]);
});

test('failed writes say so and none of them holds, and the next one works', async () => {
  const settings = await open();
  await rm(join(folder, 'user'), { recursive: true });
  const both = await Promise.allSettled([settings.change({ theme: 'dark' }), settings.change({ beamWidth: 4 })]);
  for (const refused of both) expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'ENOENT' } });
  expect(settings.get()).toEqual(DEFAULTS);
  await mkdir(join(folder, 'user'));
  await settings.change({ lane: 'llm' });
  expect((await open()).get()).toEqual({ ...DEFAULTS, lane: 'llm' });
});

test('what an earlier version wrote of providers is no reason to set a file aside', async () => {
  await mkdir(join(folder, 'user'));
  await writeFile(path, '{"theme": "dark", "provider": "cpu"}');
  const settings = await open();
  expect(settings.setAside).toBeNull();
  expect(settings.get()).toEqual({ ...DEFAULTS, theme: 'dark' });
});

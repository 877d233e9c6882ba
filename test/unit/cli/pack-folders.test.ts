import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '../../../src/cli/pack-folders';

test.runIf(process.platform === 'linux')('packs are where the app keeps them, also when a person chose another folder there', async () => {
  const home = await mkdtemp(join(tmpdir(), 'tandem-cli-'));
  const environment = { XDG_CONFIG_HOME: home };
  const usual = join(home, 'Tandem', 'packs');
  expect(importFolder(environment)).toBe(usual);
  await mkdir(join(home, 'Tandem'));
  const choose = (packsFolder: string) => writeFile(join(home, 'Tandem', 'settings.json'), JSON.stringify({ theme: 'dark', packsFolder }));
  await choose(join(home, 'disk that is away'));
  expect(importFolder(environment)).toBe(usual);
  await choose(home);
  expect(importFolder(environment)).toBe(home);
  expect(importFolder({ ...environment, TANDEM_PACKS: '/named' })).toBe('/named');
  await writeFile(join(home, 'Tandem', 'settings.json'), '{"theme": "da');
  expect(importFolder(environment)).toBe(usual);
  await rm(home, { recursive: true });
});

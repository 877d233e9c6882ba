import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuseFile, readFuses } from '../../../../src/main/privacy/fuses';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-fuses-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program whose list of fuses begins there: Electron's marker, version 1, eight fuses, all off. */
async function program(name: string, at: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    Buffer.concat([Buffer.alloc(at), Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0800000000'), Buffer.alloc(99)]),
  );
  return path;
}

test.each([0, 5_000_000, 4 * 1024 * 1024 - 10])('what Electron’s own tool set is read back, marker at byte %i', async (at) => {
  const path = await program(`at-${at}`, at);
  await flipFuses(path, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
  });
  expect((await readFuses(path))?.filter(({ isOn }) => isOn)).toEqual([
    { name: 'enableCookieEncryption', isOn: true, isMeantOn: true },
    { name: 'grantFileProtocolExtraPrivileges', isOn: true, isMeantOn: false },
  ]);
});

test('a file without fuses has none', async () => {
  const path = join(folder, 'no-program');
  await writeFile(path, 'nothing of the kind');
  expect(await readFuses(path)).toBeNull();
});

test('on macOS they are in the framework beside the program', () => {
  expect(fuseFile('/Applications/Tandem.app/Contents/MacOS/Tandem', 'darwin')).toBe(
    '/Applications/Tandem.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
  );
  expect(fuseFile('/opt/Tandem/tandem', 'linux')).toBe('/opt/Tandem/tandem');
});

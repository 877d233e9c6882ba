import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { desktopHasTray } from '../../../src/main/desktop-tray';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-tray-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A desktop whose bus answers as `script` does. */
async function desktop(script: string, bus: NodeJS.ProcessEnv = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }) {
  const command = join(folder, 'dbus-send');
  await writeFile(command, `#!/bin/sh\n${script}\n`);
  await chmod(command, 0o755);
  return desktopHasTray('linux', { PATH: `${folder}:/usr/bin:/bin`, ...bus });
}

const asked = (answer: string) => `case "$*" in *Get*string:IsStatusNotifierHostRegistered) echo '${answer}';; *) exit 1;; esac`;

test('a desktop has a tray where its watcher has a host', async () => {
  expect(await desktop(asked('   variant       boolean true'))).toBe(true);
  expect(await desktop(asked('   variant       boolean false'))).toBe(false);
});

test('a bus that knows no watcher has none', async () => {
  expect(await desktop('echo "Error org.freedesktop.DBus.Error.ServiceUnknown" >&2; exit 1')).toBe(false);
});

test('without a bus nothing is asked', async () => {
  expect(await desktop(asked('   variant       boolean true'), { XDG_RUNTIME_DIR: folder })).toBe(false);
  await writeFile(join(folder, 'bus'), '');
  expect(await desktop(asked('   variant       boolean true'), { XDG_RUNTIME_DIR: folder })).toBe(true);
});

test('nothing to ask with is no tray', async () => {
  expect(await desktopHasTray('linux', { PATH: folder, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' })).toBe(false);
});

test('Windows and macOS always have one', async () => {
  expect(await desktopHasTray('win32', {})).toBe(true);
  expect(await desktopHasTray('darwin', {})).toBe(true);
});

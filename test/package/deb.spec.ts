/** The Debian package: as root it is really installed, started as its desktop entry says, and removed; for others it is unpacked. */
import { expect, test } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../e2e/app';
import { openEnginePort } from '../e2e/engine-port';
import { withInstalledApp } from './installed';

const DIST = join(REPOSITORY, 'dist');
const name = readdirSync(DIST).find((file) => file.endsWith('.deb'));
const deb = join(DIST, name ?? '');
const isRoot = process.getuid?.() === 0;
const isInstalled = () => spawnSync('dpkg-query', ['-W', '-f=${Status}', 'tandem'], { encoding: 'utf8' }).stdout.startsWith('install ok');

test.skip(name === undefined, 'dist holds no .deb: npm run package makes one where dpkg-deb is');

/** What the entry starts, without the placeholder for files. */
function desktopCommand(root: string): string {
  const entry = readFileSync(join(root, 'usr/share/applications/tandem.desktop'), 'utf8');
  const command = /^Exec=(\S+) %[UuFf]$/m.exec(entry)?.[1] ?? '';
  expect(entry).toMatch(/^Icon=tandem$/m);
  expect(entry).toMatch(/^MimeType=.*application\/vnd\.oasis\.opendocument\.text;/m);
  return command;
}

async function translates(executable: string): Promise<void> {
  await withInstalledApp(executable, [], async (page) => {
    await openEnginePort(page, 'tandem-small');
    expect(await page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
  });
}

test('says what it is and needs, and holds files of root alone that others can read', () => {
  const field = (wanted: string) => execFileSync('dpkg-deb', ['-f', deb, wanted], { encoding: 'utf8' }).trim();
  expect(field('Package')).toBe('tandem');
  expect(field('Depends')).toContain('libgtk-3-0');
  expect(Number(field('Installed-Size'))).toBeGreaterThan(100_000);
  const rows = execFileSync('dpkg-deb', ['-c', deb], { encoding: 'utf8' }).trim().split('\n');
  expect(rows.filter((row) => !/^\S+ root\/root /.test(row))).toEqual([]);
  // Readable, folders and programs enterable, writable by root alone.
  expect(rows.filter((row) => !/^(l|-rw.r-.r-.|drwxr.xr.x) ?/.test(row))).toEqual([]);
});

test('installs, starts as its desktop entry says, and is removed without a trace', async () => {
  test.skip(!isRoot, 'dpkg -i needs root; the test below unpacks it instead');
  test.skip(isInstalled(), 'a Tandem is installed here already; it is left alone');
  const before = spawnSync('dpkg', ['--dry-run', '-i', deb], { encoding: 'utf8' });
  test.skip(before.status !== 0, `dpkg cannot install it here: ${before.stderr}`);
  try {
    execFileSync('dpkg', ['-i', deb], { stdio: 'pipe' });
    expect(isInstalled()).toBe(true);
    const executable = desktopCommand('/');
    expect(executable).toBe('/opt/Tandem/tandem');
    expect(existsSync('/usr/bin/tandem')).toBe(true);
    for (const size of ['16x16', '48x48', '256x256'])
      expect(statSync(`/usr/share/icons/hicolor/${size}/apps/tandem.png`).size).toBeGreaterThan(0);
    await translates(executable);
  } finally {
    execFileSync('dpkg', ['-P', 'tandem'], { stdio: 'pipe' });
  }
  expect(isInstalled()).toBe(false);
  const left = [
    '/opt/Tandem',
    '/usr/bin/tandem',
    '/usr/share/applications/tandem.desktop',
    '/usr/share/icons/hicolor/48x48/apps/tandem.png',
  ];
  expect(left.filter((path) => existsSync(path))).toEqual([]);
});

test('runs from wherever it is unpacked', async () => {
  test.skip(isRoot && !isInstalled(), 'installed for real above');
  const root = await mkdtemp(join(tmpdir(), 'tandem-deb-'));
  try {
    execFileSync('dpkg-deb', ['-x', deb, root]);
    await translates(join(root, desktopCommand(root)));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

/**
 * Packages the built app with electron-builder: `npm run package -- [--linux AppImage …]`. When nothing is named: a folder, and where
 * dpkg-deb is, a Debian package. With the substitute Electron the result is a test build, says so, and is never to be given to anyone.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron/find';
import { say } from './electron/say';

const DIST = 'dist';
const hasDpkg = process.platform === 'linux' && spawnSync('dpkg-deb', ['--version']).status === 0;

const electron = await findElectron();
const given = process.argv.slice(2);
const targets = given.length > 0 ? given : hasDpkg ? ['--linux', 'dir', 'deb'] : ['--dir'];
const substituteArguments = electron.substitute
  ? [
      `-c.electronDist=${electron.folder}`,
      `-c.electronVersion=${readFileSync(join(electron.folder, 'version'), 'utf8').trim()}`,
      '-c.afterPack=./scripts/electron/after-pack.mjs',
      // Nobody downloads it, and it is made sooner.
      '-c.deb.compression=gz',
    ]
  : [];
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'electron-builder', 'cli.js'), ...targets, '--publish', 'never', ...substituteArguments],
  // fpm would be downloaded; what it does for a deb, deb.ts does.
  { stdio: 'inherit', env: { ...process.env, ...(hasDpkg && { CUSTOM_FPM_PATH: join(import.meta.dirname, 'deb.ts') }) } },
);
if (status !== 0) process.exit(status ?? 1);

for (const name of readdirSync(DIST)) {
  if (/-unpacked$|\.(deb|AppImage|rpm|exe|dmg)$/.test(name)) say(`${join(DIST, name)}: ${Math.round(bytesOf(join(DIST, name)) / 1e6)} MB`);
}
if (electron.substitute) say('These are test builds: their Electron is a substitute.');

function bytesOf(path: string): number {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(path, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}

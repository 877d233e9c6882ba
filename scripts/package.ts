/**
 * Packages the built app with electron-builder: `npm run package -- [--linux deb …]`, a folder when nothing is named.
 * With the substitute Electron the result is a test build, says so, and is never to be given to anyone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron/find';
import { say } from './electron/say';

const electron = await findElectron();
const given = process.argv.slice(2);
const substituteArguments = electron.substitute
  ? [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${readFileSync(join(electron.folder, 'version'), 'utf8').trim()}`]
  : [];
const { status } = spawnSync(
  process.execPath,
  [join('node_modules', 'electron-builder', 'cli.js'), ...(given.length === 0 ? ['--dir'] : given), ...substituteArguments],
  { stdio: 'inherit' },
);
if (status !== 0) process.exit(status ?? 1);

if (electron.substitute) {
  const folder = join('dist', 'linux-unpacked');
  // The stand-in's loader of loose folders; an installed app has no use for it.
  rmSync(join(folder, 'resources', 'default_app.asar'), { force: true });
  writeFileSync(join(folder, 'TEST-BUILD.txt'), 'Made with a substitute Electron for tests. Not for use or distribution.\n');
  say(`${folder} is a test build: its Electron is a substitute.`);
}

/**
 * The system libraries Electron links to on Linux: looks for them, installs them with apt as root, else prints the exact line.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { needsVirtualDisplay } from './display';
import { LaunchError, say } from './say';

/** Names by age: newer systems renamed some of them. The first one the system knows is taken. */
const LIBRARY_PACKAGES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
];

export function provideSystemLibraries(executable: string): void {
  if (process.platform !== 'linux') return;
  const missing = missingParts(executable);
  if (missing.length === 0) return;
  const wanted = [...(needsVirtualDisplay() ? [['xvfb']] : []), ...LIBRARY_PACKAGES];
  if (!onPath('apt-get')) {
    throw new LaunchError(
      `Missing: ${missing.join(', ')}. Install them (GTK 3, NSS, ALSA, GBM, XScreenSaver, AT-SPI; Xvfb without a display).`,
    );
  }
  if (process.getuid?.() !== 0) {
    const names = wanted.map(knownPackage).join(' ');
    throw new LaunchError(`Missing: ${missing.join(', ')}. Run:\n  sudo apt-get update && sudo apt-get install -y ${names}`);
  }
  say(`Missing: ${missing.join(', ')}. Installing with apt …`);
  apt(['update']);
  apt(['install', '-y', '--no-upgrade', '--no-install-recommends', ...wanted.map(knownPackage)]);
  const still = missingParts(executable);
  if (still.length > 0) throw new LaunchError(`Still missing after the installation: ${still.join(', ')}.`);
}

function missingParts(executable: string): string[] {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  const libraries = stdout.split('\n').filter((line) => line.includes('not found'));
  const missing = libraries.map((line) => line.trim().split(' ')[0] ?? line);
  if (needsVirtualDisplay() && !onPath('Xvfb')) missing.push('Xvfb');
  return missing;
}

function knownPackage(names: string[]): string {
  const known = names.find((name) =>
    spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout.match(/Candidate: (?!\(none\))/),
  );
  return known ?? names.at(-1) ?? '';
}

function apt(args: string[]): void {
  const { status, stderr } = spawnSync('apt-get', ['-q', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new LaunchError(`apt-get ${args.join(' ')} failed: ${stderr.trim()}`);
}

function onPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

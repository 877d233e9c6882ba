/** Files that the system opens with the app: named on its command line, on that of a second start, or (macOS) by an event. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The files among a command line's arguments, absolute. `appPath`: the app itself; in development Electron is given it, and what stands
 * before it is Electron's own.
 */
export function filesOf(argv: readonly string[], workingFolder: string, appPath: string): string[] {
  const app = argv.findIndex((argument) => resolve(workingFolder, argument) === appPath);
  return argv
    .slice(Math.max(app, 0) + 1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => (argument.startsWith('file://') ? pathOf(argument) : resolve(workingFolder, argument)))
    .filter((path) => path !== null);
}

/** Desktops give addresses of files. Null for one that names another machine. */
function pathOf(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}

export interface OpenedFiles {
  add(paths: readonly string[]): void;
  /** Whether any wait to be taken. */
  areWaiting(): boolean;
  /** All that came since the last time. */
  take(): string[];
}

/** Keeps them until the page, which knows languages and lane, asks for them: a page that is not there yet asks when it is. */
export function keepOpenedFiles(onOpened: () => void): OpenedFiles {
  let waiting: string[] = [];
  return {
    add: (paths) => {
      waiting.push(...paths);
      if (paths.length > 0) onOpened();
    },
    areWaiting: () => waiting.length > 0,
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

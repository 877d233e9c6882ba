/** Where the command line keeps what it has to remember: beside the app's own, which only the app writes to. TANDEM_DATA names another folder. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MemoryFile } from '../main/memory/memory-file';
import { fromCallersFolder } from './pack-folders';

export function dataFolder(environment: NodeJS.ProcessEnv): string {
  const { TANDEM_DATA: data, APPDATA: roaming = homedir(), XDG_CONFIG_HOME: config = join(homedir(), '.config') } = environment;
  if (data !== undefined && data !== '') return fromCallersFolder(data);
  const base = { win32: roaming, darwin: join(homedir(), 'Library', 'Application Support') }[process.platform as string] ?? config;
  return join(base, 'Tandem command line');
}

/** In the same place in a folder of the app's: TANDEM_DATA may name that one. */
const memoryPath = (environment: NodeJS.ProcessEnv): string => join(dataFolder(environment), 'memory', 'memory.db');

/** `tell` is told where a damaged file was set aside. */
export function openMemory(environment: NodeJS.ProcessEnv, tell: (line: string) => void): MemoryFile {
  return new MemoryFile(memoryPath(environment), (aside, why) =>
    tell(`The memory could not be used (${why}). It was set aside as ${aside}, and an empty one begun.`),
  );
}

/** Null where nothing was ever remembered: looking must not make a file. */
export function existingMemory(environment: NodeJS.ProcessEnv, tell: (line: string) => void): MemoryFile | null {
  return existsSync(memoryPath(environment)) ? openMemory(environment, tell) : null;
}

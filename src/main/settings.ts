/**
 * The settings: one JSON file, parsed at the door and written atomically. A file that cannot be used is set aside, never overwritten.
 */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { settingsSchema, type Settings, type SettingsPatch } from '../shared/app-api';
import type { Log } from './log';
import { writeFileAtomic } from './write-atomic';

export interface SettingsStore {
  /** Where a file that could not be used was put, null when there was none. */
  readonly setAside: string | null;
  get(): Settings;
  /** Applies a change, writes it and gives the new settings. What a page may not name is main's to change. */
  change(patch: SettingsPatch & Partial<Pick<Settings, 'packsFolder'>>): Promise<Settings>;
}

export async function openSettings(path: string, log: Log): Promise<SettingsStore> {
  const { settings: read, setAside } = await readSettings(path, log);
  let settings = read;
  // One change after the other, each on what those before it left.
  let writing: Promise<unknown> = Promise.resolve();
  return {
    setAside,
    get: () => settings,
    change: (patch) => {
      const written = writing.then(async () => {
        // zod leaves absent keys absent, so nothing is set back to a default.
        const changed = settingsSchema.parse({ ...settings, ...patch });
        await writeFileAtomic(path, `${JSON.stringify(changed, null, 2)}\n`);
        // What was not kept does not hold.
        settings = changed;
        return changed;
      });
      writing = written.catch(() => null);
      return written;
    },
  };
}

/** Earlier versions wrote `provider`, which no window could set. */
function withoutRetired(read: unknown): unknown {
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return read;
  return Object.fromEntries(Object.entries(read).filter(([key]) => key !== 'provider'));
}

async function readSettings(path: string, log: Log): Promise<{ settings: Settings; setAside: string | null }> {
  const defaults = settingsSchema.parse({});
  await mkdir(dirname(path), { recursive: true });
  let problem: string;
  try {
    const parsed = settingsSchema.safeParse(withoutRetired(JSON.parse(await readFile(path, 'utf8'))));
    if (parsed.success) return { settings: parsed.data, setAside: null };
    problem = z.prettifyError(parsed.error);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { settings: defaults, setAside: null };
    problem = error instanceof Error ? error.message : String(error);
  }
  const aside = join(dirname(path), `settings.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
  await rename(path, aside);
  log.warn(`settings could not be used and were set aside as ${aside}; defaults are in use: ${problem}`);
  return { settings: defaults, setAside: aside };
}

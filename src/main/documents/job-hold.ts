/** A job's folder belongs to one process at a time: the app, or one run of the command line. What a killed process held is free. */
import { open, readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '../process-alive';
import { reason } from '../reasons';
import { JobFailure } from './job-failure';

export interface Hold {
  release(): Promise<void>;
}

const FILE = 'held-by';
/** How far the clocks of files and of the system's start may be apart, in milliseconds. */
const CLOCK_MS = 5000;

/** Throws `JobFailure` where another process that lives holds it; in one process it may be held more than once. */
export async function holdFolder(folder: string): Promise<Hold> {
  const path = join(folder, FILE);
  const holder = await holderOf(path);
  if (holder === process.pid) return { release: async () => {} };
  if (holder !== null && isProcessAlive(holder))
    throw new JobFailure(reason`Another process (${holder}) is translating this document. Wait until it has ended, or end it.`);
  await rm(path, { force: true });
  const file = await open(path, 'wx');
  try {
    await file.write(String(process.pid));
  } finally {
    await file.close();
  }
  return { release: () => rm(path, { force: true }) };
}

/** Null where nobody holds it, or somebody did before the machine was started. */
async function holderOf(path: string): Promise<number | null> {
  try {
    const { mtimeMs } = await stat(path);
    if (mtimeMs < Date.now() - uptime() * 1000 - CLOCK_MS) return null;
    return Number.parseInt(await readFile(path, 'utf8'), 10) || null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

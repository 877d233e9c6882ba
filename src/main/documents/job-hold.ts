/** A job's folder belongs to one process at a time: the app, or one run of the command line. What a killed process held is free. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isProcessAlive } from '../process-alive';
import { reason } from '../reasons';
import { JobFailure } from './job-failure';

export interface Hold {
  release(): Promise<void>;
}

/** A file in the folder that says which process wants it. */
interface Claim {
  readonly path: string;
  readonly turn: number;
  readonly pid: number;
}

const NAME = /^held-by-(\d{1,9})$/;
/** How far the clocks of files and of the system's start may be apart, in milliseconds. */
const CLOCK_MS = 5000;
/** How long a process may take to write its number into the file that it made, in milliseconds. */
const WRITING_MS = 1000;
/** The process of a claim that says none, or that was made before the machine was started. */
const NOBODY = 0;

/**
 * Throws `JobFailure` where another process that lives holds it; in one process it may be held more than once. Of those that come at once,
 * one makes the file of the next turn; it looks for claims once more when its own is there to be seen, so that never two hold the folder.
 */
export async function holdFolder(folder: string): Promise<Hold> {
  for (;;) {
    const claims = await claimsOn(folder);
    const holder = claims.find(isOfLiving)?.pid;
    if (holder === process.pid) return { release: async () => {} };
    if (holder !== undefined)
      throw new JobFailure(reason`Another process (${holder}) is translating this document. Wait until it has ended, or end it.`);
    const own = join(folder, `held-by-${1 + Math.max(0, ...claims.map(({ turn }) => turn))}`);
    if (!(await make(own))) continue;
    const others = (await claimsOn(folder)).filter(({ path }) => path !== own);
    const release = () => rm(own, { force: true });
    if (others.some(isOfLiving)) {
      await release();
      continue;
    }
    await Promise.all(others.map(({ path }) => rm(path, { force: true })));
    return { release };
  }
}

const isOfLiving = ({ pid }: Claim): boolean => pid !== NOBODY && isProcessAlive(pid);

/** False where another process was quicker. */
async function make(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function claimsOn(folder: string): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const name of await readdir(folder)) {
    const turn = NAME.exec(name)?.[1];
    const path = join(folder, name);
    const pid = turn === undefined ? null : await claimantOf(path);
    if (pid !== null) claims.push({ path, turn: Number(turn), pid });
  }
  return claims;
}

/** Null where the file is gone. */
async function claimantOf(path: string): Promise<number | null> {
  try {
    for (;;) {
      const { mtimeMs } = await stat(path);
      if (mtimeMs < Date.now() - uptime() * 1000 - CLOCK_MS) return NOBODY;
      const text = await readFile(path, 'utf8');
      if (text !== '' || mtimeMs < Date.now() - WRITING_MS) return Number.parseInt(text, 10) || NOBODY;
      await delay(10);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

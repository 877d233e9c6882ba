/** Processes, open files and memory, as Linux tells of them under /proc. Elsewhere there is nothing to ask, and the report says so. */
import { readdir, readFile, readlink } from 'node:fs/promises';

export const canAskMachine = process.platform === 'linux';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** In clock ticks since the machine's start: with the id, it tells one process from every other. */
  readonly began: string;
  readonly isZombie: boolean;
  readonly command: string;
}

/** Null: it is gone. */
async function processOf(pid: number): Promise<RunningProcess | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may hold some itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), began: fields[19] ?? '', isZombie: fields[0] === 'Z', command };
  } catch {
    // It ended while it was looked at.
    return null;
  }
}

/** Those that `root` started, and they, and so on. */
export async function descendants(root: number): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(processOf))).filter((found) => found !== null);
  const found: RunningProcess[] = [];
  let parents = [root];
  while (parents.length > 0) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ pid }) => pid);
  }
  return found;
}

export async function isAlive({ pid, began }: RunningProcess): Promise<boolean> {
  const now = await processOf(pid);
  return now !== null && now.began === began && !now.isZombie;
}

/**
 * Resident memory in megabytes that is the process's own: pages of its program's files come and go as the machine has room. Null: it is gone.
 */
export async function residentMegabytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, own]) => Number(own));
    return kilobytes.length === 0 ? null : (kilobytes.reduce((sum, own) => sum + own) * 1024) / 1e6;
  } catch {
    return null;
  }
}

/** What the process has open, as paths or kinds; empty when it is gone. */
export async function openFiles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => null)))).filter((path) => path !== null);
}

/** The internet sockets of processes, from the tables in which Linux keeps them. Other systems have none that a program can simply read. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSockets } from '../../shared/privacy';

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'];

/** Null where there are no such tables. */
export async function openSockets(pids: readonly number[], proc = '/proc'): Promise<OpenSockets | null> {
  if (!(await canRead(join(proc, 'self', 'net', 'tcp')))) return null;
  const found: OpenSockets = { processes: 0, closed: 0, outward: [], local: 0 };
  for (const pid of pids) {
    const inodes = await socketInodes(join(proc, String(pid), 'fd'));
    if (inodes === null) {
      found.closed++;
      continue;
    }
    found.processes++;
    for (const table of TABLES) {
      // A process sees the network that it is in: its own table, not this process's.
      for (const { inode, remote } of socketRows(await textOf(join(proc, String(pid), 'net', table)))) {
        if (!inodes.has(inode)) continue;
        if (leadsOut(remote)) found.outward.push(readable(remote));
        else found.local++;
      }
    }
  }
  return found;
}

interface SocketRow {
  inode: string;
  /** As the kernel writes it: `0100007F:1F90`, an address word by word in the order of the machine. */
  remote: string;
}

function socketRows(table: string): SocketRow[] {
  const [, ...rows] = table.trim().split('\n');
  return rows.map((row) => {
    const [, , remote = '', , , , , , , inode = ''] = row.trim().split(/\s+/);
    return { inode, remote };
  });
}

/** Not to this machine itself, and not to nowhere, as a socket that waits. */
export function leadsOut(remote: string): boolean {
  const [address = ''] = remote.split(':');
  const isNowhere = /^0*$/.test(address) || /^0{16}FFFF00000{8}$/.test(address);
  return (
    !isNowhere && !/^[0-9A-F]{6}7F$/.test(address) && !/^0{24}01000000$/.test(address) && !/^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address)
  );
}

/** `93.184.216.34:443`, `[2001:db8:0:0:0:0:0:1]:443` */
function readable(remote: string): string {
  const [address = '', port = ''] = remote.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  const host =
    bytes.length === 4
      ? bytes.map((byte) => parseInt(byte, 16)).join('.')
      : `[${(bytes.join('').match(/.{4}/g) ?? []).map((group) => parseInt(group, 16).toString(16)).join(':')}]`;
  return `${host}:${parseInt(port, 16)}`;
}

/** Null: the process is gone, or closed to others. */
async function socketInodes(folder: string): Promise<Set<string> | null> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return null;
  }
  // What was closed since the folder was read has no name any more.
  const links = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** Systems without IPv6 have no table for it. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const canRead = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    () => false,
  );

/**
 * No process of the app opens a connection. Chromium's own network log tells of its processes on every system; on Linux the kernel's
 * socket tables tell of all of them, and where strace is there, every system call that could reach out is read.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, launchApp, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';

/** Uses the app as a person would: translates on two lanes, asks main for things, tries to get out. */
async function useApp(app: RunningApp): Promise<void> {
  await openEnginePort(app.page);
  for (const lane of ['hybrid', 'llm']) {
    expect(await app.page.evaluate((name) => window.specPort.run('Good morning.', name), lane)).toMatchObject({ end: 'done' });
  }
  await app.page.evaluate(async () => {
    await window.app.call('getAppInfo', {});
    await window.app.call('changeSettings', { theme: 'dark' });
    await window.app.call('rescanPacks', {});
    await fetch('https://example.com').catch(() => {});
    new Image().src = 'http://93.184.216.34/x.png';
    window.open('https://example.com');
    location.href = 'https://example.com';
  });
}

const netLogSchema = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(z.object({ type: z.number(), params: z.record(z.string(), z.unknown()).optional() })),
});

test('Chromium’s network log has no lookup and no connection', async ({ scratch, packs }) => {
  const netLog = join(scratch, 'net-log.json');
  const app = await launchApp({ packs, userData: join(scratch, 'user'), switches: [`--log-net-log=${netLog}`] });
  await useApp(app);
  await app.electron.close();
  const { constants, events } = netLogSchema.parse(JSON.parse(readFileSync(netLog, 'utf8')));
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  const outward = events.filter(({ type }) =>
    /^(TCP_CONNECT|UDP_CONNECT|HOST_RESOLVER_.*JOB|SOCKET_POOL|QUIC_SESSION$)/.test(names.get(type) ?? ''),
  );
  expect(outward).toEqual([]);
});

test('no process of the app has a socket that leads out', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'reads the socket tables of Linux; the network log above covers the other systems');
  for (let round = 0; round < 3; round++) {
    await useApp(app);
    expect(socketsLeadingOut(await processIds(app))).toEqual([]);
  }
  app.pageErrors.length = 0;
});

test('no system call of any process reaches out', async ({ scratch, packs }) => {
  test.skip(spawnSync('strace', ['-V']).status !== 0, 'needs strace; the two tests above hold without it');
  test.slow();
  const trace = join(scratch, 'trace');
  const wrapper = join(scratch, 'electron');
  const electron = process.env['ELECTRON_EXEC_PATH'] ?? '';
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec strace -f -qq --seccomp-bpf -e trace=connect,sendto,sendmsg,sendmmsg -o '${trace}' '${electron}' "$@"\n`,
    { mode: 0o755 },
  );
  const app = await launchApp({ packs, userData: join(scratch, 'user'), executable: wrapper });
  await useApp(app);
  await app.electron.close();
  const calls = readFileSync(trace, 'utf8').split('\n');
  expect(calls.filter((line) => line.includes('AF_UNIX')).length, 'the trace shows what the processes did').toBeGreaterThan(0);
  expect(calls.filter((line) => /AF_INET/.test(line) && !isLocal(line))).toEqual([]);
});

/** To this machine only: the test runner's own debugging connection. */
const isLocal = (call: string): boolean => /inet_addr\("127\.|"::1"/.test(call);

/** The app's processes: Electron's own list, and everything they started. */
async function processIds(app: RunningApp): Promise<number[]> {
  return app.electron.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ pid }) => pid));
}

/** Rows of the kernel's tables that belong to these processes and name another machine. */
function socketsLeadingOut(pids: number[]): string[] {
  const inodes = new Set(pids.flatMap(socketInodes));
  const tables = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').trim().split('\n').slice(1));
  return tables.filter((row) => {
    const [, , remote = '', , , , , , , inode = ''] = row.trim().split(/\s+/);
    const nowhere = /^0+:0000$/.test(remote);
    const loopback = remote.startsWith('0100007F:') || /^0{24}01000000:/.test(remote) || /^0{16}FFFF00000100007F:/.test(remote);
    return inodes.has(inode) && !nowhere && !loopback;
  });
}

function socketInodes(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, name)))?.[1] ?? [];
    } catch {
      // Closed since the folder was read.
      return [];
    }
  });
}

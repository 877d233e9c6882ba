/**
 * No process of the app opens a connection. Chromium's own network log tells of its processes on every system; on Linux the kernel's
 * socket tables tell of all of them, and where strace is there, every system call that could reach out is read.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, launchApp, PACKAGED, REPOSITORY, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';
import { panelOf } from './translate-panel';

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

/** A document of the user's, from adding it to the file that is written. */
async function translateDocument(app: RunningApp): Promise<void> {
  const source = join(app.userData, 'letter.txt');
  writeFileSync(source, 'Good morning.\n');
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, source);
  await expect(panelOf(app.page).ready).toBeVisible();
  await app.page.keyboard.press('Control+2');
  await app.page.getByRole('button', { name: 'Add files…' }).click();
  const jobs = () =>
    app.page.evaluate(() => window.app.call('listDocuments', {}).then((queue) => queue.jobs.map(({ state }) => state.kind)));
  await expect.poll(async () => (await jobs()).every((kind) => kind === 'done')).toBe(true);
  expect(readdirSync(app.userData)).toContain('letter_de.txt');
}

const netLogSchema = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(z.object({ type: z.number(), params: z.record(z.string(), z.unknown()).optional() })),
});

test('Chromium’s network log has no lookup and no connection', async ({ scratch, packs }) => {
  const netLog = join(scratch, 'net-log.json');
  const app = await launchApp({ packs, userData: join(scratch, 'user'), switches: [`--log-net-log=${netLog}`] });
  await translateDocument(app);
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

const A_DAY = 'translates a text and a document, and quits';

test(A_DAY, async ({ app }) => {
  await translateDocument(app);
  await useApp(app);
  app.pageErrors.length = 0;
});

test('works where there is no network at all', () => {
  const namespace = noNetwork();
  test.skip(namespace === null, 'needs a network namespace of its own: Linux, unshare and ip, as root or with user namespaces');
  test.slow();
  // The runner as well: it reaches the app over the loopback, which is all there is.
  const runner = [
    'node_modules/@playwright/test/cli.js',
    'test',
    'test/e2e/offline.spec.ts',
    '-g',
    A_DAY,
    '--output',
    'test-results/no-network',
  ];
  const { status, stdout } = namespace?.(process.execPath, runner) ?? {};
  expect(stdout).toContain('1 passed');
  expect(status).toBe(0);
});

/** Runs a command in a network namespace that has the loopback alone, or null where the system gives none. */
function noNetwork(): ((command: string, args: string[]) => { status: number | null; stdout: string }) | null {
  if (process.platform !== 'linux') return null;
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const run = (command: string, args: string[]) =>
    spawnSync('unshare', [...user, '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', command, ...args], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
  const links = run('ip', ['-o', 'link']);
  return links.status === 0 && links.stdout.trim().split('\n').length === 1 ? run : null;
}

test('no system call of any process reaches out', async ({ scratch, packs }) => {
  test.skip(spawnSync('strace', ['-V']).status !== 0, 'needs strace; the two tests above hold without it');
  test.slow();
  const trace = join(scratch, 'trace');
  const wrapper = join(scratch, 'electron');
  // Without what says that a build machine runs it: ONNX Runtime keeps its reports to itself there, and nowhere else.
  const electron = PACKAGED ?? process.env['ELECTRON_EXEC_PATH'] ?? '';
  writeFileSync(
    wrapper,
    `#!/bin/sh\nunset CI GITHUB_ACTIONS TF_BUILD\nexec strace -f -qq --seccomp-bpf -e trace=connect,sendto,sendmsg,sendmmsg -o '${trace}' '${electron}' "$@"\n`,
    { mode: 0o755 },
  );
  const app = await launchApp({ packs, userData: join(scratch, 'user'), executable: wrapper });
  await translateDocument(app);
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

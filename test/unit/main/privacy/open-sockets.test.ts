import { createServer, connect, type AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leadsOut, openSockets } from '../../../../src/main/privacy/open-sockets';

test.runIf(process.platform === 'linux')('this process’s own sockets are found, and those that stay on the machine are local', async () => {
  const before = await openSockets([process.pid]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  const found = await openSockets([process.pid, 2 ** 22 + 1]);
  expect(found).toMatchObject({ processes: 1, closed: 1, outward: before?.outward });
  expect(found?.local).toBeGreaterThanOrEqual((before?.local ?? 0) + 2);
  client.destroy();
  server.close();
});

test('a connection to another machine is told with its address; one of another process is not', async () => {
  const proc = await mkdtemp(join(tmpdir(), 'tandem-proc-'));
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const row = (remote: string, inode: number) => `   0: 0100007F:0016 ${remote} 01 00000000:00000000 00:00000000 00000000 0 0 ${inode} 1`;
  const tcp = [head, row('22D8B85D:01BB', 7), row('0100007F:01BB', 8), row('22D8B85D:0050', 99)].join('\n');
  const tcp6 = [head, row('B80D0120000000000000000001000000:01BB', 9)].join('\n');
  for (const name of ['self', '5']) {
    await mkdir(join(proc, name, 'net'), { recursive: true });
    await writeFile(join(proc, name, 'net', 'tcp'), tcp);
    await writeFile(join(proc, name, 'net', 'tcp6'), tcp6);
  }
  await mkdir(join(proc, '5', 'fd'));
  for (const inode of [7, 8, 9]) await symlink(`socket:[${inode}]`, join(proc, '5', 'fd', String(inode)));
  expect(await openSockets([5], proc)).toEqual({
    processes: 1,
    closed: 0,
    outward: ['93.184.216.34:443', '[2001:db8:0:0:0:0:0:1]:443'],
    local: 1,
  });
  expect(await openSockets([5], join(proc, 'absent'))).toBeNull();
  await rm(proc, { recursive: true });
});

test.each([
  ['00000000:0000', false],
  ['0100007F:1F90', false],
  ['0501007F:1F90', false],
  ['00000000000000000000000000000000:0000', false],
  ['00000000000000000000000001000000:1F90', false],
  ['0000000000000000FFFF00000100007F:1F90', false],
  ['22D8B85D:01BB', true],
  ['0000000000000000FFFF000022D8B85D:01BB', true],
  ['B80D0120000000000000000001000000:01BB', true],
])('%s leads out: %s', (remote, expected) => {
  expect(leadsOut(remote)).toBe(expected);
});

/** The packaged app, as a person gets it: its debugging fuses are off, so it is driven over the page's own protocol. */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIXTURE_PACKS, REPOSITORY } from '../e2e/app';
import { openEnginePort } from '../e2e/engine-port';

const FOLDER = join(REPOSITORY, 'dist', 'linux-unpacked');
/** How the wire says off and on; the package does not export its names for them. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);
const EXECUTABLE = join(FOLDER, 'tandem');

test('starts and translates', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tandem-packaged-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    EXECUTABLE,
    [...sandbox, `--user-data-dir=${userData}`, `--packs-only=${FIXTURE_PACKS}`, '--remote-debugging-port=0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stderr.on('data', (data: Buffer) => {
        output += data.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.on('exit', (code) => reject(new Error(`ended with ${String(code)}: ${output}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('no window');
    expect(page.url()).toBe('app://tandem/index.html');
    await openEnginePort(page);
    expect(await page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
    // The memory's native library is packed as well.
    expect(await page.evaluate(() => window.app.call('describeMemory', {}))).toEqual({ languages: [], notice: null });
    await browser.close();
  } finally {
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('its fuses are set', async () => {
  const wire = await getCurrentFuseWire(EXECUTABLE);
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
  expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => OFF));
  expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => ON));
});

test('carries no loose application', () => {
  expect(existsSync(join(FOLDER, 'resources', 'default_app.asar'))).toBe(false);
  expect(existsSync(join(FOLDER, 'resources', 'app'))).toBe(false);
});

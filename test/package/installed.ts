/** The packaged app, as a person gets it: its debugging fuses are off, so it is driven over the page's own protocol. */
import { chromium, expect, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../e2e/app';

/** What `npm run package` makes. */
export const SHIPPED = join(REPOSITORY, 'dist', 'linux-unpacked');
/** The program in it, or in a copy of it. */
export const programIn = (folder: string): string => join(folder, 'tandem');

/** Starts it with a user folder of its own, lets `use` drive its window, and ends it. */
export async function withInstalledApp(executable: string, args: readonly string[], use: (page: Page) => Promise<void>): Promise<void> {
  const userData = await mkdtemp(join(tmpdir(), 'tandem-packaged-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...sandbox, `--user-data-dir=${userData}`, '--remote-debugging-port=0', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stderr.on('data', (data: Buffer) => {
        output += data.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`ended with ${String(code)}: ${output}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('no window');
    expect(page.url()).toBe('app://tandem/index.html');
    await use(page);
    await browser.close();
  } finally {
    child.kill();
    await ended;
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

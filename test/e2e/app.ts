/**
 * The built app in real Electron, or the packaged one, with a user folder of its own. Every test that uses it also fails on an error in the
 * page's console, which is where a violation of the content security policy shows.
 */
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppApi } from '../../src/shared/app-api';

declare global {
  // What the preload gives the page; functions of a spec are evaluated there.
  interface Window {
    app: AppApi;
  }
}

export const REPOSITORY = join(import.meta.dirname, '..', '..');
export const FIXTURE_PACKS = join(REPOSITORY, 'test', 'fixtures', 'packs');

/** The executable of a packaged app that is tested (`test/package/driven.ts`), or null: the repository's build in a bare Electron. */
export const PACKAGED = process.env['TANDEM_PACKAGED'] ?? null;

/** A machine that trains a model beside it takes its time to start a program. */
const START_MS = 120_000;

export interface LaunchOptions {
  /** The only folder packs are read from; null: as a user has it. */
  packs: string | null;
  userData: string;
  /** More arguments for Electron. */
  switches?: string[];
  /** Started in the place of Electron, or of the packaged app, with its arguments. */
  executable?: string;
  /** As a first start, with the words that greet a person; else they were read before. */
  isFirstStart?: boolean;
  /** Of a built app in the repository's place; a packaged one has its own. */
  folder?: string;
  /** Over the environment of the tests. */
  env?: Record<string, string>;
}

export interface RunningApp {
  electron: ElectronApplication;
  page: Page;
  userData: string;
  /** Errors in the page's console and uncaught ones, as they come. */
  pageErrors: string[];
  /** Process id of the inference process, or null while there is none. */
  enginePid(): Promise<number | null>;
  /** What main wrote to its log so far. */
  log(): Promise<string>;
  /** Keeps a picture of the window in test-results. */
  screenshot(name: string): Promise<void>;
}

export async function launchApp({
  packs,
  userData,
  switches = [],
  executable = PACKAGED ?? undefined,
  isFirstStart = false,
  folder = REPOSITORY,
  env = {},
}: LaunchOptions): Promise<RunningApp> {
  if (!isFirstStart) await markWelcomed(userData);
  const electron = await _electron.launch({
    timeout: START_MS,
    args: [
      ...(PACKAGED === null ? [folder] : []),
      `--user-data-dir=${userData}`,
      ...(packs === null ? [] : [`--packs-only=${packs}`]),
      ...switches,
    ],
    ...(executable !== undefined && { executablePath: executable }),
    // The interface follows the system; tests read its English.
    env: { ...process.env, LANGUAGE: 'en', ...env },
    // Chromium refuses its sandbox to root; everyone else keeps it.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const pageErrors: string[] = [];
  electron.context().on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  electron.context().on('weberror', (error) => pageErrors.push(String(error.error())));
  const page = await electron.firstWindow({ timeout: START_MS });
  // Drawn once, and what listens to keys is there: React attaches it after the first frame.
  await page.getByRole('navigation').waitFor({ timeout: START_MS });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return {
    electron,
    page,
    userData,
    pageErrors,
    enginePid: () =>
      electron.evaluate(({ app }) => app.getAppMetrics().find((process) => process.name === 'Tandem inference')?.pid ?? null),
    log: () => readFile(join(userData, 'logs', 'tandem.log'), 'utf8'),
    screenshot: async (name) => {
      const folder = join(REPOSITORY, 'test-results', 'screenshots');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
  };
}

/** A settings file that is there is a test's own. */
export async function markWelcomed(userData: string): Promise<void> {
  await mkdir(userData, { recursive: true });
  await writeFile(join(userData, 'settings.json'), JSON.stringify({ welcomed: true, language: 'en' }), { flag: 'wx' }).catch(
    (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    },
  );
}

interface Fixtures {
  /** Option: see LaunchOptions. */
  packs: string | null;
  /** An empty folder, removed after the test. */
  scratch: string;
  app: RunningApp;
}

export const test = base.extend<Fixtures>({
  packs: [FIXTURE_PACKS, { option: true }],
  scratch: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  app: async ({ packs, scratch }, use) => {
    const app = await launchApp({ packs, userData: join(scratch, 'user') });
    await use(app);
    await app.electron.close();
    test.expect(app.pageErrors, 'errors in the page').toEqual([]);
  },
});
export { expect } from '@playwright/test';

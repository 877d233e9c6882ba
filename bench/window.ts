/**
 * Is the window as quick as promised, and does it stay so while text is written? `npm run bench:window -- [--packs DIR]`
 * Measures the built app in real Electron: start, frames and main's event loop while generating, cancelling.
 */
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FIXTURE_PACKS, launchApp, markWelcomed, REPOSITORY } from '../test/e2e/app';
import { openEnginePort } from '../test/e2e/engine-port';
import { panelOf, paste } from '../test/e2e/translate-panel';
import { readCatalog } from '../src/main/packs/catalog';
import { isTranslating } from '../src/shared/pack';
import { circumstances, table, writeSection } from './report';

const STARTS = 3;
const GENERATE_MS = 10_000;
const CANCELS = 30;
const PARAGRAPH = 'Good morning. The train to the airport is late, and nobody knows why. Could you tell me when the next one leaves?\n';
/** More than any pack writes in that time. */
const LONG_TEXT = PARAGRAPH.repeat(2_000);
const CANCELLED_TEXT = PARAGRAPH.repeat(50);

const BARS = {
  windowMs: 3_000,
  readyMs: 3_000,
  framesPerSecond: 55,
  loopDelayMs: 20,
  cancelMs: 150,
};

const { values } = parseArgs({ options: { packs: { type: 'string' } } });
const bundled = join(REPOSITORY, 'resources', 'packs');
const packs = resolve(values.packs ?? (existsSync(bundled) && readdirSync(bundled).length > 0 ? bundled : FIXTURE_PACKS));
const catalog = await readCatalog([{ folder: packs, bundled: false }]);
const [pack] = catalog.flatMap((entry) => (entry.state === 'ok' && isTranslating(entry.manifest) ? [entry.manifest] : []));
if (pack === undefined) throw new Error(`${packs} holds no pack that translates; expected at least one. Name another folder with --packs.`);
const packId = pack.id;

/** One start as a person makes it, without a debugger in main: milliseconds to the window, and from there to a ready pack. */
async function measureStart(userData: string): Promise<{ windowMs: number; readyMs: number }> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [REPOSITORY, ...sandbox, `--user-data-dir=${userData}`, `--packs-only=${packs}`, '--remote-debugging-port=0'];
  await markWelcomed(userData);
  const env = { ...process.env, LANGUAGE: 'en' };
  const child = spawn(process.env['ELECTRON_EXEC_PATH'] ?? 'electron', args, { stdio: ['ignore', 'ignore', 'pipe'], env });
  try {
    const address = await new Promise<string>((found, failed) => {
      let output = '';
      child.stderr.on('data', (data: Buffer) => {
        output += data.toString();
        const match = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
        if (match !== undefined) found(match);
      });
      child.on('exit', () => failed(new Error(output)));
    });
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('The app opened no window.');
    await panelOf(page).ready.waitFor({ timeout: 60_000 });
    const readyAt = Date.now();
    const [, at = '', windowMs = ''] =
      /^(\S+) info window shown (\d+) ms/m.exec(await readFile(join(userData, 'logs', 'tandem.log'), 'utf8')) ?? [];
    return { windowMs: Number(windowMs), readyMs: Math.max(0, readyAt - Date.parse(at)) };
  } finally {
    child.kill();
    await new Promise((ended) => child.once('exit', ended));
  }
}

/** Types a long text into the panel and watches both processes while it is translated. */
async function measureGenerating(userData: string) {
  const app = await launchApp({ packs, userData });
  // tsx names functions through a helper that the page does not have.
  await app.page.evaluate('globalThis.__name = (named) => named');
  const panel = panelOf(app.page);
  await panel.ready.waitFor({ timeout: 60_000 });
  await paste(app, LONG_TEXT);
  await app.page.keyboard.press('Control+Enter');
  await panel.finished('working').waitFor();
  const loop = app.electron.evaluate(async (_electron, ms) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await new Promise((done) => setTimeout(done, ms));
    delay.disable();
    return delay.percentile(99) / 1e6;
  }, GENERATE_MS);
  const frames = app.page.evaluate(
    (ms) =>
      new Promise<{ perSecond: number; longestMs: number }>((done) => {
        const startMs = performance.now();
        let lastMs = startMs;
        let count = 0;
        let longestMs = 0;
        const frame = (nowMs: number) => {
          longestMs = Math.max(longestMs, nowMs - lastMs);
          lastMs = nowMs;
          count++;
          if (nowMs - startMs < ms) requestAnimationFrame(frame);
          else done({ perSecond: (count / (nowMs - startMs)) * 1000, longestMs });
        };
        requestAnimationFrame(frame);
      }),
    GENERATE_MS,
  );
  const measured = { loopDelayMs: await loop, frames: await frames, stillWorking: await panel.finished('working').isVisible() };
  await app.page.keyboard.press('Escape');
  await panel.finished('cancelled').or(panel.finished('done')).waitFor();

  await openEnginePort(app.page, packId);
  const cancelMs = await app.page.evaluate(
    async ({ text, count }) => {
      const took: number[] = [];
      for (let round = 0; round < count; round++) {
        const run = window.specPort.run(text, round % 2 === 0 ? 'llm' : 'hybrid');
        while (window.specPort.deltas <= round % 7) await new Promise((next) => setTimeout(next, 1));
        const startMs = performance.now();
        window.specPort.cancel();
        await run;
        took.push(performance.now() - startMs);
      }
      return took;
    },
    { text: CANCELLED_TEXT, count: CANCELS },
  );
  await app.electron.close();
  return { ...measured, cancelMs };
}

const percentile = (all: number[], part: number) =>
  [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? NaN;
const scratch = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
try {
  const starts = [];
  for (let round = 0; round < STARTS; round++) starts.push(await measureStart(join(scratch, `start-${round}`)));
  const { loopDelayMs, frames, stillWorking, cancelMs } = await measureGenerating(join(scratch, 'generate'));
  if (!stillWorking) console.error('The text was done before the time was up: frames and delay are of a shorter run.');

  const median = (values: number[]) => percentile(values, 0.5);
  const measures = [
    { what: 'first window, median of starts', value: median(starts.map((start) => start.windowMs)), unit: 'ms', most: BARS.windowMs },
    { what: 'pack ready after the window, median', value: median(starts.map((start) => start.readyMs)), unit: 'ms', most: BARS.readyMs },
    { what: 'frames a second while generating', value: frames.perSecond, unit: '', least: BARS.framesPerSecond },
    { what: 'main event loop delay, 99th percentile', value: loopDelayMs, unit: 'ms', most: BARS.loopDelayMs },
    { what: 'cancel to end, 95th percentile', value: percentile(cancelMs, 0.95), unit: 'ms', most: BARS.cancelMs },
  ];
  const rows = measures.map(({ what, value, unit, most, least }) => [
    what,
    `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`.trim(),
    least === undefined ? `≤ ${most} ${unit}` : `≥ ${least}`,
    (least === undefined ? value <= most : value >= least) ? 'met' : 'missed',
  ]);
  const report = [
    '## The window',
    `${circumstances(`${packId} ${pack.version}`)}.`,
    table(['measure', 'value', 'bar', ''], rows),
    `${STARTS} starts, ${GENERATE_MS / 1000} s of generating a long text into the panel, ${CANCELS} cancels; longest frame ${frames.longestMs.toFixed(0)} ms.`,
  ].join('\n\n');
  console.log(report);
  if (packs === bundled) writeSection('window', report);
  if (rows.some((row) => row.includes('missed'))) process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Do packs that are used in turn pile up in memory? Two thousand requests to the built app in real Electron, over the bundled packs and an
 * imported tiny one, with a budget that does not hold all of them, so that they close and open again: peak memory of the inference process over
 * the first hundred and the last. Electron brings an allocator of its own, so a process of Node's would tell something else.
 * `npm run bench:soak [-- --requests N] [--budget MB]`; it writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPack, findSummarizingPack } from '../src/cli/pack-folders';
import { selfTestProblems } from '../src/main/inference/self-test';
import { importPack } from '../src/main/packs/import';
import { INFERENCE_PORT_MESSAGE } from '../src/shared/channels';
import type { GenerateInput, SummarizeInput } from '../src/shared/inference-client';
import { launchApp, type RunningApp } from '../test/e2e/app';
import { residentMegabytes } from '../test/soak/machine';
import { circumstances, table, writeSection } from './report';

const REQUESTS = 2_000;
const STRETCH = 100;
/** A summary takes as long as a hundred sentences. */
const SUMMARY_EVERY = 50;
/** Holds the pack that summarizes, or the others. */
const BUDGET_MB = 150;
/** How much more may be resident at the end. */
const MOST_GROWTH = 1.05;
const IMPORTED = fileURLToPath(new URL('../test/fixtures/hub/marian', import.meta.url));
const TEXT =
  'This package contains a small program that renames many files at once. It can replace text in file names, number files and change upper case to lower case. A dry run shows the new names before anything is changed.';

interface Sample {
  readonly residentBytes: number;
  /** Whether a pack had to be opened for it. */
  readonly opened: boolean;
}

type Question = ({ kind: 'generate' } & GenerateInput) | ({ kind: 'summarize' } & SummarizeInput);

declare global {
  interface Window {
    /** How the request ended, and whether a pack had to be opened for it. */
    ask(question: Question): Promise<{ end: string; opened: boolean }>;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: String(REQUESTS) }, budget: { type: 'string', default: String(BUDGET_MB) } },
  });
  const requests = Number(values.requests);
  if (!Number.isInteger(requests) || requests < 2 * STRETCH)
    throw new Error(`--requests: got "${values.requests}", expected ${2 * STRETCH} or more.`);
  const scratch = await mkdtemp(join(tmpdir(), 'tandem-soak-'));
  try {
    const packsFolder = join(scratch, 'packs');
    const small = await findPack(null, process.env);
    const summary = await findSummarizingPack(null, process.env);
    for (const { folder } of [small, summary]) await cp(folder, join(packsFolder, basename(folder)), { recursive: true });
    const tiny = await importPack(IMPORTED, {
      packsFolder,
      answers: null,
      installed: [],
      selfTest: selfTestProblems,
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    const ids = { small: small.manifest.id, summary: summary.manifest.id, tiny: tiny.id };
    const userData = join(scratch, 'user');
    await mkdir(userData);
    const settings = { welcomed: true, language: 'en', threads: 1, processor: 'cpu', packMemoryBytes: Number(values.budget) * 1e6 };
    await writeFile(join(userData, 'settings.json'), JSON.stringify(settings));
    const app = await launchApp({ packs: packsFolder, userData });
    try {
      await openPort(app);
      const samples = await soak(app, ids, requests);
      const report = reportOf(Object.values(ids).join(', '), samples, Number(values.budget));
      process.stdout.write(`${report}\n`);
      writeSection('soak', report);
    } finally {
      await app.electron.close();
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/**
 * Gives the page `window.ask`, over the engine's port, which is the window's too: when that connects anew, the old one is closed and a question on it
 * ends as `closed`.
 */
async function openPort({ page }: RunningApp): Promise<void> {
  await page.evaluate(async (portMessage) => {
    let port: MessagePort | null = null;
    let nextId = 1_000_000;
    const connected = new EventTarget();
    window.addEventListener('message', (event) => {
      if (event.data !== portMessage || event.ports[0] === undefined) return;
      port = event.ports[0];
      connected.dispatchEvent(new Event('port'));
    });
    window.ask = (question) =>
      new Promise((resolve) => {
        const id = nextId++;
        let opened = false;
        const ended = new AbortController();
        const once = { signal: ended.signal };
        connected.addEventListener(
          'port',
          () => {
            ended.abort();
            resolve({ end: 'closed', opened });
          },
          once,
        );
        port?.addEventListener(
          'message',
          ({ data }: MessageEvent<{ id?: number; kind: string; stage?: string; error?: { message: string } }>) => {
            if (data.id !== id) return;
            opened ||= data.stage === 'load';
            if (data.kind !== 'done' && data.kind !== 'failed') return;
            ended.abort();
            resolve({ end: data.error?.message ?? data.kind, opened });
          },
          once,
        );
        port?.start();
        port?.postMessage({ ...question, id });
      });
    await window.app.call('connectInference', {});
  }, INFERENCE_PORT_MESSAGE);
}

async function soak(app: RunningApp, ids: Record<'small' | 'summary' | 'tiny', string>, requests: number): Promise<Sample[]> {
  const sentences = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const samples: Sample[] = [];
  while (samples.length < requests) {
    const asked = questionOf(samples.length, ids, sentences);
    const { end, opened } = await app.page.evaluate((question) => window.ask(question), asked);
    if (end === 'closed') continue;
    if (end !== 'done') throw new Error(`Request ${samples.length + 1} failed: ${end}`);
    samples.push({ residentBytes: await residentBytes(app), opened });
  }
  return samples;
}

/** Numbered, so that no encoding serves twice. */
function questionOf(number: number, ids: Record<'small' | 'summary' | 'tiny', string>, sentences: readonly string[]): Question {
  if (number % SUMMARY_EVERY === SUMMARY_EVERY - 1)
    return { kind: 'summarize', packId: ids.summary, lane: 'llm', length: 'headline', form: 'paragraph', text: `${number}. ${TEXT}` };
  const text = `${number}: ${sentences[number % sentences.length] ?? ''}`;
  const work = { task: { kind: 'translate', from: 'en', to: 'de' }, decoding: { kind: 'greedy' }, priority: 'interactive', text } as const;
  return number % 2 === 0
    ? { kind: 'generate', packId: ids.small, lane: 'hybrid', ...work }
    : { kind: 'generate', packId: ids.tiny, lane: 'llm', ...work };
}

/** Of the inference process; without pages of files where the system tells, as those come and go with what the machine has free. */
async function residentBytes({ electron }: RunningApp): Promise<number> {
  const inference = await electron.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Tandem inference'));
  if (inference === undefined) throw new Error('The inference process is gone.');
  const megabytes = await residentMegabytes(inference.pid);
  return megabytes === null ? inference.memory.workingSetSize * 1024 : megabytes * 1e6;
}

function reportOf(packs: string, samples: readonly Sample[], budgetMb: number): string {
  const peak = (part: readonly Sample[]) => Math.max(...part.map(({ residentBytes }) => residentBytes));
  const opened = (part: readonly Sample[]) => part.filter((sample) => sample.opened).length;
  const first = samples.slice(0, STRETCH);
  const last = samples.slice(-STRETCH);
  const growth = peak(last) / peak(first);
  const row = (name: string, part: readonly Sample[]) => [name, (peak(part) / 1e6).toFixed(0), String(opened(part))];
  const middle = samples.length >> 1;
  return [
    '## Packs in turn',
    '',
    `${circumstances(packs)}.`,
    `${samples.length} requests, a summary every ${SUMMARY_EVERY}, else two packs that translate in turn; a budget of ${budgetMb} MB for open packs.`,
    '',
    table(
      ['requests', 'peak memory, MB', 'packs opened'],
      [
        row(`first ${STRETCH}`, first),
        row(`${STRETCH} in the middle`, samples.slice(middle, middle + STRETCH)),
        row(`last ${STRETCH}`, last),
        row('all', samples),
      ],
    ),
    '',
    `Last against first: ${growth >= 1 ? '+' : ''}${((growth - 1) * 100).toFixed(1)} % (bar: +5 % ${growth <= MOST_GROWTH ? 'met' : '**missed**'}).`,
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

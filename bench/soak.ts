/**
 * Do packs that are used in turn pile up in memory? Two thousand requests over the bundled packs and an imported tiny one, with a budget that
 * does not hold all of them, so that they close and open again: peak memory of the engine's process over the first hundred and the last.
 * `npm run bench:soak [-- --requests N] [--budget MB]`; it writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPack, findSummarizingPack } from '../src/cli/pack-folders';
import { selfTestProblems } from '../src/main/inference/self-test';
import { importPack } from '../src/main/packs/import';
import type { RequestEvent } from '../src/shared/inference-client';
import { forkEngine, type ForkedEngine } from './forked-engine';
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

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: String(REQUESTS) }, budget: { type: 'string', default: String(BUDGET_MB) } },
  });
  const requests = Number(values.requests);
  if (!Number.isInteger(requests) || requests < 2 * STRETCH)
    throw new Error(`--requests: got "${values.requests}", expected ${2 * STRETCH} or more.`);
  const budgetBytes = Number(values.budget) * 1e6;
  const scratch = await mkdtemp(join(tmpdir(), 'tandem-soak-'));
  try {
    const small = await findPack(null, process.env);
    const summary = await findSummarizingPack(null, process.env);
    const tiny = await importPack(IMPORTED, {
      packsFolder: scratch,
      answers: null,
      installed: [],
      selfTest: selfTestProblems,
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    const ids = { small: small.manifest.id, summary: summary.manifest.id, tiny: tiny.id };
    const engine = forkEngine({
      packs: [
        { packId: ids.small, folder: small.folder },
        { packId: ids.summary, folder: summary.folder },
        { packId: ids.tiny, folder: tiny.folder },
      ],
      provider: 'cpu',
      encoderThreads: 1,
      decoderThreads: 1,
      memory: { budgetBytes, idleMs: 600_000 },
    });
    try {
      const samples = await soak(engine, ids, requests);
      const report = reportOf(Object.values(ids).join(', '), samples, Number(values.budget));
      process.stdout.write(`${report}\n`);
      writeSection('soak', report);
    } finally {
      engine.close();
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function soak(engine: ForkedEngine, ids: Record<'small' | 'summary' | 'tiny', string>, requests: number): Promise<Sample[]> {
  const sentences = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const task = { kind: 'translate', from: 'en', to: 'de' } as const;
  const samples: Sample[] = [];
  for (let number = 0; number < requests; number++) {
    // Numbered, so that no encoding serves twice.
    const text = `${number}: ${sentences[number % sentences.length] ?? ''}`;
    const decoding = { kind: 'greedy' } as const;
    const events =
      number % SUMMARY_EVERY === SUMMARY_EVERY - 1
        ? engine.client.summarize({ packId: ids.summary, lane: 'llm', length: 'headline', form: 'paragraph', text: `${number}. ${TEXT}` })
        : number % 2 === 0
          ? engine.client.generate({ packId: ids.small, task, lane: 'hybrid', decoding, priority: 'interactive', text })
          : engine.client.generate({ packId: ids.tiny, task, lane: 'llm', decoding, priority: 'interactive', text });
    const opened = await ended(events);
    samples.push({ residentBytes: (await engine.usage()).residentBytes, opened });
  }
  return samples;
}

/** Whether a pack had to be opened. Throws where the request failed. */
async function ended(events: AsyncIterable<RequestEvent>): Promise<boolean> {
  let opened = false;
  for await (const event of events) {
    if (event.kind === 'failed') throw new Error(event.error.message);
    opened ||= event.kind === 'stage' && event.stage === 'load';
  }
  return opened;
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

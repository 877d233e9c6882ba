/**
 * Does a book cost more memory than a letter, is what its progress says true, and how much sooner is it done than sentence by sentence? Two text
 * files, one of 5,000 words and one of a book's, are translated as the app does it: a job in a process of its own, and engines in theirs. Peak
 * memory of all of them together, and what was said of the time left against what it took, in one and the same run.
 * `npm run bench:book [-- --pack ID|DIR] [--words N] [--lane LANE] [--processes N]`; with the bundled pack it writes docs/benchmarks.md.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findPack } from '../src/cli/pack-folders';
import { withoutAids } from '../src/main/documents/aids';
import { runJob } from '../src/main/documents/job';
import { packIdentity } from '../src/main/documents/pack-identity';
import type { EngineConfig } from '../src/shared/inference/engine';
import { laneSchema, type Lane } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { circumstances, table, writeSection } from './report';

const LETTER_WORDS = 5_000;
const BOOK_WORDS = 100_000;
/** How much more memory a book may cost than a letter. */
const MOST_GROWTH = 1.1;
/** How many times the rate of one sentence at a time. */
const LEAST_SPEED_UP = 3;
/** How far what is said of the time left may be from what it takes, between the first tenth and the last. */
const MOST_ERROR = 0.15;
/** So many tell the rate of one at a time. */
const SENTENCES_ONE_BY_ONE = 500;

const saidSchema = z.object({
  done: z.number(),
  atMs: z.number(),
  cpuMs: z.number(),
  remainingMs: z.number().nullable(),
  residentBytes: z.number(),
  /** Of JavaScript's objects, and of its buffers. */
  heapBytes: z.number(),
  bufferBytes: z.number(),
});
const measuredSchema = z.object({
  segments: z.number(),
  failed: z.number(),
  totalMs: z.number(),
  /** Of the processor, with the engines'. */
  cpuMs: z.number(),
  peakBytes: z.number(),
  said: z.array(saidSchema),
});
type Measured = z.infer<typeof measuredSchema>;

interface Asked {
  readonly pack: string | null;
  readonly lane: Lane;
  readonly processes: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      words: { type: 'string', default: String(BOOK_WORDS) },
      lane: { type: 'string', default: 'hybrid' },
      processes: { type: 'string', default: String(availableParallelism()) },
      translate: { type: 'string' },
    },
  });
  const processes = Number(values.processes);
  if (!Number.isInteger(processes) || processes < 1) throw new Error(`--processes: got "${values.processes}", expected 1 or more.`);
  const asked: Asked = { pack: values.pack ?? null, lane: laneSchema.parse(values.lane), processes };
  if (values.translate !== undefined) {
    process.send?.(await translate(values.translate, asked));
    process.disconnect();
    return;
  }
  const words = Number(values.words);
  if (!Number.isInteger(words) || words <= LETTER_WORDS)
    throw new Error(`--words: got "${values.words}", expected more than ${LETTER_WORDS}.`);
  const { manifest, bundled } = await findPack(asked.pack, process.env);
  const folder = await mkdtemp(join(tmpdir(), 'tandem-book-'));
  try {
    const [letter, book] = [await measure(folder, LETTER_WORDS, asked), await measure(folder, words, asked)];
    const alone = await oneByOne(asked);
    const report = reportOf(`${manifest.id} ${manifest.version}, lane ${asked.lane}`, words, asked.processes, letter, book, alone);
    process.stdout.write(`${report}\n`);
    if (bundled) writeSection('book', report);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(folder: string, words: number, { pack, lane, processes }: Asked): Promise<Measured> {
  const path = join(folder, `${words}.txt`);
  await writeFile(path, textOf(words));
  const args = ['--translate', path, '--lane', lane, '--processes', String(processes), ...(pack === null ? [] : ['--pack', pack])];
  const child = fork(fileURLToPath(import.meta.url), args);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(measuredSchema.parse(message)));
    child.once('exit', (code) => reject(new Error(`The translation of ${words} words ended with code ${code ?? 'none'}.`)));
  });
}

/** Sentences of bench/sentences.txt, each numbered, so that no two are equal and all are translated. */
function sentenceOf(number: number): string {
  return `In part ${number}: ${SENTENCES[number % SENTENCES.length] ?? ''}`;
}

const SENTENCES = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

function textOf(words: number): string {
  const lines: string[] = [];
  for (let count = 0, number = 0; count < words; number++) {
    const sentence = sentenceOf(number);
    count += sentence.split(/\s+/).length;
    lines.push(number % 6 === 5 ? `${sentence}\n\n` : `${sentence} `);
  }
  return lines.join('');
}

const TASK = { kind: 'translate', from: 'en', to: 'de' } as const;
const DECODING = { kind: 'greedy' } as const;

const configOf = (packId: string, folder: string): EngineConfig => ({
  packs: [{ packId, folder }],
  provider: 'cpu',
  encoderThreads: 1,
  decoderThreads: 1,
});

/** Sentences in a second, by the clock and of the processor's time. */
interface Rate {
  readonly clock: number;
  readonly processor: number;
}

async function oneByOne({ pack: name, lane }: Asked): Promise<Rate> {
  const pack = await findPack(name, process.env);
  const engine = forkEngine(configOf(pack.manifest.id, pack.folder));
  try {
    const ask = async (text: string) => {
      const events = engine.client.generate({ packId: pack.manifest.id, task: TASK, lane, decoding: DECODING, priority: 'batch', text });
      for await (const event of events) if (event.kind === 'failed') throw new Error(event.error.message);
    };
    // The first one opens the pack.
    await ask(sentenceOf(0));
    const begunAt = performance.now();
    const { cpuMs } = await engine.usage();
    for (let number = 1; number <= SENTENCES_ONE_BY_ONE; number++) await ask(sentenceOf(number));
    const rate = (ms: number) => SENTENCES_ONE_BY_ONE / (ms / 1000);
    return { clock: rate(performance.now() - begunAt), processor: rate((await engine.usage()).cpuMs - cpuMs) };
  } finally {
    engine.close();
  }
}

/** What this process and its engines have taken together. */
async function takenBy(engines: readonly ForkedEngine[]) {
  const usages = await Promise.all(engines.map((engine) => engine.usage()));
  const sum = (field: 'cpuMs' | 'residentBytes' | 'peakBytes') => usages.reduce((total, usage) => total + usage[field], 0);
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    cpuMs: (user + system) / 1000 + sum('cpuMs'),
    residentBytes: rss + sum('residentBytes'),
    peakBytes: process.resourceUsage().maxRSS * 1024 + sum('peakBytes'),
    heapBytes: heapUsed,
    bufferBytes: arrayBuffers,
  };
}

async function translate(input: string, { pack: name, lane, processes }: Asked): Promise<Measured> {
  const pack = await findPack(name, process.env);
  const packId = pack.manifest.id;
  const engines = Array.from({ length: processes }, () => forkEngine(configOf(packId, pack.folder)));
  const said: Promise<Measured['said'][number]>[] = [];
  let lastDone = -1;
  const begunAt = performance.now();
  const atMs = () => performance.now() - begunAt;
  try {
    const { segments, failed } = await runJob(
      {
        id: 'book',
        folder: `${input}.job`,
        input,
        output: `${input}_de.txt`,
        options: { packId, task: TASK, lane, decoding: DECODING },
        changed: 'fresh',
      },
      {
        appVersion: 'bench',
        packIdentity: (id) => packIdentity([pack], id),
        engines: () => ({
          connects: engines.map(
            ({ client }) =>
              () =>
                Promise.resolve(client),
          ),
          release: () => {},
        }),
        aids: withoutAids,
        signal: new AbortController().signal,
        tell: (state) => {
          // One of a hundred is enough.
          if (state.kind !== 'translating' || (state.done - lastDone) * 100 < state.segments) return;
          lastDone = state.done;
          const { done, remainingMs } = state;
          const now = atMs();
          said.push(takenBy(engines).then((taken) => ({ done, atMs: now, remainingMs, ...taken })));
        },
      },
    );
    const totalMs = atMs();
    const { cpuMs, peakBytes } = await takenBy(engines);
    return { segments, failed, totalMs, cpuMs, peakBytes, said: await Promise.all(said) };
  } finally {
    for (const engine of engines) engine.close();
  }
}

function reportOf(pack: string, words: number, processes: number, letter: Measured, book: Measured, alone: Rate): string {
  const row = (name: string, { segments, failed, totalMs, peakBytes }: Measured) => [
    name,
    String(segments),
    String(failed),
    (totalMs / 1000).toFixed(0),
    (segments / (totalMs / 1000)).toFixed(1),
    mebibytes(peakBytes),
  ];
  const [first] = book.said.filter(({ done }) => done > 0);
  const said = book.said.filter(
    ({ done, remainingMs }) => remainingMs !== null && done >= book.segments / 10 && done <= book.segments * 0.9,
  );
  const byClock = said.map(({ atMs, remainingMs }) => (remainingMs ?? 0) / (book.totalMs - atMs));
  // What was said, at the processor's share that the job had so far.
  const byProcessor = said.map(({ atMs, cpuMs, remainingMs }) => {
    const share = (cpuMs - (first?.cpuMs ?? 0)) / (atMs - (first?.atMs ?? 0));
    return ((remainingMs ?? 0) * share) / (book.cpuMs - cpuMs);
  });
  const growth = book.peakBytes / letter.peakBytes;
  const speedUp = book.segments / (book.totalMs / 1000) / alone.clock;
  const speedUpByProcessor = book.segments / (book.cpuMs / 1000) / alone.processor;
  const isTrue = byClock.every((ratio) => Math.abs(ratio - 1) <= MOST_ERROR);
  const percent = (ratio: number) => `${ratio >= 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(0)} %`;
  return [
    '## A book',
    '',
    `${circumstances(pack)}.`,
    `Text files of ${LETTER_WORDS.toLocaleString('en')} and ${words.toLocaleString('en')} words, no two sentences equal, greedy, engines in ${processes} process${processes === 1 ? '' : 'es'} of one thread each, the job in another.`,
    '',
    table(['', 'segments', 'failed', 'seconds', 'segments/s', 'peak memory, MiB'], [row('letter', letter), row('book', book)]),
    '',
    `The book's rate: ${speedUp.toFixed(2)} times that of one sentence at a time, ${alone.clock.toFixed(1)} segments/s (bar: ${LEAST_SPEED_UP} ${speedUp >= LEAST_SPEED_UP ? 'met' : '**missed**'}); of the same processor time, ${speedUpByProcessor.toFixed(2)} times as much.`,
    `Peak memory of all processes: ${percent(growth)} against the letter (bar: ${percent(MOST_GROWTH)} ${growth <= MOST_GROWTH ? 'met' : '**missed**'}).`,
    'The book on its way, least over each stretch, MiB:',
    '',
    table(['segments done', 'resident', 'objects', 'buffers'], stretches(book)),
    '',
    `Time left, said against taken; by processor time it does not matter what other programs took (bar: within ${MOST_ERROR * 100} % by the clock ${isTrue ? 'met' : '**missed**'}):`,
    '',
    table(
      ['', 'after the first tenth', 'least', 'most, until nine tenths'],
      (
        [
          ['by the clock', byClock],
          ['by processor time', byProcessor],
        ] as const
      ).map(([name, ratios]) => [name, percent(ratios[0] ?? Number.NaN), percent(Math.min(...ratios)), percent(Math.max(...ratios))]),
    ),
  ].join('\n');
}

const mebibytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);

/** What a quarter of the job needed at least: what is not yet collected hides what grows. */
function stretches({ said, segments }: Measured): string[][] {
  return [0, 1, 2, 3].map((quarter) => {
    const stretch = said.filter(({ done }) => done >= (segments / 4) * quarter && done <= (segments / 4) * (quarter + 1));
    const least = (of: (one: Measured['said'][number]) => number) => mebibytes(Math.min(...stretch.map(of)));
    return [
      `${quarter * 25} to ${quarter * 25 + 25} %`,
      least(({ residentBytes }) => residentBytes),
      least(({ heapBytes }) => heapBytes),
      least(({ bufferBytes }) => bufferBytes),
    ];
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

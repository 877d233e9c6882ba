/**
 * Does a book cost more memory than a letter, and is what its progress says true? Two text files, one of 5,000 words and one of a book's,
 * are translated as the app does it, each in a process of its own with the engine in it: peak memory of the process, and what was said of the
 * time left against what it took, in one and the same run.
 * `npm run bench:book [-- --pack ID|DIR] [--words N] [--lane LANE]`; with the bundled pack it writes docs/benchmarks.md.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startLocalEngine } from '../src/cli/local-engine';
import { findPack } from '../src/cli/pack-folders';
import { withoutAids } from '../src/main/documents/aids';
import { runJob } from '../src/main/documents/job';
import { packIdentity } from '../src/main/documents/pack-identity';
import { laneSchema, type Lane } from '../src/shared/pack';
import { circumstances, table, writeSection } from './report';

const LETTER_WORDS = 5_000;
const BOOK_WORDS = 100_000;
/** How much more memory a book may cost than a letter. */
const MOST_GROWTH = 1.1;

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
  /** Of the processor, with the engine's. */
  cpuMs: z.number(),
  peakBytes: z.number(),
  said: z.array(saidSchema),
});
type Measured = z.infer<typeof measuredSchema>;

interface Asked {
  readonly pack: string | null;
  readonly lane: Lane;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      words: { type: 'string', default: String(BOOK_WORDS) },
      lane: { type: 'string', default: 'hybrid' },
      translate: { type: 'string' },
    },
  });
  const asked: Asked = { pack: values.pack ?? null, lane: laneSchema.parse(values.lane) };
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
    const report = reportOf(`${manifest.id} ${manifest.version}, lane ${asked.lane}`, words, letter, book);
    process.stdout.write(`${report}\n`);
    if (bundled) writeSection('book', report);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measure(folder: string, words: number, { pack, lane }: Asked): Promise<Measured> {
  const path = join(folder, `${words}.txt`);
  await writeFile(path, textOf(words));
  const args = ['--translate', path, '--lane', lane, ...(pack === null ? [] : ['--pack', pack])];
  const child = fork(fileURLToPath(import.meta.url), args);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(measuredSchema.parse(message)));
    child.once('exit', (code) => reject(new Error(`The translation of ${words} words ended with code ${code ?? 'none'}.`)));
  });
}

/** Sentences of bench/sentences.txt, each numbered, so that no two are equal and all are translated. */
function textOf(words: number): string {
  const sentences = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const lines: string[] = [];
  for (let count = 0, number = 0; count < words; number++) {
    const sentence = `In part ${number}: ${sentences[number % sentences.length] ?? ''}`;
    count += sentence.split(/\s+/).length;
    lines.push(number % 6 === 5 ? `${sentence}\n\n` : `${sentence} `);
  }
  return lines.join('');
}

async function translate(input: string, { pack: name, lane }: Asked): Promise<Measured> {
  const pack = await findPack(name, process.env);
  const packId = pack.manifest.id;
  const packs = [{ packId, folder: pack.folder }];
  const engine = await startLocalEngine({ packs, provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
  const said: Measured['said'] = [];
  const begunAt = performance.now();
  const atMs = () => performance.now() - begunAt;
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  try {
    const options = { packId, task: { kind: 'translate', from: 'en', to: 'de' }, lane, decoding: { kind: 'greedy' } } as const;
    const { segments, failed } = await runJob(
      { id: 'book', folder: `${input}.job`, input, output: `${input}_de.txt`, options, changed: 'fresh' },
      {
        appVersion: 'bench',
        packIdentity: (id) => packIdentity([pack], id),
        connect: () => Promise.resolve(engine.client),
        aids: withoutAids,
        signal: new AbortController().signal,
        tell: (state) => {
          if (state.kind !== 'translating') return;
          // One of a hundred is enough.
          const last = said.at(-1)?.done ?? -1;
          if ((state.done - last) * 100 < state.segments) return;
          const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
          const memory = { residentBytes: rss, heapBytes: heapUsed, bufferBytes: arrayBuffers };
          said.push({ done: state.done, atMs: atMs(), cpuMs: cpuMs(), remainingMs: state.remainingMs, ...memory });
        },
      },
    );
    return { segments, failed, totalMs: atMs(), cpuMs: cpuMs(), peakBytes: process.resourceUsage().maxRSS * 1024, said };
  } finally {
    await engine.close();
  }
}

function reportOf(pack: string, words: number, letter: Measured, book: Measured): string {
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
  const percent = (ratio: number) => `${ratio >= 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(0)} %`;
  return [
    '## A book',
    '',
    `${circumstances(pack)}.`,
    `Text files of ${LETTER_WORDS.toLocaleString('en')} and ${words.toLocaleString('en')} words, no two sentences equal, greedy, one thread; job and engine in one process.`,
    '',
    table(['', 'segments', 'failed', 'seconds', 'segments/s', 'peak memory, MiB'], [row('letter', letter), row('book', book)]),
    '',
    `Peak memory: ${percent(growth)} against the letter (bar: ${percent(MOST_GROWTH)} ${growth <= MOST_GROWTH ? 'met' : '**missed**'}).`,
    'The book on its way, least over each stretch, MiB:',
    '',
    table(['segments done', 'resident', 'objects', 'buffers'], stretches(book)),
    '',
    'Time left, said against taken; by processor time it does not matter what other programs took:',
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

/**
 * Does the summary of a book cost more memory than that of a letter, is what its progress says true, does the same text pasted again reuse what was
 * read, and how soon does a cancel end one? On the app's own client with the engine in a process of its own, one thread. Where the pack has both
 * lanes, the letter is summarized by each.
 * `npx tsx bench/summaries.ts [--pack ID|DIR] [--words N] [--cancels N] [FILE…]`; without FILEs the texts of the tests and docs/, without --pack it
 * measures the bundled pack and writes docs/benchmarks.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findSummarizingPack } from '../src/cli/pack-folders';
import type { EngineConfig } from '../src/shared/inference/engine';
import type { StageTimings } from '../src/shared/inference/timings';
import type { SummarizeInput } from '../src/shared/inference-client';
import type { Lane } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { median } from './median';
import { circumstances, table, writeSection } from './report';

const LETTER_WORDS = 1_000;
const BOOK_WORDS = 20_000;
const CANCELS = 10;
const FOLDERS = ['test/fixtures/documents/txt', 'docs', 'docs/adr'];
const MEBIBYTE = 1024 ** 2;

interface Run {
  readonly what: string;
  readonly parts: number;
  readonly steps: number;
  readonly reused: number;
  readonly tokens: number;
  readonly timings: StageTimings;
  /** Of the processor. */
  readonly cpuMs: number;
  /** Of the engine's process, since it began. */
  readonly peakBytes: number;
  /** Largest difference between the share that was told to be done and the share of processor time that had been taken. */
  readonly progressError: number;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      pack: { type: 'string' },
      words: { type: 'string', default: String(BOOK_WORDS) },
      cancels: { type: 'string', default: String(CANCELS) },
    },
    allowPositionals: true,
  });
  const [words, cancels] = [Number(values.words), Number(values.cancels)];
  if (!Number.isInteger(words) || words <= LETTER_WORDS)
    throw new Error(`--words: got "${values.words}", expected more than ${LETTER_WORDS}.`);
  if (!Number.isInteger(cancels) || cancels < 1) throw new Error(`--cancels: got "${values.cancels}", expected 1 or more.`);
  const files = positionals.length > 0 ? positionals : FOLDERS.flatMap(textsIn);
  const book = textOf(files, words);
  const pack = await findSummarizingPack(values.pack ?? null, process.env);
  const { manifest } = pack;
  const config: EngineConfig = {
    packs: [{ packId: manifest.id, folder: pack.folder }],
    provider: 'cpu',
    encoderThreads: 1,
    decoderThreads: 1,
  };
  const engine = forkEngine(config);
  try {
    const lanes = (['llm', 'hybrid'] as const).filter((lane) => manifest.lanes[lane]);
    const [lane = 'llm'] = lanes.toReversed();
    const input = { packId: manifest.id, lane, length: 'short', form: 'paragraph' } as const;
    const letter = { ...input, text: textOf(files, LETTER_WORDS) };
    const runs: Run[] = [];
    for (const other of lanes) {
      // Configuring forgets the readings: each lane pays for its own.
      engine.configure(config);
      runs.push(await run(engine, { ...letter, lane: other }, `${LETTER_WORDS} words, ${other}`));
    }
    const latencies = await cancelled(engine, config, letter, cancels, runs.at(-1)?.timings.totalMs ?? 0);
    engine.configure(config);
    for (const [what, length] of [
      ['', 'short'],
      [', pasted again', 'short'],
      [', another length', 'long'],
    ] as const) {
      runs.push(await run(engine, { ...input, text: book, length }, `${words} words${what}`));
    }
    const report = reportOf(`${manifest.id} ${manifest.version}, lane ${lane}`, runs, latencies);
    process.stdout.write(`${report}\n`);
    if (values.pack === undefined) writeSection('summaries', report);
  } finally {
    engine.close();
  }
}

function textsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(?:txt|md)$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** The first `words` words of the files together. */
function textOf(files: readonly string[], words: number): string {
  const text = files.map((path) => readFileSync(path, 'utf8')).join('\n\n');
  const [end] = Array.from(text.matchAll(/\S+/g), ({ index, 0: word }) => index + word.length).slice(words - 1, words);
  if (end === undefined)
    throw new Error(`The files have ${text.match(/\S+/g)?.length ?? 0} words, expected ${words} or more. Name more files.`);
  return text.slice(0, end);
}

async function run(engine: ForkedEngine, input: SummarizeInput, what: string): Promise<Run> {
  const before = await engine.usage();
  const told: { stage: string; share: number; cpuMs: number }[] = [];
  let [parts, steps] = [0, 0];
  for await (const event of engine.client.summarize(input)) {
    if (event.kind === 'failed') throw new Error(event.error.message);
    if (event.kind === 'started') steps = event.segments;
    if (event.kind === 'plan') parts = event.parts.length;
    if (event.kind === 'stage' && event.done !== undefined && event.stage !== told.at(-1)?.stage) {
      told.push({ stage: event.stage, share: event.done, cpuMs: (await engine.usage()).cpuMs - before.cpuMs });
    }
    if (event.kind !== 'done') continue;
    const { cpuMs, peakBytes } = await engine.usage();
    const taken = cpuMs - before.cpuMs;
    const progressError = Math.max(0, ...told.map(({ share, cpuMs: at }) => Math.abs(share - at / taken)));
    const { reusedEncodings: reused, tokens, timings } = event;
    return { what, parts, steps, reused, tokens, timings, cpuMs: taken, peakBytes, progressError };
  }
  throw new Error('The engine ended without a result.');
}

/** Milliseconds from asking for a cancel to the end of the request, at moments spread over the time that the whole takes. */
async function cancelled(
  engine: ForkedEngine,
  config: EngineConfig,
  input: SummarizeInput & { lane: Lane },
  count: number,
  totalMs: number,
): Promise<number[]> {
  const latencies: number[] = [];
  for (let place = 1; place <= count; place++) {
    engine.configure(config);
    const controller = new AbortController();
    let asked = Infinity;
    const asking = after((totalMs * place) / (count + 1)).then(() => {
      asked = performance.now();
      controller.abort();
    });
    for await (const event of engine.client.summarize(input, controller.signal)) {
      if (event.kind === 'done' && event.finish === 'cancelled') latencies.push(performance.now() - asked);
    }
    await asking;
  }
  return latencies;
}

function reportOf(pack: string, runs: readonly Run[], latencies: readonly number[]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const rows = runs.map(({ what, parts, steps, reused, tokens, timings, cpuMs, peakBytes, progressError }) => [
    ...[what, String(parts), String(steps), String(reused)],
    ...[timings.encodeMs, timings.projectMs + timings.prefillMs, timings.decodeMs, timings.totalMs, cpuMs].map(seconds),
    ...[(timings.decodeMs / Math.max(1, tokens)).toFixed(1), (peakBytes / MEBIBYTE).toFixed(0), `${(100 * progressError).toFixed(0)} %`],
  ]);
  const [first, again] = [runs.at(-3), runs.at(-2)];
  const [letter] = runs;
  const ratio = (a: number | undefined, b: number | undefined) => ((a ?? Number.NaN) / (b ?? Number.NaN)).toFixed(2);
  const head = [
    'text',
    'parts',
    'steps',
    'reused',
    'encode s',
    'project, prefill s',
    'decode s',
    'whole s',
    'CPU s',
    'decode ms a token',
    'peak MiB',
    'progress off by',
  ];
  return [
    '## Summaries of long texts',
    '',
    circumstances(pack),
    '',
    table(head, rows),
    '',
    `Memory at its peak, the longest text against the shortest: ${ratio(first?.peakBytes, letter?.peakBytes)}. Processor time of the same text pasted again, of that of the first: ${ratio(again?.cpuMs, first?.cpuMs)}.`,
    ...(latencies.length === 0
      ? []
      : [
          '',
          `A cancel ended a summary after ${median(latencies).toFixed(0)} ms (median of ${latencies.length}; at most ${Math.max(...latencies).toFixed(0)} ms).`,
        ]),
  ].join('\n');
}

await main();

/**
 * How much faster are a document's sentences in batches than one by one, and in several processes than in one? The same sentences on the app's
 * own client with engines in processes of their own, in turn, by the clock and by the processor's time, which other programs' load changes less.
 * `npm run bench:documents [-- --pack ID|DIR] [--rounds N] [--threads N] [--processes N]`; without --pack it measures the bundled pack and writes
 * docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { findPack } from '../src/cli/pack-folders';
import type { EngineConfig } from '../src/shared/inference/engine';
import { MAX_SEGMENTS } from '../src/shared/inference/requests';
import type { RequestEvent } from '../src/shared/inference-client';
import { laneSchema, type Lane, type TranslatingManifest } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { median } from './median';
import { circumstances, table, writeSection } from './report';

/** One request for all sentences, one in each process, or one after the other: sums over the sentences. */
interface Measured {
  sentences: number;
  tokens: number;
  /** Until the last one has ended. */
  totalMs: number;
  /** Of the engines' processes, all threads together. */
  cpuMs: number;
  encodeMs: number;
  prefillMs: number;
  decodeMs: number;
}

/** How many times the tokens of a second of the hybrid lane in batches are those of the others. */
const BAR = 3;

const WAYS = ['one by one', 'batched', 'several processes'] as const;
type Way = (typeof WAYS)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string', default: '1' },
      processes: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const pack = await findPack(values.pack ?? null, process.env);
  const rounds = Number(values.rounds);
  const threads = Number(values.threads);
  const processes = Number(values.processes);
  if (!Number.isInteger(processes) || processes < 1) throw new Error(`--processes: got "${values.processes}", expected 1 or more.`);
  const some = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  // As many as a job asks for at a time: they are sorted by length, so that a few would be padded more than a document's are.
  const sentences = Array.from({ length: Math.floor(MAX_SEGMENTS / some.length) }, () => some).flat();
  const config: EngineConfig = {
    packs: [{ packId: pack.manifest.id, folder: pack.folder }],
    provider: 'cpu',
    encoderThreads: threads,
    decoderThreads: 1,
  };
  const engines = Array.from({ length: processes }, () => forkEngine(config));
  try {
    const all = new Map<Lane, Record<Way, Measured[]>>();
    const lanes = laneSchema.options.filter((name) => pack.manifest.lanes[name]);
    for (const lane of lanes) all.set(lane, { 'one by one': [], batched: [], 'several processes': [] });
    // Round -1 warms up.
    for (let round = -1; round < rounds; round++) {
      for (const [lane, measured] of all) {
        for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
          const used = way === 'several processes' ? engines : engines.slice(0, 1);
          const one = await measure(used, config, pack.manifest, lane, way, sentences);
          if (round >= 0) measured[way].push(one);
        }
      }
    }
    const rows = [...all].flatMap(([lane, measured]) => rowsOf(lane, measured, processes));
    const how = `${sentences.length} sentences (bench/sentences.txt, in turn), ${rounds} rounds, encoders on ${threads} thread${threads === 1 ? '' : 's'}`;
    const report = reportOf(how, rows, comparisonsOf(all, processes), circumstances(`${pack.manifest.id} ${pack.manifest.version}`));
    process.stdout.write(`${report}\n`);
    if (pack.bundled) writeSection('documents', report);
  } finally {
    for (const engine of engines) engine.close();
  }
}

async function measure(
  engines: readonly ForkedEngine[],
  config: EngineConfig,
  manifest: TranslatingManifest,
  lane: Lane,
  way: Way,
  sentences: readonly string[],
): Promise<Measured> {
  const task = manifest.tasks.find(({ from }) => from === 'en') ?? manifest.tasks[0];
  if (!task) throw new Error('The pack has no tasks.');
  const { kind, from, to } = task;
  const input = { packId: manifest.id, task: { kind, from, to }, lane, decoding: { kind: 'greedy' } as const };
  const asked = ({ client }: ForkedEngine) =>
    way === 'one by one'
      ? sentences.map((text) => client.generate({ ...input, priority: 'batch', text }))
      : [client.translateSegments({ ...input, segments: sentences.map((text) => ({ inlines: [text] })) })];
  const begun = await cpuMsOf(engines);
  const runs = await Promise.all(engines.map((engine) => runOf(engine, config, asked(engine))));
  const sum = (field: keyof Run) => runs.reduce((total, run) => total + run[field], 0);
  return {
    sentences: sentences.length * engines.length,
    tokens: sum('tokens'),
    totalMs: Math.max(...runs.map(({ totalMs }) => totalMs)),
    cpuMs: (await cpuMsOf(engines)) - begun,
    encodeMs: sum('encodeMs'),
    prefillMs: sum('prefillMs'),
    decodeMs: sum('decodeMs'),
  };
}

/** Sums over one engine's requests. */
type Run = Omit<Measured, 'sentences' | 'cpuMs'>;

async function runOf(engine: ForkedEngine, config: EngineConfig, requests: readonly AsyncIterable<RequestEvent>[]): Promise<Run> {
  const run: Run = { tokens: 0, totalMs: 0, encodeMs: 0, prefillMs: 0, decodeMs: 0 };
  for (const request of requests) {
    // Configuring forgets the encodings: each way pays for its own reading.
    engine.configure(config);
    for await (const event of request) {
      if (event.kind === 'failed') throw new Error(event.error.message);
      if (event.kind !== 'done') continue;
      run.tokens += event.tokens;
      run.totalMs += event.timings.totalMs;
      run.encodeMs += event.timings.encodeMs;
      run.prefillMs += event.timings.projectMs + event.timings.prefillMs;
      run.decodeMs += event.timings.decodeMs;
    }
  }
  return run;
}

async function cpuMsOf(engines: readonly ForkedEngine[]): Promise<number> {
  const usages = await Promise.all(engines.map((engine) => engine.usage()));
  return usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

const wayName = (way: Way, processes: number) => (way === 'several processes' ? `batched in ${processes} processes` : way);

function rowsOf(lane: Lane, measured: Record<Way, readonly Measured[]>, processes: number): string[][] {
  const of = (way: Way, value: (one: Measured) => number) => median(measured[way].map(value));
  const perSentence = (way: Way, field: Exclude<keyof Measured, 'sentences'>) => of(way, (one) => one[field] / one.sentences);
  return WAYS.map((way) => [
    `${lane}, ${wayName(way, processes)}`,
    of(way, ({ sentences, totalMs }) => sentences / (totalMs / 1000)).toFixed(1),
    of(way, ({ tokens, totalMs }) => tokens / (totalMs / 1000)).toFixed(0),
    perSentence(way, 'encodeMs').toFixed(2),
    perSentence(way, 'prefillMs').toFixed(2),
    perSentence(way, 'decodeMs').toFixed(2),
    perSentence(way, 'cpuMs').toFixed(2),
    (perSentence('one by one', 'totalMs') / perSentence(way, 'totalMs')).toFixed(2),
    (perSentence('one by one', 'cpuMs') / perSentence(way, 'cpuMs')).toFixed(2),
  ]);
}

interface Comparison {
  readonly name: string;
  /** How many times as fast, by the clock and by processor time. */
  readonly clock: number;
  readonly processor: number;
  readonly bar: number | null;
}

function comparisonsOf(measured: ReadonlyMap<Lane, Record<Way, readonly Measured[]>>, processes: number): Comparison[] {
  const compare = (name: string, bar: number | null, [lane, way]: [Lane, Way], [otherLane, otherWay]: [Lane, Way]): Comparison[] => {
    const runs = measured.get(lane)?.[way];
    const others = measured.get(otherLane)?.[otherWay];
    if (!runs || !others) return [];
    // Tokens in the time: what one round measured is compared with the same round's.
    const ratio = (field: 'totalMs' | 'cpuMs') =>
      median(
        runs.flatMap((run, round) => (others[round] ? [run.tokens / run[field] / (others[round].tokens / others[round][field])] : [])),
      );
    return [{ name, bar, clock: ratio('totalMs'), processor: ratio('cpuMs') }];
  };
  const several = wayName('several processes', processes);
  return [
    ...compare(`hybrid ${several}, against hybrid one by one`, BAR, ['hybrid', 'several processes'], ['hybrid', 'one by one']),
    ...compare(`hybrid ${several}, against LLM one by one`, BAR, ['hybrid', 'several processes'], ['llm', 'one by one']),
    ...compare(`hybrid ${several}, against LLM likewise`, BAR, ['hybrid', 'several processes'], ['llm', 'several processes']),
    ...compare('hybrid batched, against hybrid one by one', null, ['hybrid', 'batched'], ['hybrid', 'one by one']),
    ...compare('hybrid batched, against LLM batched', null, ['hybrid', 'batched'], ['llm', 'batched']),
    ...compare('LLM batched, against LLM one by one', null, ['llm', 'batched'], ['llm', 'one by one']),
  ];
}

function reportOf(how: string, rows: readonly string[][], comparisons: readonly Comparison[], circumstance: string): string {
  return [
    '## Documents: batched and one by one',
    '',
    `${circumstance}.`,
    `${how}, ways in turn, greedy, encodings forgotten before each request.`,
    'Medians over rounds of sums over sentences; what was repaired by the LLM lane is in them. In several processes each has as many sentences.',
    '',
    table(
      [
        '',
        'segments/s',
        'tokens/s',
        'encode, ms',
        'project and prefill, ms',
        'decode, ms',
        'processor, ms',
        'speed-up',
        'by processor time',
      ],
      rows,
    ),
    '',
    table(
      ['tokens in the same time', 'by the clock', 'by processor time', 'bar'],
      comparisons.map(({ name, clock, processor, bar }) => [
        name,
        clock.toFixed(2),
        processor.toFixed(2),
        bar === null ? '' : `≥ ${bar} ${clock >= bar ? 'met' : '**missed**'}`,
      ]),
    ),
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

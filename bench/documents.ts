/**
 * How much faster are a document's sentences in batches than one by one? The same sentences on the app's own client with the engine in a
 * process of its own, in turn, by the clock and by the processor's time, which other programs' load changes less.
 * `npm run bench [-- --pack ID|DIR] [--rounds N] [--threads N]`; without --pack it measures the bundled pack and writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findPack } from '../src/cli/pack-folders';
import { MAX_SEGMENTS, type EngineConfig } from '../src/shared/inference';
import { laneSchema, type Lane, type TranslatingManifest } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { median } from './median';
import { circumstances, table, writeSection } from './report';

/** One request for all sentences, or for one after the other: sums over the sentences. */
interface Measured {
  tokens: number;
  totalMs: number;
  /** Of the engine's process, all threads together. */
  cpuMs: number;
  encodeMs: number;
  prefillMs: number;
  decodeMs: number;
}

/** How many times the tokens of a second of the hybrid lane in batches are those of the others. */
const BAR = 3;

const WAYS = ['one by one', 'batched'] as const;
type Way = (typeof WAYS)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pack: { type: 'string' }, rounds: { type: 'string', default: '5' }, threads: { type: 'string', default: '1' } },
  });
  const pack = await findPack(values.pack ?? null, process.env);
  const rounds = Number(values.rounds);
  const threads = Number(values.threads);
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
  const engine = forkEngine(config);
  try {
    const all = new Map<Lane, Record<Way, Measured[]>>();
    const lanes = laneSchema.options.filter((name) => pack.manifest.lanes[name]);
    for (const lane of lanes) all.set(lane, { 'one by one': [], batched: [] });
    // Round -1 warms up.
    for (let round = -1; round < rounds; round++) {
      for (const [lane, measured] of all) {
        for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
          const one = await measure(engine, config, pack.manifest, lane, way, sentences);
          if (round >= 0) measured[way].push(one);
        }
      }
    }
    const rows = [...all].flatMap(([lane, measured]) => rowsOf(lane, measured, sentences.length));
    const how = `${sentences.length} sentences (bench/sentences.txt, in turn), ${rounds} rounds, encoders on ${threads} thread${threads === 1 ? '' : 's'}`;
    const report = reportOf(how, rows, comparisonsOf(all), circumstances(`${pack.manifest.id} ${pack.manifest.version}`));
    process.stdout.write(`${report}\n`);
    if (pack.bundled) writeSection('documents', report);
  } finally {
    engine.close();
  }
}

async function measure(
  engine: ForkedEngine,
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
  const { client } = engine;
  const sums: Measured = { tokens: 0, totalMs: 0, cpuMs: 0, encodeMs: 0, prefillMs: 0, decodeMs: 0 };
  const requests =
    way === 'batched'
      ? [client.translateSegments({ ...input, segments: sentences.map((text) => ({ inlines: [text] })) })]
      : sentences.map((text) => client.generate({ ...input, priority: 'batch', text }));
  const begun = await engine.usage();
  for (const request of requests) {
    // Configuring forgets the encodings: each way pays for its own reading.
    engine.configure(config);
    for await (const event of request) {
      if (event.kind === 'failed') throw new Error(event.error.message);
      if (event.kind !== 'done') continue;
      sums.tokens += event.tokens;
      sums.totalMs += event.timings.totalMs;
      sums.encodeMs += event.timings.encodeMs;
      sums.prefillMs += event.timings.projectMs + event.timings.prefillMs;
      sums.decodeMs += event.timings.decodeMs;
    }
  }
  return { ...sums, cpuMs: (await engine.usage()).cpuMs - begun.cpuMs };
}

function rowsOf(lane: Lane, measured: Record<Way, readonly Measured[]>, sentences: number): string[][] {
  const of = (way: Way, field: keyof Measured) => median(measured[way].map((one) => one[field]));
  return WAYS.map((way) => [
    `${lane}, ${way}`,
    (sentences / (of(way, 'totalMs') / 1000)).toFixed(1),
    (of(way, 'tokens') / (of(way, 'totalMs') / 1000)).toFixed(0),
    (of(way, 'encodeMs') / sentences).toFixed(2),
    (of(way, 'prefillMs') / sentences).toFixed(2),
    (of(way, 'decodeMs') / sentences).toFixed(2),
    (of(way, 'cpuMs') / sentences).toFixed(2),
    (of('one by one', 'totalMs') / of(way, 'totalMs')).toFixed(2),
    (of('one by one', 'cpuMs') / of(way, 'cpuMs')).toFixed(2),
  ]);
}

interface Comparison {
  readonly name: string;
  /** How many times as fast, by the clock and by processor time. */
  readonly clock: number;
  readonly processor: number;
  readonly bar: number | null;
}

function comparisonsOf(measured: ReadonlyMap<Lane, Record<Way, readonly Measured[]>>): Comparison[] {
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
  return [
    ...compare('hybrid batched, against hybrid one by one', BAR, ['hybrid', 'batched'], ['hybrid', 'one by one']),
    ...compare('hybrid batched, against LLM one by one', BAR, ['hybrid', 'batched'], ['llm', 'one by one']),
    ...compare('hybrid batched, against LLM batched', BAR, ['hybrid', 'batched'], ['llm', 'batched']),
    ...compare('LLM batched, against LLM one by one', null, ['llm', 'batched'], ['llm', 'one by one']),
  ];
}

function reportOf(how: string, rows: readonly string[][], comparisons: readonly Comparison[], circumstance: string): string {
  return [
    '## Documents: batched and one by one',
    '',
    `${circumstance}.`,
    `${how}, ways in turn, greedy, encodings forgotten before each request.`,
    'Medians over rounds of sums over sentences; what was repaired by the LLM lane is in them.',
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

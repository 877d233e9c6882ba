/**
 * How much faster are a document's sentences in batches than one by one? The same sentences on the app's own client with the engine in a
 * process of its own, one thread, in turn.
 * `npm run bench [-- --pack ID|DIR] [--rounds N]`; without --pack it measures the bundled pack and writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findPack } from '../src/cli/pack-folders';
import type { EngineConfig } from '../src/shared/inference';
import { laneSchema, type Lane, type TranslatingManifest } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { circumstances, table, writeSection } from './report';

/** One request for all sentences, or for one after the other: sums over the sentences. */
interface Measured {
  tokens: number;
  totalMs: number;
  encodeMs: number;
  prefillMs: number;
  decodeMs: number;
}

const WAYS = ['one by one', 'batched'] as const;
type Way = (typeof WAYS)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { pack: { type: 'string' }, rounds: { type: 'string', default: '5' } } });
  const pack = await findPack(values.pack ?? null, process.env);
  const rounds = Number(values.rounds);
  const sentences = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const config: EngineConfig = {
    packs: [{ packId: pack.manifest.id, folder: pack.folder }],
    provider: 'cpu',
    encoderThreads: 1,
    decoderThreads: 1,
  };
  const engine = forkEngine(config);
  try {
    const rows: string[][] = [];
    for (const lane of laneSchema.options.filter((name) => pack.manifest.lanes[name])) {
      const measured: Record<Way, Measured[]> = { 'one by one': [], batched: [] };
      // Round -1 warms up.
      for (let round = -1; round < rounds; round++) {
        for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
          // Configuring forgets the encodings: each way pays for its own reading.
          engine.configure(config);
          const one = await measure(engine, pack.manifest, lane, way, sentences);
          if (round >= 0) measured[way].push(one);
        }
      }
      rows.push(...rowsOf(lane, measured, sentences.length));
    }
    const report = reportOf(pack.manifest, rows, sentences.length, rounds);
    process.stdout.write(`${report}\n`);
    if (pack.bundled) writeSection('documents', report);
  } finally {
    engine.close();
  }
}

async function measure(
  { client }: ForkedEngine,
  manifest: TranslatingManifest,
  lane: Lane,
  way: Way,
  sentences: readonly string[],
): Promise<Measured> {
  const task = manifest.tasks.find(({ from }) => from === 'en') ?? manifest.tasks[0];
  if (!task) throw new Error('The pack has no tasks.');
  const { kind, from, to } = task;
  const input = { packId: manifest.id, task: { kind, from, to }, lane, decoding: { kind: 'greedy' } as const };
  const sums: Measured = { tokens: 0, totalMs: 0, encodeMs: 0, prefillMs: 0, decodeMs: 0 };
  const requests =
    way === 'batched'
      ? [client.translateSegments({ ...input, segments: sentences.map((text) => ({ inlines: [text] })) })]
      : sentences.map((text) => client.generate({ ...input, priority: 'batch', text }));
  for (const request of requests) {
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
  return sums;
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
    (of('one by one', 'totalMs') / of(way, 'totalMs')).toFixed(2),
  ]);
}

function reportOf(manifest: TranslatingManifest, rows: readonly string[][], sentences: number, rounds: number): string {
  return [
    '## Documents: batched and one by one',
    '',
    `${circumstances(`${manifest.id} ${manifest.version}`)}.`,
    `${sentences} sentences (bench/sentences.txt), ${rounds} rounds, ways in turn, greedy, one thread, encodings forgotten before each run.`,
    'Medians over rounds of sums over sentences; what was repaired by the LLM lane is in them.',
    '',
    table(['', 'segments/s', 'tokens/s', 'encode, ms', 'project and prefill, ms', 'decode, ms', 'speed-up'], rows),
  ].join('\n');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

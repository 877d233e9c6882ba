/**
 * How much faster is the hybrid lane than the LLM lane? On the app's own client with the engine in a process
 * of its own, same sentences, same run, one thread, lanes in turn.
 * `npm run bench [-- --pack ID|DIR] [--rounds N]`; without --pack it measures the bundled pack and writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findPack } from '../src/cli/pack-folders';
import type { EngineConfig } from '../src/shared/inference/engine';
import type { StageTimings } from '../src/shared/inference/timings';
import type { GenerateEvent, GenerateInput } from '../src/shared/inference-client';
import type { Lane, TranslatingManifest } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { median } from './median';
import { circumstances, table, writeSection } from './report';

type Done = Extract<GenerateEvent, { kind: 'done' }>;

interface Measured {
  /** Did not end well: its number of steps is not known from its tokens. */
  isFlagged: boolean;
  /** The LLM wrote it again, because what the lane wrote was not fit to show; both writings are in its times. */
  isRepaired: boolean;
  /** Decoder steps: tokens, and the end of sentence. */
  steps: number;
  timings: StageTimings;
}

/** One sentence in one lane: the median of each time over the rounds, in milliseconds. */
interface SentenceResult {
  isFlagged: boolean;
  isRepaired: boolean;
  steps: number;
  encodeMs: number;
  /** Projector and prefill; in the hybrid lane the SLM's encoder is in it. */
  prefillMs: number;
  decodeMs: number;
  firstTokenMs: number;
  totalMs: number;
}

const LANES = ['llm', 'hybrid'] as const satisfies readonly Lane[];
type Results = Record<(typeof LANES)[number], SentenceResult[]>;
const CANCELS = 40;
const BARS = { decodePerToken: 1 / 3, wholeSentence: 1 / 2, cancelMs: 150 };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { pack: { type: 'string' }, rounds: { type: 'string', default: '5' } } });
  const pack = await findPack(values.pack ?? null, process.env);
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
    const results = await measureLanes(engine, config, pack.manifest, sentences, Number(values.rounds));
    const cancels = await measureCancels(engine, pack.manifest, sentences);
    const report = reportOf(pack.manifest, results, cancels, Number(values.rounds));
    process.stdout.write(`${report}\n`);
    if (pack.bundled) writeSection('lanes', report);
  } finally {
    engine.close();
  }
}

function inputFor(manifest: TranslatingManifest, lane: Lane, text: string): GenerateInput {
  const task = manifest.tasks.find(({ from }) => from === 'en') ?? manifest.tasks[0];
  if (!task) throw new Error('The pack has no tasks.');
  const { kind, from, to } = task;
  return { packId: manifest.id, task: { kind, from, to }, lane, decoding: { kind: 'greedy' }, priority: 'interactive', text };
}

async function run(
  engine: ForkedEngine,
  input: GenerateInput,
  signal?: AbortSignal,
  atEvent?: (event: GenerateEvent) => void,
): Promise<Done> {
  for await (const event of engine.client.generate(input, signal)) {
    atEvent?.(event);
    if (event.kind === 'failed') throw new Error(event.error.message);
    if (event.kind === 'done') return event;
  }
  throw new Error('The request did not end.');
}

async function measureLanes(
  engine: ForkedEngine,
  config: EngineConfig,
  manifest: TranslatingManifest,
  sentences: readonly string[],
  rounds: number,
): Promise<Results> {
  const measured = { llm: sentences.map((): Measured[] => []), hybrid: sentences.map((): Measured[] => []) };
  // Round -1 warms up.
  for (let round = -1; round < rounds; round++) {
    for (const [index, sentence] of sentences.entries()) {
      for (const lane of (index + round) % 2 === 0 ? LANES : LANES.toReversed()) {
        // Configuring forgets the encodings: each lane pays for its own reading.
        engine.configure(config);
        const { tokens, timings, flagged, repaired } = await run(engine, inputFor(manifest, lane, sentence));
        if (round >= 0)
          measured[lane][index]?.push({ isFlagged: flagged.length > 0, isRepaired: repaired > 0, steps: tokens + 1, timings });
      }
    }
  }
  const summarise = (runs: readonly Measured[]): SentenceResult => ({
    isFlagged: runs.some((run) => run.isFlagged),
    isRepaired: runs.some((run) => run.isRepaired),
    steps: runs[0]?.steps ?? 0,
    encodeMs: median(runs.map(({ timings }) => timings.encodeMs)),
    prefillMs: median(runs.map(({ timings }) => timings.projectMs + timings.prefillMs)),
    decodeMs: median(runs.map(({ timings }) => timings.decodeMs)),
    firstTokenMs: median(runs.map(({ timings }) => timings.firstTokenMs ?? timings.totalMs)),
    totalMs: median(runs.map(({ timings }) => timings.totalMs)),
  });
  return { llm: measured.llm.map(summarise), hybrid: measured.hybrid.map(summarise) };
}

/** Milliseconds from a cancel, at a different token each time, to the end of the request. LLM lane: the slower one. */
async function measureCancels(engine: ForkedEngine, manifest: TranslatingManifest, sentences: readonly string[]): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < CANCELS; index++) {
    const controller = new AbortController();
    let aborted = 0;
    await run(engine, inputFor(manifest, 'llm', sentences.join('\n')), controller.signal, (event) => {
      if (aborted > 0 || event.kind !== 'delta' || event.tokens < 1 + index) return;
      aborted = performance.now();
      controller.abort();
    });
    waits.push(performance.now() - aborted);
  }
  return waits;
}

function reportOf(manifest: TranslatingManifest, results: Results, cancels: readonly number[], rounds: number): string {
  const all = results.llm.length;
  // The lanes are compared on the sentences that both ended well.
  const good = Array.from(results.llm.keys()).filter((i) => LANES.every((lane) => results[lane][i]?.isFlagged === false));
  if (good.length === 0) throw new Error('No sentence ended well in both lanes: nothing to compare. Is this a trained pack?');
  const sum = (lane: keyof Results, field: Exclude<keyof SentenceResult, 'isFlagged' | 'isRepaired'>) =>
    good.reduce((total, i) => total + (results[lane][i]?.[field] ?? 0), 0);
  const repaired = (lane: keyof Results) => String(good.filter((i) => results[lane][i]?.isRepaired).length);
  const row = (name: string, bar: number | null, value: (lane: keyof Results) => number) => {
    const ratio = value('hybrid') / value('llm');
    const judged = bar === null ? '' : `≤ ${bar.toFixed(3)} ${verdict(ratio <= bar)}`;
    return [name, value('llm').toFixed(2), value('hybrid').toFixed(2), ratio.toFixed(3), judged];
  };
  const rows = [
    row('decode, ms per token', BARS.decodePerToken, (lane) => sum(lane, 'decodeMs') / sum(lane, 'steps')),
    row('whole sentence, ms', BARS.wholeSentence, (lane) => sum(lane, 'totalMs') / good.length),
    row('time to first token, ms', null, (lane) => sum(lane, 'firstTokenMs') / good.length),
    row('LLM encoder, ms', null, (lane) => sum(lane, 'encodeMs') / good.length),
    row('projector and prefill, ms', null, (lane) => sum(lane, 'prefillMs') / good.length),
    row('tokens per sentence', null, (lane) => sum(lane, 'steps') / good.length),
    ['sentences written again by the LLM', repaired('llm'), repaired('hybrid'), '', ''],
  ];
  const p95 = [...cancels].sort((a, b) => a - b)[Math.ceil(cancels.length * 0.95) - 1] ?? Number.NaN;
  return [
    '## Lanes: LLM and hybrid',
    '',
    `${circumstances(`${manifest.id} ${manifest.version}`)}.`,
    `${good.length} of ${all} sentences (bench/sentences.txt; those that ended well in both lanes), ${rounds} rounds, lanes in turn, greedy,`,
    'one thread, encodings forgotten before each run. Sums over sentences of medians over rounds. A sentence that the LLM wrote again, because',
    'what the lane wrote was not fit to show, counts with the time of both writings and the tokens of the last.',
    '',
    table(['', 'LLM', 'hybrid', 'hybrid / LLM', 'bar'], rows),
    '',
    `Cancel to end, LLM lane: median ${median(cancels).toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms`,
    `(bar: ${BARS.cancelMs} ms ${verdict(p95 <= BARS.cancelMs)}).`,
  ].join('\n');
}

const verdict = (met: boolean) => (met ? 'met' : 'MISSED');

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

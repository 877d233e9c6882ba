/**
 * How much faster does the hybrid lane write a summary than the LLM lane? On the app's own client with the engine in a process of its own, same
 * texts, same run, one thread, lanes in turn.
 * `npx tsx bench/summaries.ts [--pack ID|DIR] [--rounds N] FILE…`; texts of some hundred words each. Without --pack it measures the bundled pack
 * and writes docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findSummarizingPack } from '../src/cli/pack-folders';
import type { EngineConfig } from '../src/shared/inference/engine';
import type { StageTimings } from '../src/shared/inference/timings';
import type { Lane } from '../src/shared/pack';
import { forkEngine, type ForkedEngine } from './forked-engine';
import { median } from './median';
import { circumstances, table, writeSection } from './report';

const LANES = ['llm', 'hybrid'] as const satisfies readonly Lane[];
const BAR = 0.4;

interface Run {
  tokens: number;
  timings: StageTimings;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { pack: { type: 'string' }, rounds: { type: 'string', default: '5' } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new Error('Name one or more text files to summarize.');
  const pack = await findSummarizingPack(values.pack ?? null, process.env);
  const { manifest } = pack;
  if (!manifest.lanes.hybrid) throw new Error(`"${manifest.name}" has no hybrid lane to compare.`);
  const config: EngineConfig = {
    packs: [{ packId: manifest.id, folder: pack.folder }],
    provider: 'cpu',
    encoderThreads: 1,
    decoderThreads: 1,
  };
  const texts = positionals.map((path) => readFileSync(path, 'utf8'));
  const engine = forkEngine(config);
  try {
    const runs = await measure(engine, config, manifest.id, texts, Number(values.rounds));
    const report = reportOf(`${manifest.id} ${manifest.version}`, runs, texts.length, Number(values.rounds));
    process.stdout.write(`${report}\n`);
    if (values.pack === undefined) writeSection('summaries', report);
  } finally {
    engine.close();
  }
}

async function measure(
  engine: ForkedEngine,
  config: EngineConfig,
  packId: string,
  texts: readonly string[],
  rounds: number,
): Promise<Record<(typeof LANES)[number], Run[]>> {
  const runs = { llm: [] as Run[], hybrid: [] as Run[] };
  // Round -1 warms up.
  for (let round = -1; round < rounds; round++) {
    for (const [index, text] of texts.entries()) {
      for (const lane of (index + round) % 2 === 0 ? LANES : LANES.toReversed()) {
        // Configuring forgets the readings: each lane pays for its own.
        engine.configure(config);
        for await (const event of engine.client.summarize({ packId, lane, length: 'short', form: 'paragraph', text })) {
          if (event.kind === 'failed') throw new Error(event.error.message);
          if (event.kind === 'done' && round >= 0) runs[lane].push({ tokens: event.tokens, timings: event.timings });
        }
      }
    }
  }
  return runs;
}

function reportOf(pack: string, runs: Record<(typeof LANES)[number], readonly Run[]>, texts: number, rounds: number): string {
  const perToken = (lane: (typeof LANES)[number]) =>
    median(runs[lane].map(({ tokens, timings }) => timings.decodeMs / Math.max(1, tokens)));
  const of = (lane: (typeof LANES)[number], pick: (timings: StageTimings) => number) =>
    median(runs[lane].map(({ timings }) => pick(timings))).toFixed(0);
  const rows = LANES.map((lane) => [
    lane,
    of(lane, ({ encodeMs }) => encodeMs),
    of(lane, ({ projectMs, prefillMs }) => projectMs + prefillMs),
    perToken(lane).toFixed(2),
    of(lane, ({ firstTokenMs, totalMs }) => firstTokenMs ?? totalMs),
    of(lane, ({ totalMs }) => totalMs),
  ]);
  const ratio = perToken('hybrid') / perToken('llm');
  return [
    '## Summaries: hybrid against LLM',
    '',
    circumstances(pack),
    '',
    table(['lane', 'encode ms', 'project and prefill ms', 'decode ms a token', 'first token ms', 'whole ms'], rows),
    '',
    `Medians of ${texts} texts, ${rounds} rounds. Decoding a token takes the hybrid ${ratio.toFixed(2)} of the LLM's time (bar: ${BAR}).`,
  ].join('\n');
}

await main();

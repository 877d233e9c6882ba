/**
 * Does it pay to draft for the LLM, and is there something between hybrid and LLM? Strategies over the pack's own decoders, in this
 * process, one thread, in turn on the same sentences. Times are processor time: runs use one thread, and other work on the machine does not
 * count.
 * `npm run bench:speculation [-- --pack ID|DIR] [--rows FILE] [--sentences N] [--only PATTERN]`
 * `--rows`: lines of language, group, corpus, English and translation between tabs, as the corpora step writes them; chrF is told then, and
 * nothing is written. Without it the sentences are bench/sentences.txt and docs/benchmarks.md gets a section. `--only`: variants by name.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findPack } from '../src/cli/pack-folders';
import { DraftPace, type Pace } from '../src/main/inference/decode/draft-pace';
import type { DecodeLimits, Strategy } from '../src/main/inference/decode/decoder';
import { CopiedDraft } from '../src/main/inference/decode/drafts/copied-draft';
import type { DraftSource } from '../src/main/inference/decode/drafts/draft-source';
import { ModelDraft } from '../src/main/inference/decode/drafts/model-draft';
import { greedy } from '../src/main/inference/decode/greedy';
import { stopAtLoop } from '../src/main/inference/decode/loop-detection';
import { speculate } from '../src/main/inference/decode/speculate';
import { Detokenizer } from '../src/main/inference/detokenizer';
import type { Hidden } from '../src/main/inference/models/encoder';
import type { OpenLane } from '../src/main/inference/models/lanes';
import { openPack, type OpenPack } from '../src/main/inference/open-pack';
import { tokenLimit } from '../src/main/inference/token-limit';
import { chrf } from '../src/shared/metrics/chrf';
import { corpusScore } from '../src/shared/metrics/metric';
import { circumstances, table, writeSection } from './report';
import { rollback } from './rollback';

interface Sentence {
  to: string;
  text: string;
  /** Null: not known. */
  reference: string | null;
}

interface Prompt {
  ids: readonly number[];
  hidden: Hidden;
}

/** Counts alone: as many tokens in each draft. */
class SteadyPace implements Pace {
  drafted = 0;
  accepted = 0;

  constructor(private readonly length: number) {}

  begin(most: number): number {
    return Math.min(most, this.length);
  }

  draft(work: () => Promise<readonly number[]>): Promise<readonly number[]> {
    return work();
  }

  read<T>(_tokens: number, work: () => Promise<T>): Promise<T> {
    return work();
  }

  end(drafted: number, accepted: number): void {
    this.drafted += drafted;
    this.accepted += accepted;
  }
}

interface Variant {
  name: string;
  /** The lane that writes. */
  lane: OpenLane;
  strategy(prompt: Prompt): Promise<Strategy> | Strategy;
  pace: (Pace & { drafted: number; accepted: number; gaveUp?: boolean }) | null;
}

/** What a variant took and wrote, summed over sentences. */
interface Result {
  cpuMs: number;
  different: number;
  outputs: { output: string; reference: string }[];
}

const DIALS = [
  { unsure: 0.1, acceptable: 0.1 },
  { unsure: 0.3, acceptable: 0.3 },
  { unsure: 0.5, acceptable: 0.5 },
  { unsure: 0.7, acceptable: 0.7 },
  { unsure: 0.9, acceptable: 0.9 },
] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      rows: { type: 'string' },
      sentences: { type: 'string', default: '40' },
      only: { type: 'string', default: '' },
    },
  });
  const found = await findPack(values.pack ?? null, process.env);
  const pack = await openPack(found.folder, { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
  if (pack.kind !== 'translating') throw new Error('Drafting is measured on a pack that translates.');
  try {
    const sentences = values.rows === undefined ? ownSentences(pack) : sentencesOf(values.rows, Number(values.sentences));
    const variants = variantsOf(pack).filter(({ name }, index) => index < 2 || new RegExp(values.only).test(name));
    const { results, encodeMs } = await measure(pack, variants, sentences);
    const report = reportOf(pack, variants, results, encodeMs, sentences);
    process.stdout.write(`${report}\n`);
    if (found.bundled && values.rows === undefined && values.only === '') writeSection('speculation', report);
  } finally {
    await pack.release();
  }
}

function ownSentences({ manifest }: OpenPack): Sentence[] {
  const to = manifest.tasks.find(({ from }) => from === 'en')?.to ?? '';
  const lines = readFileSync(new URL('sentences.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((text) => ({ to, text, reference: null }));
}

/** `count` rows spread over the file. */
function sentencesOf(path: string, count: number): Sentence[] {
  const rows = readFileSync(path, 'utf8').trim().split('\n');
  const every = Math.max(1, Math.floor(rows.length / count));
  return rows
    .filter((_, index) => index % every === 0)
    .slice(0, count)
    .map((row) => row.split('\t'))
    .map(([to = '', , , text = '', reference = '']) => ({ to, text, reference }));
}

/** The LLM first: the others are held against it. */
function variantsOf(pack: OpenPack): Variant[] {
  const [llm, hybrid] = [pack.lanes.get('llm'), pack.lanes.get('hybrid')];
  if (!llm || !hybrid) throw new Error(`"${pack.manifest.name}" has no hybrid lane: nothing to draft with.`);
  const { startId, eosId } = pack.manifest.tokenizer;
  const prefilled = async (lane: OpenLane, { ids, hidden }: Prompt) =>
    lane.decoder([await lane.prefill({ ids, conditioning: lane.project ? await lane.project(hidden) : hidden })]);
  const byHybrid = (minProbability: number) => async (prompt: Prompt) =>
    new ModelDraft(await prefilled(hybrid, prompt), { startId, eosId, maxTokens: hybrid.maxTokens }, minProbability);
  const byCopying = (shortestMatch: number) => (prompt: Prompt) => Promise.resolve(new CopiedDraft(prompt.ids.slice(1, -1), shortestMatch));

  const drafted = (name: string, source: (prompt: Prompt) => Promise<DraftSource>): Variant[] => [
    ...[1, 2, 4, 8].flatMap((length) =>
      [undefined, 0].map((close): Variant => {
        const pace = new SteadyPace(length);
        const strategy = async (prompt: Prompt) => speculate(await source(prompt), pace, close);
        return { name: `${name}, ${length} a run${close === 0 ? ', close choices trusted' : ''}`, lane: llm, strategy, pace };
      }),
    ),
    adaptive(`${name}, adaptive`, source),
  ];
  const adaptive = (name: string, source: (prompt: Prompt) => Promise<DraftSource>): Variant => {
    const pace = new DraftPace(() => performance.now());
    const strategy = async (prompt: Prompt) => (pace.gaveUp ? greedy : speculate(await pace.prepare(() => source(prompt)), pace));
    return { name, lane: llm, strategy, pace };
  };
  return [
    { name: 'LLM', lane: llm, strategy: () => greedy, pace: null },
    { name: 'hybrid', lane: hybrid, strategy: () => greedy, pace: null },
    ...drafted('draft of the hybrid', byHybrid(0)),
    ...drafted('draft of the hybrid while sure', byHybrid(0.4)),
    ...drafted('copy of the source after 1 token', byCopying(1)),
    ...drafted('copy of the source after 2 tokens', byCopying(2)),
    ...DIALS.map((thresholds) => ({
      name: `rollback, unsure under ${thresholds.unsure}, acceptable from ${thresholds.acceptable}`,
      lane: hybrid,
      strategy: async (prompt: Prompt) => rollback(await prefilled(llm, prompt), thresholds),
      pace: null,
    })),
  ];
}

async function measure(pack: OpenPack, variants: readonly Variant[], sentences: readonly Sentence[]) {
  const results = variants.map((): Result => ({ cpuMs: 0, different: 0, outputs: [] }));
  let encodeMs = 0;
  // Round -1 warms up, on a few.
  for (const [index, sentence] of [...sentences.slice(0, 5).map((first) => [-1, first] as const), ...sentences.entries()]) {
    const prefix = pack.manifest.tasks.find(({ to }) => to === sentence.to)?.prefix ?? '';
    const ids = pack.tokenizer.encode(prefix, sentence.text);
    if (ids.length > pack.manifest.maxSourceTokens) continue;
    const encoded = await timed(() => pack.encoder.encode(ids));
    const prompt = { ids, hidden: encoded.value };
    let expected = '';
    const others = variants.length - 1;
    const turns = [0, ...Array.from({ length: others }, (_, turn) => 1 + ((turn + Math.max(0, index)) % others))];
    for (const turn of turns) {
      const [variant, result] = [variants[turn], results[turn]];
      if (!variant || !result) continue;
      const { value: ids, ms } = await timed(() => write(pack, variant, prompt));
      const written = ids.join(' ');
      if (turn === 0) expected = written;
      if (index < 0) continue;
      result.cpuMs += ms;
      if (written !== expected) result.different++;
      const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
      const output = detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
      if (sentence.reference !== null) result.outputs.push({ output, reference: sentence.reference });
    }
    if (index >= 0) encodeMs += encoded.ms;
  }
  return { results, encodeMs };
}

/** Getting ready and decoding; ids without start and end. */
async function write(pack: OpenPack, { lane, strategy }: Variant, prompt: Prompt): Promise<number[]> {
  const { startId, eosId } = pack.manifest.tokenizer;
  const limits: DecodeLimits = { startId, eosId, maxTokens: tokenLimit(lane, prompt.ids) };
  const conditioning = lane.project ? await lane.project(prompt.hidden) : prompt.hidden;
  const decoder = lane.decoder([await lane.prefill({ ids: prompt.ids, conditioning })]);
  const ids: number[] = [];
  const deltas = stopAtLoop((await strategy(prompt))(decoder, limits), prompt.ids);
  for await (const { keep, append } of deltas) ids.splice(keep, Infinity, ...append);
  return ids;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}

function reportOf(
  { manifest }: OpenPack,
  variants: readonly Variant[],
  results: readonly Result[],
  encodeMs: number,
  sentences: readonly Sentence[],
): string {
  const llmMs = results[0]?.cpuMs ?? Number.NaN;
  const hasReferences = sentences[0]?.reference !== null;
  const rows = variants.map(({ name, pace }, index) => {
    const { cpuMs, different, outputs } = results[index] ?? { cpuMs: Number.NaN, different: Number.NaN, outputs: [] };
    return [
      name,
      (cpuMs / llmMs).toFixed(2),
      ((cpuMs + encodeMs) / (llmMs + encodeMs)).toFixed(2),
      String(different),
      ...(hasReferences ? [corpusScore(chrf, outputs).toFixed(2)] : []),
      pace === null ? '' : `${pace.accepted} of ${pace.drafted}`,
      pace?.gaveUp === undefined ? '' : pace.gaveUp ? 'given up' : 'kept on',
    ];
  });
  return [
    '## Drafting for the LLM, and rolling back to it',
    '',
    `${circumstances(`${manifest.id} ${manifest.version}`)}.`,
    `${sentences.length} sentences, one thread, in turn. Processor time from prefill to the last token, and with encoding, by the LLM lane's`,
    `(${(llmMs / sentences.length).toFixed(2)} and ${((llmMs + encodeMs) / sentences.length).toFixed(2)} ms a sentence); sentences that differ from the LLM lane's; drafted tokens that were kept.`,
    'Adaptive: one text of all sentences, as the exact lane does. Close choices trusted: not exact, what drafting would gain without the check.',
    '',
    table(['', 'time', 'whole', 'different', ...(hasReferences ? ['chrF'] : []), 'accepted', 'drafting'], rows),
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

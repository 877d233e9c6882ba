/**
 * Is a pack right and faster on another provider of this machine? Opens it there and on the CPU, has both read and write the same texts, and
 * times both. Runs in a process of its own: what a provider does to it is the host's to see (src/main/providers).
 */
import type { Lane } from '../../shared/pack';
import type { Comparison, Probed, ProbeNews, ProbeTask } from '../../shared/processors';
import { sampleSentences } from '../../shared/sample-sentences';
import { translateTask } from './check-request';
import type { Decoder, DecodeLimits } from './decode/decoder';
import { EngineFailure, toEngineError } from './engine-failure';
import type { Reading } from './models/causal-lane';
import type { Hidden } from './models/encoder';
import { oneLine } from './models/session';
import { openPack, type AnyOpenPack, type OpenPack, type SummarizingPack } from './open-pack';
import { summarizeTask, summaryPrompt } from './summary-prompt';
import { tokenLimit } from './token-limit';
import { greedyIds, readSummaryPrompt, summaryDecoder, translatingDecoder } from './trial';

/** A decoder that has read a text, and how much it may write. */
interface Ready {
  decoder: Decoder;
  limits: DecodeLimits;
}

/** One text. What `read` gave may be taken up by another pack with the same models, wherever that runs. */
interface Sample<Read> {
  read(): Promise<Read>;
  ready(lane: Lane, read: Read): Promise<Ready>;
}

/** The same text on the CPU and elsewhere. */
interface Pair<Read> {
  here: Sample<Read>;
  there: Sample<Read>;
}

type Part = 'reading' | Lane;

/** Each text is timed that often and counts with its best, so that what else the machine does weighs less. */
const ROUNDS = 3;
/** After that long no further text is timed: a provider that slow needs no exact number. */
const ENOUGH_MS = 20_000;
/** Where every part takes that many times as long as on the CPU, whether it is right makes no difference. */
const HOPELESS = 3;

/** Never throws: what keeps it from finding out is told as `refused`. */
export async function tellProbe(task: ProbeTask, tell: (news: ProbeNews) => void): Promise<void> {
  try {
    tell({ kind: 'probed', outcome: await probe(task, (done, steps) => tell({ kind: 'probing', done, steps })) });
  } catch (error) {
    tell({ kind: 'refused', problem: toEngineError(error).message });
  }
}

/** `onProgress`: steps done of all. Throws where the pack does not even open on the CPU. */
async function probe(
  { folder, provider, encoderThreads, decoderThreads }: ProbeTask,
  onProgress: (done: number, steps: number) => void,
): Promise<Probed> {
  const threads = { encoderThreads, decoderThreads };
  const cpu = await openPack(folder, { provider: 'cpu', ...threads });
  let other: AnyOpenPack | null = null;
  try {
    other = await openPack(folder, { provider, ...threads });
    return await comparePacks(cpu, other, onProgress);
  } catch (error) {
    return { kind: 'unavailable', reason: reasonOf(error) };
  } finally {
    await other?.release();
    await cpu.release();
  }
}

const reasonOf = (error: unknown) =>
  error instanceof EngineFailure && error.code === 'provider-failed' ? oneLine(error.cause) : toEngineError(error).message;

function comparePacks(cpu: AnyOpenPack, other: AnyOpenPack, onProgress: (done: number, steps: number) => void): Promise<Probed> {
  const lanes = [...cpu.lanes.keys()];
  if (cpu.kind === 'translating' && other.kind === 'translating')
    return compareParts(pairsOf(translatingSamples(cpu), translatingSamples(other)), lanes, null, onProgress);
  if (cpu.kind === 'summarizing' && other.kind === 'summarizing')
    // One graph reads and writes the LLM lane.
    return compareParts(pairsOf(summarySamples(cpu), summarySamples(other)), lanes, 'llm', onProgress);
  throw new Error('The pack changed while it was opened. Test it again.');
}

/** `joined`: the lane that writes with the part that reads, and counts with it. */
async function compareParts<Read>(
  pairs: readonly Pair<Read>[],
  lanes: readonly Lane[],
  joined: Lane | null,
  onProgress: (done: number, steps: number) => void,
): Promise<Probed> {
  const steps = 2 * pairs.length;
  let done = 0;
  onProgress(done, steps);
  const onStep = () => onProgress(++done, steps);
  const times = await timesOfParts(pairs, lanes, onStep);
  const isHopeless = [...times.values()].every(({ cpuMs, ms }) => ms > HOPELESS * cpuMs);
  const different = isHopeless ? null : await differingParts(pairs, lanes, onStep);
  const comparisonOf = (parts: readonly Part[]): Comparison => ({
    same: different && !parts.some((part) => different.has(part)),
    cpuMs: parts.reduce((sum, part) => sum + (times.get(part)?.cpuMs ?? 0), 0),
    ms: parts.reduce((sum, part) => sum + (times.get(part)?.ms ?? 0), 0),
  });
  return {
    kind: 'measured',
    reading: comparisonOf(joined === null ? ['reading'] : ['reading', joined]),
    lanes: Object.fromEntries(lanes.filter((lane) => lane !== joined).map((lane) => [lane, comparisonOf([lane])])),
  };
}

/** Parts that lead to other ids than the CPU's, of any text. */
async function differingParts<Read>(pairs: readonly Pair<Read>[], lanes: readonly Lane[], onStep: () => void): Promise<ReadonlySet<Part>> {
  const different = new Set<Part>();
  const differentTogether = new Set<Part>();
  for (const { here, there } of pairs) {
    const read = await here.read();
    const readThere = await there.read();
    for (const lane of lanes) {
      const expected = await write(here, lane, read);
      const differs = async (writer: Sample<Read>, from: Read) => !isSame(await write(writer, lane, from), expected);
      if (await differs(here, readThere)) different.add('reading');
      if ((await differs(there, read)) || !(await confirms(await there.ready(lane, read), expected))) different.add(lane);
      if (await differs(there, readThere)) differentTogether.add(lane);
    }
    onStep();
  }
  // What goes wrong only with the reading, which is right by itself, is held against the lane.
  if (!different.has('reading')) for (const lane of differentTogether) different.add(lane);
  return different;
}

/** Milliseconds of the texts, on the CPU and elsewhere in turns; of the first ones where that takes long. */
async function timesOfParts<Read>(
  pairs: readonly Pair<Read>[],
  lanes: readonly Lane[],
  onStep: () => void,
): Promise<ReadonlyMap<Part, { cpuMs: number; ms: number }>> {
  const sums = new Map<Part, { cpuMs: number; ms: number }>();
  const startMs = performance.now();
  for (const { here, there } of pairs) {
    if (sums.size > 0 && performance.now() - startMs > ENOUGH_MS) break;
    const add = async (part: Part, work: (sample: Sample<Read>) => Promise<unknown>) => {
      const best = { cpuMs: Infinity, ms: Infinity };
      for (let round = 0; round < ROUNDS; round++) {
        best.cpuMs = Math.min(best.cpuMs, await timeOf(() => work(here)));
        best.ms = Math.min(best.ms, await timeOf(() => work(there)));
      }
      const sum = sums.get(part) ?? { cpuMs: 0, ms: 0 };
      sums.set(part, { cpuMs: sum.cpuMs + best.cpuMs, ms: sum.ms + best.ms });
    };
    const read = await here.read();
    await add('reading', (sample) => sample.read());
    for (const lane of lanes) await add(lane, (sample) => write(sample, lane, read));
    onStep();
  }
  return sums;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

async function write<Read>(sample: Sample<Read>, lane: Lane, read: Read): Promise<number[]> {
  const { decoder, limits } = await sample.ready(lane, read);
  return greedyIds(decoder, limits);
}

/** Whether a decoder that is given `ids` several at a time, as drafts are, finds each the most probable one. */
async function confirms({ decoder, limits }: Ready, ids: readonly number[]): Promise<boolean> {
  if (decoder.maxStep === 1) return true;
  const given = [limits.startId, ...ids.slice(0, -1)];
  for (let first = 0; first < ids.length; first += decoder.maxStep) {
    const candidates = await decoder.extend(given.slice(first, first + decoder.maxStep));
    const wanted = ids.slice(first, first + decoder.maxStep);
    if (!wanted.every((id, place) => candidates.ids[place * decoder.topK] === id)) return false;
  }
  return true;
}

/** The texts that the pack was tested with, and sentences of its first language. */
function translatingSamples({ manifest, tokenizer, encoder, lanes }: OpenPack): Sample<{ ids: readonly number[]; hidden: Hidden }>[] {
  const [task] = manifest.tasks;
  const asked = [
    ...manifest.selfTest.map(({ from, to, text }) => ({ from, to, text })),
    ...(task ? sampleSentences(manifest, task.from).map((text) => ({ from: task.from, to: task.to, text })) : []),
  ];
  const { startId, eosId } = manifest.tokenizer;
  return unique(asked).map(({ from, to, text }) => ({
    async read() {
      const ids = tokenizer.encode(translateTask(manifest, { kind: 'translate', from, to })?.prefix ?? '', text);
      return { ids, hidden: await encoder.encode(ids) };
    },
    async ready(name, { ids, hidden }) {
      const lane = laneOf(lanes, name);
      return { decoder: await translatingDecoder(lane, ids, hidden), limits: { startId, eosId, maxTokens: tokenLimit(lane, ids) } };
    },
  }));
}

/** The texts that the pack was tested with, as far as was recorded. */
function summarySamples({ manifest, tokenizer, reader, lanes }: SummarizingPack): Sample<Reading>[] {
  const asked = manifest.selfTest.map(({ length, form, text, targetIds }) => ({ length, form, text, maxTokens: targetIds.length }));
  return unique(asked).flatMap(({ length, form, text, maxTokens }) => {
    const task = summarizeTask(manifest, { length, form });
    if (!task) return [];
    return {
      read: () => readSummaryPrompt(reader, summaryPrompt(tokenizer, task, text)),
      async ready(name, read) {
        const { decoder, startId } = await summaryDecoder(laneOf(lanes, name), read);
        return { decoder, limits: { startId, eosId: manifest.tokenizer.eosId, maxTokens } };
      },
    };
  });
}

function laneOf<T>(lanes: ReadonlyMap<Lane, T>, name: Lane): T {
  const lane = lanes.get(name);
  if (!lane) throw new Error(`The pack has no ${name} lane any more. Test it again.`);
  return lane;
}

function pairsOf<Read>(here: readonly Sample<Read>[], there: readonly Sample<Read>[]): Pair<Read>[] {
  return here.flatMap((sample, index) => (there[index] ? [{ here: sample, there: there[index] }] : []));
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

const isSame = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((id, i) => id === b[i]);

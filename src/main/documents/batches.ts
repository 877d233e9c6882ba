/**
 * Sends the sentences of a document that the journal lacks through the engine, a batch at a time; each is in the journal as soon as it
 * comes, and on the disk before the next batch is asked for. Equal sentences are translated once.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { codesProblem } from '../../shared/check-codes';
import type { DocumentOptions, DocumentProgress, EngineTimes, Outcome } from '../../shared/document';
import { MAX_SEGMENTS, type EngineError, type Segment, type SegmentReason } from '../../shared/inference';
import type { InferenceClient, SegmentsEvent } from '../../shared/inference-client';
import { MAX_TERMS, type Term } from '../../shared/glossary';
import { textOf, type Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import type { Aids, MadePair } from './aids';
import { NO_TIMES, plusTimes } from './engine-times';
import { engineReason } from './engine-reason';
import type { Block } from './format';
import { JobFailure } from './job-failure';
import type { Journal, SegmentLine } from './journal';
import { partsOf, segmentKey } from './sentences';
import type { IsInTarget } from './target-language';

/** A client of the engine as it runs now; called again when that died. Throws where it runs no more. */
export type Connect = () => Promise<InferenceClient>;

export interface Work {
  readonly options: DocumentOptions;
  readonly connect: Connect;
  readonly isInTarget: IsInTarget;
  readonly aids: Aids;
  readonly signal: AbortSignal;
  /** After each segment. */
  tell(progress: DocumentProgress & { remainingMs: number | null }): void;
}

/**
 * Segments a request holds: as many as it may, so that the engine finds many of one length, and what is to be written again comes in numbers.
 * Each is in the journal as soon as it comes, so a large batch loses no more than a small one.
 */
const BATCH = MAX_SEGMENTS;
/** Blocks looked at before others may run. */
const BLOCKS_A_TURN = 50;
/** What a sentence costs besides its length, in UTF-16 code units. */
const WEIGHT_OF_SENTENCE = 12;

interface Missing {
  readonly key: string;
  readonly segment: Segment;
}

/** Throws `JobFailure`, or the signal's reason. Whatever was translated until then is in the journal. */
export async function translateMissing(blocks: readonly Block[], journal: Journal, work: Work): Promise<void> {
  const remaining = await Remaining.of(blocks, journal);
  const tell = () => work.tell({ done: remaining.done, segments: remaining.segments, remainingMs: remaining.ms() });
  tell();
  const requests = new Requests(journal, work, remaining, tell);
  try {
    for await (const batch of missingBatches(blocks, journal, work.signal)) {
      const begun = performance.now();
      for (const missing of batch.filter(({ segment }) => work.isInTarget(textOf(segment.inlines)))) await requests.keep(missing);
      for (const missing of batch) await requests.recall(missing);
      await requests.translate(batch);
      await journal.append({ kind: 'batch', ms: performance.now() - begun, times: requests.takeTimes() });
      await journal.sync();
    }
  } finally {
    // Also what came before a pause or a failure.
    await journal.sync();
  }
}

interface Missing {
  readonly key: string;
  readonly segment: Segment;
}

async function* missingOf(blocks: readonly Block[], journal: Journal): AsyncGenerator<Missing> {
  for await (const sentence of sentencesOf(blocks)) if (!journal.segment(sentence.key)) yield sentence;
}

/** Every sentence, in reading order; others may run in between. */
async function* sentencesOf(blocks: readonly Block[]): AsyncGenerator<Missing> {
  for (const [number, block] of blocks.entries()) {
    if (number % BLOCKS_A_TURN === 0) await nextTurn();
    for (const part of partsOf(block)) if (part.kind === 'sentence') yield { key: segmentKey(part.segment), segment: part.segment };
  }
}

async function* missingBatches(blocks: readonly Block[], journal: Journal, signal: AbortSignal): AsyncGenerator<Missing[]> {
  const batch = new Map<string, Missing>();
  for await (const missing of missingOf(blocks, journal)) {
    signal.throwIfAborted();
    batch.set(missing.key, missing);
    if (batch.size < BATCH) continue;
    yield [...batch.values()];
    batch.clear();
  }
  if (batch.size > 0) yield [...batch.values()];
}

/** How much is done, and how long the rest will take at the rate that was measured. */
class Remaining {
  /** In units of weight: what the engine has translated since it began, and what it has not. */
  private worked = 0;
  private left = 0;
  private begunAt: number | null = null;

  private constructor(
    readonly segments: number,
    public done: number,
    /** How often a missing sentence occurs, and its weight, by key. */
    private readonly missing: Map<string, { times: number; readonly weight: number }>,
  ) {
    for (const { weight } of missing.values()) this.left += weight;
  }

  static async of(blocks: readonly Block[], journal: Journal): Promise<Remaining> {
    const missing = new Map<string, { times: number; readonly weight: number }>();
    let segments = 0;
    let done = 0;
    for await (const { key, segment } of sentencesOf(blocks)) {
      segments++;
      const known = missing.get(key);
      if (journal.segment(key)) done++;
      else if (known) known.times++;
      else missing.set(key, { times: 1, weight: textOf(segment.inlines).length + WEIGHT_OF_SENTENCE });
    }
    return new Remaining(segments, done, missing);
  }

  /** The engine works: what went before (opening the pack) will not come again. */
  begin(): void {
    this.begunAt ??= performance.now();
  }

  /** `isWork`: whether the engine had to do with it. */
  take(key: string, isWork: boolean): void {
    const { times, weight } = this.missing.get(key) ?? { times: 0, weight: 0 };
    this.missing.delete(key);
    this.done += times;
    this.left -= weight;
    if (isWork) this.worked += weight;
  }

  /** Null before a twentieth is done: the first sentences tell little. */
  ms(): number | null {
    if (this.begunAt === null || this.worked === 0 || this.worked * 19 < this.left) return null;
    return ((performance.now() - this.begunAt) / this.worked) * this.left;
  }
}

/** After these a sentence is tried alone; others are the same for all sentences, so the job fails. */
const PERHAPS_OF_ONE_SENTENCE: ReadonlySet<EngineError['code']> = new Set(['process-died', 'internal', 'bad-request']);

const NOTHING_WRITTEN: Pick<SegmentLine, 'inlines' | 'flags' | 'confidence' | 'tokens' | 'memory' | 'terms'> = {
  inlines: null,
  flags: [],
  confidence: null,
  tokens: 0,
  memory: null,
  terms: [],
};

class Requests {
  private client: InferenceClient | null = null;
  /** Not yet in the memory. */
  private made: MadePair[] = [];
  /** Not yet in the journal. */
  private times = NO_TIMES;

  constructor(
    private readonly journal: Journal,
    private readonly work: Work,
    private readonly remaining: Remaining,
    private readonly tell: () => void,
  ) {}

  /**
   * Gets each segment into the journal, as failed if the engine fails at it. A request that ends early is made good sentence by sentence, so
   * that one at which the engine dies does not take others with it.
   */
  async translate(batch: readonly Missing[]): Promise<void> {
    const asked = this.notYet(batch);
    if (asked.length === 0) return;
    const error = await this.ask(asked);
    for (const missing of this.notYet(asked)) {
      const last = asked.length > 1 || error?.code === 'process-died' ? await this.ask([missing]) : error;
      if (!this.journal.segment(missing.key))
        await this.fail(missing, last === null ? reason`The engine said nothing about this sentence.` : engineReason(last));
    }
    this.work.aids.memory.keep(this.made);
    this.made = [];
  }

  /** What the engine's stages took since the last time. */
  takeTimes(): EngineTimes {
    const { times } = this;
    this.times = NO_TIMES;
    return times;
  }

  /** Takes what the memory has. A person's translation needs no terms. */
  async recall({ key, segment }: Missing): Promise<void> {
    const { memory, glossary } = this.work.aids;
    const known = this.journal.segment(key) ? null : memory.recall(segment);
    if (!known) return;
    const { inlines, origin, confidence } = known;
    const terms = glossary.used(textOf(segment.inlines), textOf(inlines));
    const isLacking = origin !== 'person' && terms.some(({ isUsed }) => !isUsed);
    const flags = new Set<SegmentReason>([...(isLacking ? (['glossary'] as const) : []), ...known.flags]);
    await this.journal.append({
      kind: 'segment',
      key,
      outcome: 'translated',
      inlines: [...inlines],
      flags: [...flags],
      confidence,
      tokens: 0,
      message: null,
      memory: origin,
      terms,
    });
    this.took(key, false);
  }

  /** What is in the target language already stays as it is. */
  async keep({ key }: Missing): Promise<void> {
    await this.journal.append({ kind: 'segment', key, ...NOTHING_WRITTEN, outcome: 'kept', message: null });
    this.took(key, false);
  }

  private notYet(batch: readonly Missing[]): readonly Missing[] {
    return batch.filter(({ key }) => !this.journal.segment(key));
  }

  /** Why the request ended early, or null. Throws what must end the job. */
  private async ask(batch: readonly Missing[]): Promise<EngineError | null> {
    const { connect, options, signal } = this.work;
    signal.throwIfAborted();
    this.client ??= await connect();
    let error: EngineError | null = null;
    const { packId, task, lane, decoding } = options;
    const request = { packId, task, lane, decoding, segments: batch.map(({ segment }) => segment), terms: this.termsOf(batch) };
    for await (const event of this.client.translateSegments(request, signal)) {
      if (event.kind === 'started') this.remaining.begin();
      else if (event.kind === 'segment') await this.accept(batch[event.index], event);
      else if (event.kind === 'failed') ({ error } = event);
      else this.times = plusTimes(this.times, event.timings);
    }
    signal.throwIfAborted();
    if (error?.code === 'process-died') this.client = null;
    if (error && !PERHAPS_OF_ONE_SENTENCE.has(error.code)) throw new JobFailure(engineReason(error));
    return error;
  }

  private async accept(asked: Missing | undefined, event: Extract<SegmentsEvent, { kind: 'segment' }>): Promise<void> {
    if (!asked || this.journal.segment(asked.key)) return;
    const { inlines, flags, confidence, tokens, terms = [] } = event;
    const { outcome, message } = judged(asked.segment, inlines, flags);
    if (outcome === 'translated') this.made.push({ segment: asked.segment, made: { inlines, flags, confidence } });
    await this.journal.append({
      kind: 'segment',
      key: asked.key,
      outcome,
      inlines: outcome === 'translated' ? inlines : null,
      flags,
      confidence,
      tokens,
      message,
      memory: null,
      terms,
    });
    this.took(asked.key, true);
  }

  /** Those that the segments hold. */
  private termsOf(batch: readonly Missing[]): Term[] {
    const { glossary } = this.work.aids;
    const terms = new Set(batch.flatMap(({ segment }) => glossary.find(textOf(segment.inlines)).map(({ term }) => term)));
    return [...terms].slice(0, MAX_TERMS);
  }

  private async fail({ key }: Missing, message: string): Promise<void> {
    await this.journal.append({ kind: 'segment', key, ...NOTHING_WRITTEN, outcome: 'failed', message });
    this.took(key, true);
  }

  private took(key: string, isWork: boolean): void {
    this.remaining.take(key, isWork);
    this.tell();
  }
}

/** A translation that is none is told from one that is. */
function judged(
  { inlines: source, pairs }: Segment,
  translation: Inlines,
  flags: readonly SegmentReason[],
): { outcome: Outcome; message: string | null } {
  if (flags.includes('empty'))
    return { outcome: 'failed', message: reason`The model wrote nothing for this sentence; its source was kept.` };
  const isSource = JSON.stringify(translation) === JSON.stringify(source);
  if (codesProblem(source, translation, pairs) !== null || (flags.includes('codes') && isSource)) {
    return { outcome: 'failed', message: reason`The model did not place the inline codes of this sentence; its source was kept.` };
  }
  return { outcome: 'translated', message: null };
}

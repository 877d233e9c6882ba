/** What a job asks of its engines, and what comes of each sentence: a line in the journal. Several requests may be on their way at a time. */
import { codesProblem } from '../../shared/check-codes';
import type { EngineTimes, Outcome } from '../../shared/document';
import { MAX_TERMS, type Term } from '../../shared/glossary';
import type { EngineError } from '../../shared/inference/engine';
import type { SegmentReason } from '../../shared/inference/flags';
import type { Segment } from '../../shared/inference/sentences';
import type { SegmentsEvent } from '../../shared/inference-client';
import { textOf, type Inlines } from '../../shared/inlines';
import { reason } from '../reasons';
import type { MadePair } from './aids';
import { engineReason } from './engine-reason';
import { NO_TIMES, plusTimes } from './engine-times';
import type { Connect } from './engines';
import { JobFailure } from './job-failure';
import type { Journal } from './journal';
import type { SegmentLine } from './journal-lines';
import type { Remaining } from './remaining';
import type { KeyedSegment } from './sentence-walk';
import type { Work } from './translate-missing';

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

export class Requests {
  /** Not yet in the memory. */
  private made: MadePair[] = [];
  /** Not yet in the journal: how many segments came, what the engines' stages took, and since when the clock runs. */
  private came = 0;
  private times: EngineTimes = NO_TIMES;
  private countedAt = performance.now();

  constructor(
    private readonly journal: Journal,
    private readonly work: Pick<Work, 'options' | 'aids'>,
    private readonly remaining: Remaining,
    private readonly tell: () => void,
  ) {}

  /**
   * Gets each segment into the journal, and onto the disk, as failed if the engine fails at it. A batch at which the engine died is asked for
   * as a whole once more, so that it becomes what it would have; then sentence by sentence, so that one at which the engine always dies does
   * not take others with it. Throws `JobFailure`, or the signal's reason.
   */
  async translate(batch: readonly KeyedSegment[], connect: Connect, signal: AbortSignal): Promise<void> {
    let error = await this.ask(batch, connect, signal);
    if (error?.code === 'process-died') error = await this.ask(batch, connect, signal);
    for (const sentence of batch.filter(({ key }) => !this.journal.segment(key))) {
      const last = batch.length > 1 ? await this.ask([sentence], connect, signal) : error;
      if (!this.journal.segment(sentence.key))
        await this.fail(sentence, last === null ? reason`The engine said nothing about this sentence.` : engineReason(last));
    }
    this.work.aids.memory.keep(this.made);
    this.made = [];
    await this.account();
  }

  /** What came since the last time is on the disk, and in the journal what it took: the time that went by, and the sum over all engines. */
  async account(): Promise<void> {
    const now = performance.now();
    const { came, times } = this;
    const ms = now - this.countedAt;
    this.came = 0;
    this.times = NO_TIMES;
    this.countedAt = now;
    if (came > 0) await this.journal.append({ kind: 'batch', ms, times });
    await this.journal.sync();
  }

  /** Takes what the memory has, if it has it. A person's translation needs no terms. */
  async recall({ key, segment }: KeyedSegment): Promise<boolean> {
    const { memory, glossary } = this.work.aids;
    const known = memory.recall(segment);
    if (!known) return false;
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
    return true;
  }

  /** What is in the target language already stays as it is. */
  async keep({ key }: KeyedSegment): Promise<void> {
    await this.journal.append({ kind: 'segment', key, ...NOTHING_WRITTEN, outcome: 'kept', message: null });
    this.took(key, false);
  }

  /** Why the request ended early, or null. Throws what must end the job. */
  private async ask(batch: readonly KeyedSegment[], connect: Connect, signal: AbortSignal): Promise<EngineError | null> {
    signal.throwIfAborted();
    const client = await connect(signal);
    let error: EngineError | null = null;
    const { packId, task, lane, decoding } = this.work.options;
    const request = { packId, task, lane, decoding, segments: batch.map(({ segment }) => segment), terms: this.termsOf(batch) };
    for await (const event of client.translateSegments(request, signal)) {
      if (event.kind === 'started') this.remaining.begin();
      else if (event.kind === 'segment') await this.accept(batch[event.index], event);
      else if (event.kind === 'failed') ({ error } = event);
      else this.times = plusTimes(this.times, event.timings);
    }
    signal.throwIfAborted();
    if (error && !PERHAPS_OF_ONE_SENTENCE.has(error.code)) throw new JobFailure(engineReason(error));
    return error;
  }

  private async accept(asked: KeyedSegment | undefined, event: Extract<SegmentsEvent, { kind: 'segment' }>): Promise<void> {
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
  private termsOf(batch: readonly KeyedSegment[]): Term[] {
    const { glossary } = this.work.aids;
    const terms = new Set(batch.flatMap(({ segment }) => glossary.find(textOf(segment.inlines)).map(({ term }) => term)));
    return [...terms].slice(0, MAX_TERMS);
  }

  private async fail({ key }: KeyedSegment, message: string): Promise<void> {
    await this.journal.append({ kind: 'segment', key, ...NOTHING_WRITTEN, outcome: 'failed', message });
    this.took(key, true);
  }

  private took(key: string, isWork: boolean): void {
    this.came++;
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

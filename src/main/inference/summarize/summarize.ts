/**
 * THE DATA PATH of one summary, top to bottom: look at the text → plan its parts → for each part, and for each join of what was written for
 * several: tokenize → encode → project → prefill → decode → detokenize → what each sentence of the last one rests on.
 * An async generator that the scheduler pulls: between two pulls another request may run. Knows no port and no other request.
 * A cancel ends it before the next run of a model: at most SLICE_TOKENS of the prompt, or one step of a decoder with its draft, are still read.
 */
import type { Flag } from '../../../shared/inference/flags';
import type { SummarizeRequest } from '../../../shared/inference/requests';
import type { Range } from '../../../shared/inference/summary';
import type { SummarizeTask } from '../../../shared/pack';
import type { EncodingCache } from '../encoding-cache';
import { EngineFailure, toEngineError } from '../engine-failure';
import type { LoadedPacks, PackLease } from '../loaded-packs';
import type { SummarizingPack } from '../open-pack';
import { Progress } from '../progress';
import { summarizeTask } from '../summary-prompt';
import { withoutBoilerplate } from './boilerplate';
import { foreignLanguage, foreignProblem, textProblem } from './check-text';
import type { Shape } from './clean';
import { grounded, NOTHING_WRITTEN, type Grounded, type Source } from './ground';
import { groupsOf } from './plan';
import { LEAD_TOKENS, planOf } from './plan-prompts';
import { readable } from './readable';
import { sentenceRanges } from './sentence-ranges';
import { SummaryWriter, type Draft, type KeptReading, type SummarizeStep } from './summary-writer';
import { SourceIndex } from './support';
import { stepsOfParts, SummaryWork, type Rates } from './work';

export interface SummarizeContext {
  packs: Pick<LoadedPacks, 'useToSummarize'>;
  memory: SummaryMemory;
  signal: AbortSignal;
}

/** What serves later requests again. */
export interface SummaryMemory {
  /** Texts that were read. */
  readings: EncodingCache<KeptReading>;
  /** Summaries of parts, by lane, drafts and prompt. */
  parts: EncodingCache<KeptPart>;
  /** What was measured last. */
  rates: Rates;
}

export interface KeptPart {
  readonly text: string;
  readonly byteLength: number;
}

/** Parts are summarized so, whatever is asked of the whole: another length or form needs only the last step anew. */
const PART_SHAPE: Shape = { length: 'short', form: 'paragraph' };
const BETWEEN_SUMMARIES = '\n\n';
/** Of the text's beginning, put before the summaries of its parts: at most so many UTF-16 code units. */
const LEAD_LENGTH = 600;
/** Of a summary for which nothing was written. */
const NOTHING_SAID = { copying: { drafted: 0, accepted: 0 }, copied: [], leftOut: { repeated: 0, unsupported: 0 } };
/** Sentences found before others may run. */
const SENTENCES_A_TURN = 50;

/** Ends with exactly one `done` or `failed`. Never throws. */
export async function* summarize(request: SummarizeRequest, context: SummarizeContext): AsyncGenerator<SummarizeStep, void, undefined> {
  const progress = new Progress(request.id);
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.useToSummarize(request.packId);
    progress.clock.begin();
    try {
      yield* new SummaryRun(request, context, lease, progress).run();
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    yield progress.tellHeld();
    yield context.signal.aborted ? progress.done('cancelled') : { kind: 'failed', id: request.id, error: toEngineError(thrown) };
  }
}

class SummaryRun {
  private readonly writer: SummaryWriter;
  private readonly work: SummaryWork;
  /** The text without what is not for a summary, as long as that: what is read, and where sentences are found. */
  private readonly read: string;

  constructor(
    private readonly request: SummarizeRequest,
    private readonly context: SummarizeContext,
    private readonly lease: PackLease<SummarizingPack>,
    private readonly progress: Progress,
  ) {
    this.read = withoutBoilerplate(request.text);
    const drafts = request.drafts ?? 'copied';
    this.work = new SummaryWork(context.memory.rates);
    this.writer = new SummaryWriter(request.lane, drafts, lease, context.memory.readings, progress, context.signal, this.work);
    progress.share = () => this.work.share(progress.clock.timings());
    if (drafts === 'copied') progress.speculation = () => this.writer.speculation;
  }

  async *run(): AsyncGenerator<SummarizeStep, void, undefined> {
    const { request, progress, lease } = this;
    const { id } = request;
    const task = this.taskOf(request);
    const sentences = yield* this.sentencesOf(this.read);
    const problem = textProblem(request.text, this.read, sentences.length);
    if (problem !== null) throw new EngineFailure('unfit-text', problem);
    const language = await foreignLanguage(this.read, lease.pack.manifest.language);
    if (language !== null) {
      yield* this.takeSentences(language, sentences);
      return;
    }

    const { parts, width, partTask } = yield* this.pulled(
      planOf(this.read, sentences, lease.pack, summarizeTask(lease.pack.manifest, PART_SHAPE) ?? task, (work) =>
        progress.clock.time('tokenize', work),
      ),
    );
    const lengths = parts.map(({ start, end }) => end - start);
    const steps = stepsOfParts(lengths, width, { part: partTask.maxTokens, last: task.maxTokens }, LEAD_LENGTH, this.context.memory.rates);
    this.work.plan(steps);
    progress.segments = steps.length;
    yield progress.started();
    yield { kind: 'plan', id, parts: [...parts] };

    let texts = parts.map(({ start, end }) => this.read.slice(start, end));
    for (let round = 0; texts.length > 1; round++) {
      const summaries: string[] = [];
      for (const [index, text] of texts.entries()) {
        const summary = yield* this.summarizePart(text, partTask);
        summaries.push(summary);
        if (round === 0) yield { kind: 'part', id, index, text: summary };
      }
      texts = groupsOf(summaries, width).map((group) => group.join(BETWEEN_SUMMARIES));
    }
    const [last = ''] = texts;
    const prompt = yield* this.writer.promptOf(parts.length > 1 ? this.lead() + BETWEEN_SUMMARIES + last : readable(last), task);
    const draft = yield* this.writer.write(prompt, task, true);
    yield progress.tellHeld();

    const source = yield* this.sourceOf(this.read, sentences, request.text);
    const shown = grounded(draft, source, request);
    progress.showAll(shown.text);
    yield progress.tellHeld();
    const leftOut = { repeated: draft.repeated, unsupported: shown.unsupported };
    const summary = { sentences: shown.sentences, copying: this.writer.copying, copied: shown.copied, leftOut };
    yield { ...progress.done('stop'), flagged: flagsOf(draft, shown), summary };
  }

  /** Of a text that the pack does not read: sentences of it, in its own words. Nothing is written. */
  private *takeSentences(language: string, sentences: readonly Range[]): Generator<SummarizeStep, void, undefined> {
    const { request, progress, lease } = this;
    const { id, text } = request;
    progress.segments = 1;
    yield progress.started();
    yield { kind: 'plan', id, parts: [{ start: 0, end: text.length }] };
    const shown = grounded(NOTHING_WRITTEN, yield* this.sourceOf(this.read, sentences, text), request);
    if (shown.text === '') throw new EngineFailure('unfit-text', foreignProblem(language, lease.pack.manifest));
    progress.showAll(shown.text);
    yield progress.tellHeld();
    const summary = { ...NOTHING_SAID, sentences: shown.sentences, foreignLanguage: language };
    yield { ...progress.done('stop'), flagged: [], summary };
  }

  private *sentencesOf(text: string): Generator<null, Range[], undefined> {
    const sentences: Range[] = [];
    for (const sentence of sentenceRanges(text)) {
      sentences.push(sentence);
      if (sentences.length % SENTENCES_A_TURN > 0) continue;
      yield null;
      this.context.signal.throwIfAborted();
    }
    return sentences;
  }

  /** What is known of an earlier request is not written again. */
  private async *summarizePart(text: string, task: SummarizeTask): AsyncGenerator<SummarizeStep, string, undefined> {
    const { lease, request, progress, writer } = this;
    const { parts } = this.context.memory;
    const prompt = yield* writer.promptOf(readable(text), task);
    const key = `${lease.cacheKey} ${request.lane} ${request.drafts ?? 'copied'}`;
    const ids = [...prompt.documentIds, ...prompt.instructionIds];
    const known = parts.get(key, ids);
    if (known) {
      progress.reusedEncodings++;
      this.work.know();
      progress.showAll(known.text);
      yield progress.tellHeld();
      return known.text;
    }
    // One part after the other would push out of the memory what may serve again.
    const draft = yield* writer.write(prompt, task, false);
    const source = yield* this.sourceOf(text, yield* this.sentencesOf(text));
    const shown = grounded(draft, source, PART_SHAPE);
    const written = this.fitting(shown.text === '' ? text : shown.text, task.maxTokens);
    progress.showAll(written);
    yield progress.tellHeld();
    parts.set(key, ids, { text: written, byteLength: 2 * written.length });
    return written;
  }

  /** How the text begins: mostly what it is about, which the summaries of its parts lose. */
  private lead(): string {
    return this.fitting(readable(this.read.trimStart().slice(0, LEAD_LENGTH)).replace(/\S*$/, ''), LEAD_TOKENS);
  }

  /** What stands in for a part may be longer than what is written for one, and must fit where parts are joined. */
  private fitting(text: string, maxTokens: number): string {
    let fitting = text;
    while (this.lease.pack.tokenizer.encode(fitting).length > maxTokens) {
      fitting = `${fitting
        .slice(0, Math.floor(fitting.length * 0.8))
        .replace(/\S*$/, '')
        .trimEnd()}…`;
    }
    return fitting;
  }

  /** `whole`: the text as it was. */
  private *sourceOf(text: string, sentences: readonly Range[], whole = text): Generator<null, Source, undefined> {
    return { text, sentences, index: yield* this.pulled(SourceIndex.of(text, sentences, whole)) };
  }

  /** What the steps come to; others may run between them, and a cancel ends them. */
  private *pulled<T>(steps: Generator<null, T, undefined>): Generator<null, T, undefined> {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      yield null;
      this.context.signal.throwIfAborted();
    }
  }

  /** Throws EngineFailure where the pack has no such task or lane. */
  private taskOf({ lane, length, form }: SummarizeRequest): SummarizeTask {
    const { manifest, lanes } = this.lease.pack;
    const refused = (message: string) => new EngineFailure('unsupported-request', message);
    if (!lanes.has(lane)) throw refused(`"${manifest.name}" has no ${lane} lane. It has: ${[...lanes.keys()].join(', ')}.`);
    const task = summarizeTask(manifest, { length, form });
    if (task) return task;
    const known = manifest.tasks.map((other) => `${other.length} ${other.form}`).join(', ');
    throw refused(`"${manifest.name}" writes no ${length} summary as ${form}. It writes: ${known}.`);
  }
}

/** What a reader should check of how the summary ended. */
function flagsOf({ isCut, ending }: Draft, { text, sentences }: Grounded): Flag[] {
  if (text === '') return [{ reason: 'empty', start: 0, end: 0 }];
  const last = { start: sentences.at(-1)?.start ?? 0, end: text.length };
  if (ending === 'loop' && sentences.some(({ isTaken }) => !isTaken)) return [{ reason: 'loop', ...last }];
  return isCut && text.endsWith('…') ? [{ reason: 'length', ...last }] : [];
}

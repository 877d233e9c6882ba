/**
 * THE BATCH LANE: the segments of a document, many sentences at a time. Each sentence says what it wants read and written next
 * (translate-sentence.ts); what is wanted of one lane is sorted by length, read prompt by prompt and decoded together.
 * Prompts are encoded and prefilled one by one: those int8 kernels quantize over everything that is in a run, so what else is in a batch would
 * change every fifth sentence's translation (docs/adr/0008). The decoder's quantize each row by itself, but round otherwise for one row
 * than for several (up to 0.03 in a log-probability): where two words are nearly as good, box and file may differ.
 * An async generator that the scheduler pulls: between two pulls another request may run. Knows no port and no other request.
 */
import { Glossary } from '../../shared/glossary';
import type { Finish } from '../../shared/inference/events';
import type { SegmentsRequest } from '../../shared/inference/requests';
import type { Segment } from '../../shared/inference/sentences';
import type { Lane } from '../../shared/pack';
import type { SegmentsEvent } from '../../shared/inference-client';
import { checkRequest, translateTask } from './check-request';
import type { Written } from './decode/greedy-batch';
import { decodePrompts } from './decode-prompts';
import { EngineFailure, toEngineError } from './engine-failure';
import type { GenerateContext } from './generate';
import type { PackLease } from './loaded-packs';
import type { OpenLane } from './models/lanes';
import { PromptReader, type ReadPrompt } from './read-prompts';
import { SegmentOnItsWay, type Sentence } from './segment-on-its-way';
import { partsThatFit, prepared, sentencesOf } from './sentences';
import { StageClock } from './stage-clock';
import { translateSentence } from './translate-sentence';

/** An event, or null: nothing to tell, but others may run now. */
export type SegmentsStep = SegmentsEvent | null;

/** Rows of a batch: more hardly decode faster (docs/benchmarks.md), and a step should be short. */
const MAX_ROWS = 16;
/** Tokens of a batch's prompts, padded to the longest: bounds what cross-attention reads in a step. */
const MAX_BATCH_TOKENS = 1024;

/** Ends with exactly one `done` or `failed`. Never throws. */
export async function* translateSegments(
  request: SegmentsRequest,
  context: GenerateContext,
): AsyncGenerator<SegmentsStep, void, undefined> {
  const clock = new StageClock();
  let run: SegmentsRun | null = null;
  const done = (finish: Finish): SegmentsEvent => {
    const counts = run?.counts ?? { tokens: 0, reusedEncodings: 0, repaired: 0 };
    return { kind: 'done', id: request.id, finish, segments: request.segments.length, ...counts, flagged: [], timings: clock.timings() };
  };
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.use(request.packId);
    clock.begin(lease.loadMs);
    try {
      const refusal = checkRequest(request, lease.pack.manifest);
      if (refusal) yield { kind: 'failed', id: request.id, error: refusal };
      else {
        run = new SegmentsRun(request, context, lease, clock);
        yield* run.translate();
        yield done('stop');
      }
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    yield context.signal.aborted ? done('cancelled') : { kind: 'failed', id: request.id, error: toEngineError(thrown) };
  }
}

class SegmentsRun {
  private tokens = 0;
  private repaired = 0;
  private readonly glossary: Glossary;
  private readonly reader: PromptReader;
  private readonly waiting: Sentence[] = [];

  constructor(
    private readonly request: SegmentsRequest,
    private readonly context: GenerateContext,
    private readonly lease: PackLease,
    private readonly clock: StageClock,
  ) {
    this.glossary = new Glossary(request.terms ?? [], request.task.from, request.task.to);
    this.reader = new PromptReader(lease, context, clock);
  }

  get counts(): { tokens: number; reusedEncodings: number; repaired: number } {
    return { tokens: this.tokens, reusedEncodings: this.reader.reusedEncodings, repaired: this.repaired };
  }

  async *translate(): AsyncGenerator<SegmentsStep, void, undefined> {
    const { request, context, waiting } = this;
    yield { kind: 'started', id: request.id, segments: request.segments.length };
    for (const [index, source] of request.segments.entries()) {
      context.signal.throwIfAborted();
      yield this.told(this.begin(index, source));
    }
    while (waiting.length > 0) yield* this.translateBatch(takeBatch(waiting, request.lane));
  }

  /** Cuts a segment and asks its sentences what they want. */
  private begin(index: number, source: Segment): SegmentOnItsWay {
    const { request, clock, glossary } = this;
    const { pack } = this.lease;
    const { from, to } = request.task;
    const prefix = translateTask(pack.manifest, request.task)?.prefix ?? '';
    const text = prepared(source.inlines, source.pairs, pack);
    const segment = new SegmentOnItsWay(index, source, text.hidden);
    const context = { pack, prefix, from, to, lane: request.lane, kinds: text.kinds, glossary };
    for (const piece of sentencesOf(text)) {
      for (const part of piece.kind === 'gap' ? [piece] : partsThatFit(piece.inlines, text, prefix, pack, clock)) {
        const steps = part.kind === 'gap' ? null : translateSentence<Written>(part.inlines, context);
        const first = steps && clock.time('tokenize', () => steps.next());
        if (!first || first.done) segment.addGap(part.inlines);
        else this.waiting.push(segment.addSentence(part.inlines, steps, first.value));
      }
    }
    return segment;
  }

  /** Reads the prompts of a batch, one by one, and decodes it. */
  private async *translateBatch(batch: readonly Sentence[]): AsyncGenerator<SegmentsStep, void, undefined> {
    const { clock, request, lease } = this;
    const { signal } = this.context;
    const lane = laneOf(lease, batch[0]?.ask.lane ?? request.lane);
    const prompts: ReadPrompt[] = [];
    for (const { ask } of batch) prompts.push(yield* this.reader.read(ask.ids, lane));
    for await (const ended of decodePrompts(prompts, request.decoding, { pack: lease.pack, lane, clock, signal })) {
      const sentence = ended && batch[ended.row];
      yield sentence ? this.answer(sentence, ended.written) : null;
    }
  }

  /** Gives a sentence what was written for it: it asks again, or is done, and with it perhaps its segment. */
  private answer(sentence: Sentence, written: Written): SegmentsStep {
    const { segment, piece, steps } = sentence;
    const step = this.clock.time('detokenize', () => steps.next(written));
    if (!step.done) {
      sentence.ask = step.value;
      this.waiting.push(sentence);
      return null;
    }
    if (step.value.isRepaired) this.repaired++;
    segment.take(piece, step.value);
    return this.told(segment);
  }

  private told(segment: SegmentOnItsWay): SegmentsStep {
    if (!segment.isDone) return null;
    this.tokens += segment.tokens;
    return segment.event(this.request.id);
  }
}

/**
 * Takes sentences that ask for the same lane and are nearly as long as each other out of those that wait: shortest first, so that segments
 * come soon; the request's own lane first, so that what is to be repaired in another comes together.
 */
function takeBatch(waiting: Sentence[], preferred: Lane): Sentence[] {
  const lane = waiting.some(({ ask }) => ask.lane === preferred) ? preferred : waiting[0]?.ask.lane;
  const candidates = waiting.filter(({ ask }) => ask.lane === lane).sort((a, b) => a.ask.ids.length - b.ask.ids.length);
  const batch: Sentence[] = [];
  for (const sentence of candidates) {
    const padded = (batch.length + 1) * sentence.ask.ids.length;
    if (batch.length > 0 && (batch.length === MAX_ROWS || padded > MAX_BATCH_TOKENS)) break;
    batch.push(sentence);
    waiting.splice(waiting.indexOf(sentence), 1);
  }
  return batch;
}

function laneOf({ pack }: PackLease, name: Lane): OpenLane {
  const open = pack.lanes.get(name);
  if (!open) throw new EngineFailure('internal', `The ${name} lane of "${pack.manifest.name}" is not open.`);
  return open;
}

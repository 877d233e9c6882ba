/**
 * THE BATCH LANE: the segments of a document, many sentences at a time. Each sentence says what it wants read and written next
 * (translate-sentence.ts); what is wanted of one lane is sorted by length, read prompt by prompt and decoded together.
 * Prompts are encoded and prefilled one by one: those int8 kernels quantize over everything that is in a run, so what else is in a batch would
 * change every fifth sentence's translation (docs/adr/0008). The decoder's quantize each row by itself, but round otherwise for one row
 * than for several (up to 0.03 in a log-probability): where two words are nearly as good, box and file may differ.
 * An async generator that the scheduler pulls: between two pulls another request may run. Knows no port and no other request.
 */
import { codesProblem } from '../../shared/check-codes';
import { Glossary, type UsedTerm } from '../../shared/glossary';
import type { Inlines } from '../../shared/inlines';
import type { Finish, Lane, Segment, SegmentReason, SegmentsRequest } from '../../shared/inference';
import type { SegmentsEvent } from '../../shared/inference-client';
import { unmask } from '../../shared/mask';
import { checkRequest, translateTask } from './check-request';
import { beam } from './decode/beam';
import { greedyBatch, type Written } from './decode/greedy-batch';
import { stopAtLoop } from './decode/loop-detection';
import { ScoredDecoder } from './decode/scored-decoder';
import type { Ask, Translation } from './draft-sentence';
import { EngineFailure, toEngineError } from './engine-failure';
import type { GenerateContext } from './generate';
import type { PackLease } from './loaded-packs';
import type { Hidden } from './models/encoder';
import type { CrossKv } from './models/decoder';
import type { OpenLane } from './models/lanes';
import { partsThatFit, prepared, sentencesOf } from './sentences';
import { StageClock } from './stage-clock';
import { tokenLimit } from './token-limit';
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
  const run = new SegmentsRun(request, context);
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.use(request.packId);
    run.clock.begin(lease.loadMs);
    try {
      const refusal = checkRequest(request, lease.pack.manifest);
      if (refusal) yield { kind: 'failed', id: request.id, error: refusal };
      else {
        yield* run.translate(lease);
        yield run.done('stop');
      }
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    yield context.signal.aborted ? run.done('cancelled') : { kind: 'failed', id: request.id, error: toEngineError(thrown) };
  }
}

/** One sentence on its way: what it asks for now, and whom its translation belongs to. */
interface Sentence {
  readonly segment: SegmentState;
  /** Which of the segment's pieces it is. */
  readonly piece: number;
  readonly steps: Generator<Ask, Translation<Written>, Written>;
  ask: Ask;
}

/** One segment on its way: its pieces, those that are not translated yet as they were. */
interface SegmentState {
  readonly index: number;
  readonly source: Segment;
  readonly hidden: ReadonlyMap<number, string>;
  readonly pieces: Inlines[];
  missing: number;
  readonly flags: Set<SegmentReason>;
  readonly answers: Written[];
  readonly terms: UsedTerm[];
}

/** A prompt that a decoder can write for. */
interface ReadPrompt {
  readonly ids: readonly number[];
  readonly crossKv: CrossKv;
}

class SegmentsRun {
  readonly clock = new StageClock();
  private tokens = 0;
  private reusedEncodings = 0;
  private repaired = 0;
  /** Encodings of this request's prompts: another attempt reads nothing again. */
  private readonly encoded = new WeakMap<readonly number[], Hidden>();
  private readonly glossary: Glossary;

  constructor(
    private readonly request: SegmentsRequest,
    private readonly context: GenerateContext,
  ) {
    this.glossary = new Glossary(request.terms ?? [], request.task.from, request.task.to);
  }

  async *translate(lease: PackLease): AsyncGenerator<SegmentsStep, void, undefined> {
    const { request, context } = this;
    yield { kind: 'started', id: request.id, segments: request.segments.length };
    const waiting: Sentence[] = [];
    for (const [index, segment] of request.segments.entries()) {
      context.signal.throwIfAborted();
      const { state, sentences } = this.begin(index, segment, lease);
      waiting.push(...sentences);
      yield state.missing === 0 ? this.segmentEvent(state) : null;
    }
    while (waiting.length > 0) {
      for await (const ended of this.decodeBatch(takeBatch(waiting, request.lane), lease)) {
        if (!ended) yield null;
        else yield this.answer(ended.sentence, ended.written, waiting);
      }
    }
  }

  done(finish: Finish): SegmentsEvent {
    const { tokens, reusedEncodings, repaired, request, clock } = this;
    const segments = request.segments.length;
    return { kind: 'done', id: request.id, finish, tokens, segments, reusedEncodings, repaired, flagged: [], timings: clock.timings() };
  }

  /** Cuts a segment and asks its sentences what they want. */
  private begin(index: number, source: Segment, { pack }: PackLease): { state: SegmentState; sentences: Sentence[] } {
    const { request, clock } = this;
    const { from, to } = request.task;
    const task = translateTask(pack.manifest, request.task);
    const prefix = task?.prefix ?? '';
    const text = prepared(source.inlines, source.pairs, pack);
    const state: SegmentState = { index, source, hidden: text.hidden, pieces: [], missing: 0, flags: new Set(), answers: [], terms: [] };
    const sentences: Sentence[] = [];
    for (const piece of sentencesOf(text)) {
      for (const part of piece.kind === 'gap' ? [piece] : partsThatFit(piece.inlines, text, prefix, pack, clock)) {
        state.pieces.push(part.inlines);
        if (part.kind === 'gap') continue;
        const context = { pack, prefix, from, to, lane: request.lane, kinds: text.kinds, glossary: this.glossary };
        const steps = translateSentence<Written>(part.inlines, context);
        const first = clock.time('tokenize', () => steps.next());
        if (first.done) continue;
        sentences.push({ segment: state, piece: state.pieces.length - 1, steps, ask: first.value });
        state.missing++;
      }
    }
    return { state, sentences };
  }

  /** Gives a sentence what was written for it: it asks again, or is done, and with it perhaps its segment. */
  private answer(sentence: Sentence, written: Written, waiting: Sentence[]): SegmentsStep {
    const { segment, steps } = sentence;
    const step = this.clock.time('detokenize', () => steps.next(written));
    if (!step.done) {
      sentence.ask = step.value;
      waiting.push(sentence);
      return null;
    }
    const { inlines, flags, answers, isRepaired, terms } = step.value;
    if (isRepaired) this.repaired++;
    segment.terms.push(...terms);
    segment.pieces[sentence.piece] = inlines;
    for (const flag of flags) segment.flags.add(flag);
    segment.answers.push(...answers);
    segment.missing--;
    return segment.missing === 0 ? this.segmentEvent(segment) : null;
  }

  private segmentEvent({ index, source, hidden, pieces, flags, answers, terms }: SegmentState): SegmentsEvent {
    let inlines = unmask(pieces.flat(), hidden);
    if (codesProblem(source.inlines, inlines, source.pairs) !== null) {
      inlines = source.inlines;
      flags.add('codes');
    }
    const tokens = sum(answers.map(({ ids }) => ids.length));
    const steps = sum(answers.map((answer) => answer.steps));
    const confidence = steps === 0 ? 1 : Math.min(1, Math.exp(sum(answers.map(({ logprob }) => logprob)) / steps));
    this.tokens += tokens;
    const written = { inlines: [...inlines], tokens, flags: [...flags], confidence };
    return { kind: 'segment', id: this.request.id, index, ...written, ...(terms.length > 0 && { terms }) };
  }

  /** Reads the prompts of a batch, one by one, and decodes it. Yields what ended, and null after each run. */
  private async *decodeBatch(
    batch: readonly Sentence[],
    lease: PackLease,
  ): AsyncGenerator<{ sentence: Sentence; written: Written } | null, void, undefined> {
    const { clock, context, request } = this;
    const lane = laneOf(lease, batch[0]?.ask.lane ?? request.lane);
    const prompts: ReadPrompt[] = [];
    for (const { ask } of batch) prompts.push(yield* this.read(ask.ids, lane, lease));
    if (request.decoding.kind === 'beam') {
      for (const [i, sentence] of batch.entries()) {
        const prompt = prompts[i];
        if (prompt) yield { sentence, written: yield* this.search(prompt, lane, request.decoding.width, lease) };
      }
      return;
    }
    const decoder = lane.decoder(prompts.map(({ crossKv }) => crossKv));
    const rows = prompts.map(({ ids }) => ({ sourceIds: ids, maxTokens: tokenLimit(lane, ids) }));
    const steps = greedyBatch(decoder, rows, lease.pack.manifest.tokenizer);
    for (;;) {
      context.signal.throwIfAborted();
      const step = await clock.timeAsync('decode', () => steps.next());
      if (step.done) return;
      clock.markFirstToken();
      for (const { row, ...written } of step.value) {
        const sentence = batch[row];
        if (sentence) yield { sentence, written };
      }
      yield null;
    }
  }

  /** Encodes, where the lane reads that and it is not known yet, projects and prefills. */
  private async *read(ids: readonly number[], lane: OpenLane, lease: PackLease): AsyncGenerator<null, ReadPrompt, undefined> {
    const { clock, context } = this;
    const conditioning = lane.readsHidden ? yield* this.condition(ids, lane, lease) : null;
    context.signal.throwIfAborted();
    const crossKv = await clock.timeAsync('prefill', () => lane.prefill({ ids, conditioning }));
    yield null;
    return { ids, crossKv };
  }

  private async *condition(
    ids: readonly number[],
    lane: OpenLane,
    { pack, cacheKey }: PackLease,
  ): AsyncGenerator<null, Float32Array, undefined> {
    const { clock, context } = this;
    let hidden = this.encoded.get(ids) ?? null;
    if (!hidden) {
      hidden = context.encodings.get(cacheKey, ids);
      if (hidden) this.reusedEncodings++;
      else {
        context.signal.throwIfAborted();
        hidden = await clock.timeAsync('encode', () => pack.encoder.encode(ids));
        yield null;
      }
      this.encoded.set(ids, hidden);
    }
    const { project } = lane;
    if (!project) return hidden;
    const states = hidden;
    context.signal.throwIfAborted();
    const projected = await clock.timeAsync('project', () => project(states));
    yield null;
    return projected;
  }

  /** Beam search, one prompt by itself: its rows are the beam's. */
  private async *search(prompt: ReadPrompt, lane: OpenLane, width: number, { pack }: PackLease): AsyncGenerator<null, Written, undefined> {
    const { clock, context } = this;
    const decoder = new ScoredDecoder(lane.decoder([prompt.crossKv]));
    const { startId, eosId } = pack.manifest.tokenizer;
    const limits = { startId, eosId, maxTokens: tokenLimit(lane, prompt.ids) };
    const deltas = stopAtLoop(beam(width, lane.beamRules)(decoder, limits), prompt.ids);
    const ids: number[] = [];
    for (;;) {
      yield null;
      context.signal.throwIfAborted();
      const step = await clock.timeAsync('decode', () => deltas.next());
      if (!step.done) {
        clock.markFirstToken();
        ids.splice(step.value.keep, Infinity, ...step.value.append);
        continue;
      }
      const scored = step.value === 'stop' ? [...ids, eosId] : ids;
      return { ids, ending: step.value, logprob: decoder.logprobOf(scored), steps: scored.length };
    }
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

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

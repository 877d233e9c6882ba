/**
 * One step of a summary: a text is read, unless it is known, and a lane writes: tokenize → encode → project → prefill → decode → detokenize.
 * Knows nothing of parts and of what a summary rests on.
 */
import { applyTextDelta } from '../../../shared/inference/delta';
import type { Speculation } from '../../../shared/inference/events';
import type { SummarizeRequest } from '../../../shared/inference/requests';
import type { Stage } from '../../../shared/inference/timings';
import type { SummarizeEvent } from '../../../shared/inference-client';
import type { Lane, SummaryLength, SummarizeTask } from '../../../shared/pack';
import type { Ending } from '../decode/decoder';
import { DraftPace } from '../decode/draft-pace';
import { greedy } from '../decode/greedy';
import { CopiedDraft } from '../decode/drafts/copied-draft';
import { stopAtLoop } from '../decode/loop-detection';
import { withoutRepeats } from '../decode/no-repeat';
import { speculate } from '../decode/speculate';
import { stoppable } from '../decode/stoppable';
import { Detokenizer } from '../detokenizer';
import type { EncodingCache } from '../encoding-cache';
import { EngineFailure } from '../engine-failure';
import type { PackLease } from '../loaded-packs';
import { SLICE_TOKENS, type Reading } from '../models/causal-lane';
import type { SummarizingPack } from '../open-pack';
import type { Progress } from '../progress';
import { summaryPrompt, type SummaryPrompt } from '../summary-prompt';
import { cleaned } from './clean';
import { CopyRecord } from './copying';
import type { Written } from './ground';
import { shownRanges } from './layout';
import type { SummaryWork } from './work';

/** An event, or null: nothing to tell, but others may run now. */
export type SummarizeStep = SummarizeEvent | null;

export interface KeptReading {
  readonly reading: Reading;
  readonly byteLength: number;
}

/** What a lane wrote for one prompt. */
export interface Draft extends Written {
  readonly ending: Ending | 'loop';
}

/**
 * Where the second best token is less than this behind, the choice after a copied span is made again one token at a time (see `speculate`):
 * kernels may round otherwise for several tokens than for one. Measured on SmolLM2-135M in real summaries: with the bundled pack's 4-bit
 * blocks the lead of the best token changed by less than 0.0001 in 541 positions, and never the token. With 8-bit blocks it changed by up to
 * 0.92 in 923 positions, 26 times to another token: a pack of such blocks needs a threshold of 1.
 */
const CLOSE = 0.05;
/** Tokens that a copy goes on from. */
const SHORTEST_MATCH = 2;
/** Tokens that are not written twice in the same order. Names are shorter than the runs of a sentence; of a headline hardly two words come again. */
const NO_REPEAT: Record<SummaryLength, number> = { headline: 3, short: 6, long: 6 };

export class SummaryWriter {
  /** Tokens of all steps. */
  readonly copying = { drafted: 0, accepted: 0 };
  /** In the last step. */
  private gaveUp = false;

  constructor(
    private readonly lane: Lane,
    private readonly drafts: NonNullable<SummarizeRequest['drafts']>,
    private readonly lease: PackLease<SummarizingPack>,
    private readonly readings: EncodingCache<KeptReading>,
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
    private readonly work: SummaryWork,
  ) {}

  /** Of all steps. */
  get speculation(): Speculation {
    const { drafted, accepted } = this.copying;
    return { drafted, accepted, rejected: drafted - accepted, gaveUp: this.gaveUp };
  }

  /** Begins a step. */
  *promptOf(text: string, task: SummarizeTask): Generator<SummarizeStep, SummaryPrompt, undefined> {
    const { progress, lease } = this;
    progress.segment++;
    this.work.begin(text.length);
    progress.showAnew();
    yield progress.stage('tokenize');
    return progress.clock.time('tokenize', () => summaryPrompt(lease.pack.tokenizer, task, text));
  }

  /** The LLM writes where the asked lane wrote nothing fit to show. `isKept`: whether the reading may serve a later request. */
  async *write(
    { documentIds, instructionIds }: SummaryPrompt,
    task: SummarizeTask,
    isKept: boolean,
  ): AsyncGenerator<SummarizeStep, Draft, undefined> {
    const { progress, lease, lane } = this;
    const document = yield* this.readDocument(documentIds, isKept);
    const prompt = yield* this.read(instructionIds, document);
    const sourceIds = documentIds.slice(lease.pack.tokenizer.encodeTemplate(task.before).length);
    const draft = yield* this.decode(prompt, sourceIds, task, lane);
    if (draft.isSound || lane === 'llm') return draft;
    progress.repaired++;
    progress.showAnew();
    const again = yield* this.decode(prompt, sourceIds, task, 'llm');
    if (again.isSound || draft.text === '') return again;
    progress.showAll(draft.text);
    return draft;
  }

  private async *readDocument(ids: readonly number[], isKept: boolean): AsyncGenerator<SummarizeStep, Reading, undefined> {
    const { lease, progress, readings } = this;
    const known = readings.get(lease.cacheKey, ids);
    if (known) {
      progress.reusedEncodings++;
      this.work.knowReading();
      return known.reading;
    }
    const reading = yield* this.read(ids, null);
    this.work.read(1);
    if (isKept) readings.set(lease.cacheKey, ids, { reading, byteLength: reading.bytes });
    return reading;
  }

  private async *read(ids: readonly number[], before: Reading | null): AsyncGenerator<SummarizeStep, Reading, undefined> {
    const { progress } = this;
    const reading = this.timed('encode', this.lease.pack.reader.read(ids, before));
    const slices = Math.ceil(ids.length / SLICE_TOKENS);
    for (let done = 0; ; done++) {
      if (before === null) this.work.read(Math.min(1, done / slices));
      yield progress.stage('encode', Math.min(1, done / slices));
      const step = await reading.next();
      if (step.done) return step.value;
    }
  }

  private async *decode(
    prompt: Reading,
    sourceIds: readonly number[],
    task: SummarizeTask,
    laneName: Lane,
  ): AsyncGenerator<SummarizeStep, Draft, undefined> {
    const { progress, lease, signal } = this;
    const { clock } = progress;
    const lane = lease.pack.lanes.get(laneName);
    if (!lane) throw new EngineFailure('internal', `The ${laneName} lane of "${lease.pack.manifest.name}" is not open.`);
    if (lane.project) yield progress.stage('project');
    const projected = lane.project ? yield* this.timed('project', lane.project(prompt)) : null;
    yield progress.stage('prefill');
    const prefilled = yield* this.timed('prefill', lane.prefill(prompt, projected));

    yield progress.stage('decode');
    const decoder = withoutRepeats(stoppable(lane.decoder(prefilled), signal), NO_REPEAT[task.length], sourceIds);
    const pace = new DraftPace(() => performance.now());
    const record = new CopyRecord(pace);
    const limits = { startId: prefilled.lastId, eosId: lease.pack.manifest.tokenizer.eosId, maxTokens: task.maxTokens };
    const strategy = this.drafts === 'none' ? greedy : speculate(new CopiedDraft(sourceIds, SHORTEST_MATCH), record, CLOSE);
    const deltas = stopAtLoop(strategy(decoder, limits), []);
    const detokenizer = new Detokenizer(lease.pack.tokenizer.pieceTexts);
    let written = '';
    /** UTF-16 length of the text after each token. */
    const ends: number[] = [];
    let ending: Draft['ending'] = 'stop';
    let growth: 'ended' | 'cut' = 'ended';
    for (;;) {
      signal.throwIfAborted();
      const step = await clock.timeAsync('decode', () => deltas.next());
      if (step.done) {
        ending = step.value;
        growth = ending === 'stop' ? 'ended' : 'cut';
        break;
      }
      clock.markFirstToken();
      const delta = step.value;
      progress.countTokens(delta);
      const now = clock.time('detokenize', () => {
        written = applyTextDelta(written, detokenizer.push(delta));
        ends.splice(delta.keep, Infinity, ...delta.append.map(() => written.length));
        this.work.write(ends.length);
        return cleaned(written, task, 'growing');
      });
      progress.showAll(now.text);
      if (now.isEnough) {
        growth = 'cut';
        break;
      }
      yield progress.tellDue();
    }

    this.work.end();
    yield progress.stage('detokenize');
    this.copying.drafted += pace.drafted;
    this.copying.accepted += pace.accepted;
    this.gaveUp = pace.gaveUp;
    return clock.time('detokenize', () => {
      written = applyTextDelta(written, detokenizer.finish());
      const last = cleaned(written, task, growth);
      progress.showAll(last.text);
      const spans = record.spans(ends.length).map(({ start, end }) => ({ start: ends[start - 1] ?? 0, end: ends[end - 1] ?? 0 }));
      return { ...last, ending, copied: spans.flatMap((span) => shownRanges(last, span)) };
    });
  }

  /** Pulls `steps` and counts their time as the stage's. */
  private async *timed<T>(stage: Stage, steps: AsyncGenerator<null, T, undefined>): AsyncGenerator<null, T, undefined> {
    for (;;) {
      this.signal.throwIfAborted();
      const step = await this.progress.clock.timeAsync(stage, () => steps.next());
      if (step.done) return step.value;
      yield null;
    }
  }
}

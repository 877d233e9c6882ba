/**
 * THE DATA PATH of one request, top to bottom: cut the text → per sentence: tokenize → encode → project → prefill → decode → detokenize.
 * An async generator that the scheduler pulls: between two pulls another request may run. Knows no port and no other request.
 */
import type { GenerateRequest } from '../../shared/inference';
import type { GenerateEvent } from '../../shared/inference-client';
import { segment, splitLong, type Piece } from '../../shared/segment';
import { checkRequest, translateTask } from './check-request';
import { beam } from './decode/beam';
import type { Ending, Strategy } from './decode/decoder';
import { greedy } from './decode/greedy';
import { stopAtLoop } from './decode/loop-detection';
import { Detokenizer } from './detokenizer';
import type { EncodingCache } from './encoding-cache';
import { EngineFailure, toEngineError } from './engine-failure';
import type { LoadedPacks, PackLease } from './loaded-packs';
import type { Hidden } from './models/encoder';
import type { OpenLane } from './models/lanes';
import type { OpenPack } from './open-pack';
import { Progress } from './progress';
import type { StageClock } from './stage-clock';

export interface GenerateContext {
  packs: LoadedPacks;
  encodings: EncodingCache;
  signal: AbortSignal;
}

/** An event, or null: nothing to tell, but others may run now. */
export type GenerateStep = GenerateEvent | null;

/** How long the text is cut before others may run, in milliseconds. */
const CUT_SLICE_MS = 5;

/** Ends with exactly one `done` or `failed`. Never throws. */
export async function* generate(request: GenerateRequest, context: GenerateContext): AsyncGenerator<GenerateStep, void, undefined> {
  const progress = new Progress(request.id);
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.use(request.packId);
    progress.clock.begin();
    try {
      const refusal = checkRequest(request, lease.pack.manifest);
      if (refusal) yield { kind: 'failed', id: request.id, error: refusal };
      else {
        yield* translate(request, lease, context, progress);
        yield progress.done('stop');
      }
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    yield progress.tellHeld();
    yield context.signal.aborted ? progress.done('cancelled') : { kind: 'failed', id: request.id, error: toEngineError(thrown) };
  }
}

async function* translate(
  request: GenerateRequest,
  { pack, cacheKey }: PackLease,
  { signal, encodings }: GenerateContext,
  progress: Progress,
): AsyncGenerator<GenerateStep, void, undefined> {
  const { clock } = progress;
  const lane = laneOf(pack, request);
  const prefix = translateTask(pack.manifest, request.task)?.prefix ?? '';
  const pieces = yield* cut(request.text, signal);
  progress.segments = pieces.filter((piece) => piece.kind === 'sentence').length;
  yield progress.started();

  for (const piece of pieces) {
    if (piece.kind === 'gap') {
      progress.keepGap(piece.text);
      continue;
    }
    progress.segment++;
    for (const part of partsThatFit(piece.text, prefix, pack, clock)) {
      if (part.kind === 'gap') {
        progress.keepGap(part.text);
        continue;
      }
      signal.throwIfAborted();
      yield progress.stage('tokenize');
      const ids = clock.time('tokenize', () => pack.tokenizer.encode(prefix, part.text));

      let hidden: Hidden | null = null;
      if (lane.readsHidden) {
        yield progress.stage('encode');
        signal.throwIfAborted();
        hidden = encodings.get(cacheKey, ids);
        if (hidden) progress.reusedEncodings++;
        else {
          hidden = await clock.timeAsync('encode', () => pack.encoder.encode(ids));
          encodings.set(cacheKey, ids, hidden);
        }
      }

      let conditioning = hidden;
      if (hidden && lane.project) {
        const { project } = lane;
        const states = hidden;
        yield progress.stage('project');
        signal.throwIfAborted();
        conditioning = await clock.timeAsync('project', () => project(states));
      }

      yield progress.stage('prefill');
      signal.throwIfAborted();
      const decoder = await clock.timeAsync('prefill', () => lane.prefill([{ ids, conditioning }]));

      yield progress.stage('decode');
      const { startId, eosId } = pack.manifest.tokenizer;
      const limits = { startId, eosId, maxTokens: tokenLimit(lane, ids) };
      const deltas = stopAtLoop(strategyOf(request.decoding)(decoder, limits), ids);
      const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
      let ending: Ending | 'loop';
      for (;;) {
        signal.throwIfAborted();
        const step = await clock.timeAsync('decode', () => deltas.next());
        if (step.done) {
          ending = step.value;
          break;
        }
        clock.markFirstToken();
        progress.countTokens(step.value);
        progress.show(clock.time('detokenize', () => detokenizer.push(step.value)));
        const due = progress.tellDue();
        if (due) yield due;
      }

      yield progress.stage('detokenize');
      progress.show(clock.time('detokenize', () => detokenizer.finish()));
      yield progress.endPart(ending, part.text);
    }
  }
  yield progress.showLastGap();
}

/** All pieces of the text, letting others run meanwhile. */
function* cut(text: string, signal: AbortSignal): Generator<null, Piece[], undefined> {
  const pieces: Piece[] = [];
  let sliceStart = performance.now();
  for (const piece of segment(text)) {
    pieces.push(piece);
    if (performance.now() - sliceStart < CUT_SLICE_MS) continue;
    yield null;
    signal.throwIfAborted();
    sliceStart = performance.now();
  }
  return pieces;
}

/** A sentence the model can read at once stays whole. */
function partsThatFit(sentence: string, prefix: string, { tokenizer, manifest }: OpenPack, clock: StageClock): Iterable<Piece> {
  const fits = (part: string) => clock.time('tokenize', () => tokenizer.encode(prefix, part)).length <= manifest.maxSourceTokens;
  // UTF-8 bytes bound the tokens; three bytes a code unit bound those. Two more: the prefix and the end of sentence, one: the first space.
  const surelyFits = sentence.length * 3 + 3 <= manifest.maxSourceTokens;
  return surelyFits ? [{ kind: 'sentence', text: sentence }] : splitLong(sentence, fits);
}

function laneOf(pack: OpenPack, { lane }: GenerateRequest): OpenLane {
  const open = pack.lanes.get(lane);
  if (!open) throw new EngineFailure('internal', `The ${lane} lane of "${pack.manifest.name}" is not open.`);
  return open;
}

function strategyOf(decoding: GenerateRequest['decoding']): Strategy {
  switch (decoding.kind) {
    case 'greedy':
      return greedy;
    case 'beam':
      return beam(decoding.width);
    default:
      return decoding satisfies never;
  }
}

/** No translation is much longer than twice its source; a decoder that has lost its way stops here. */
function tokenLimit(lane: OpenLane, sourceIds: readonly number[]): number {
  return Math.min(lane.maxTokens, 2 * sourceIds.length + 24);
}

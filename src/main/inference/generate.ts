/**
 * THE DATA PATH of one text, top to bottom: cut it → per sentence: tokenize → encode → project → prefill → decode → detokenize, and once
 * more where that went wrong (translate-sentence.ts). A `continue` goes through it with the one sentence that it names.
 * Segments of documents take the batch lane (translate-segments.ts).
 * An async generator that the scheduler pulls: between two pulls another request may run. Knows no port and no other request.
 */
import { segmentReasonSchema, type Flag, type SegmentReason } from '../../shared/inference/flags';
import { lanesOf } from '../../shared/inference/lanes';
import type { ContinueRequest, GenerateRequest } from '../../shared/inference/requests';
import type { Sentence } from '../../shared/inference/sentences';
import type { GenerateEvent } from '../../shared/inference-client';
import type { Lane } from '../../shared/pack';
import { Glossary } from '../../shared/glossary';
import { codesOf, textOf } from '../../shared/inlines';
import { unmask } from '../../shared/mask';
import { endsOf, openSentence } from './about-sentence';
import { checkRequest, translateTask } from './check-request';
import { CodeKinds } from './codes/code-kinds';
import type { InlinePiece } from './codes/cut-inlines';
import { beam } from './decode/beam';
import type { Strategy } from './decode/decoder';
import { forced } from './decode/forced';
import { greedy } from './decode/greedy';
import { stopAtLoop } from './decode/loop-detection';
import { Detokenizer } from './detokenizer';
import { writeOnce, type Answer } from './draft-sentence';
import { Drafting } from './drafting';
import type { EncodingCache } from './encoding-cache';
import { EngineFailure, toEngineError } from './engine-failure';
import type { LoadedPacks, PackLease } from './loaded-packs';
import type { Hidden } from './models/encoder';
import type { OpenLane } from './models/lanes';
import type { OpenPack } from './open-pack';
import { Progress } from './progress';
import { partsThatFit, prepared, sentencesOf, type Prepared } from './sentences';
import { tokenLimit } from './token-limit';
import { translateSentence } from './translate-sentence';

export interface GenerateContext {
  packs: LoadedPacks;
  encodings: EncodingCache;
  signal: AbortSignal;
}

/** An event, or null: nothing to tell, but others may run now. */
export type GenerateStep = GenerateEvent | null;

/** How long the text is cut before others may run, in milliseconds. */
const CUT_SLICE_MS = 5;

/** A line with its end. */
const LINE = /[^\n]*\n|[^\n]+/g;

/** Ends with exactly one `done` or `failed`. Never throws. */
export async function* generate(
  request: GenerateRequest | ContinueRequest,
  context: GenerateContext,
): AsyncGenerator<GenerateStep, void, undefined> {
  const progress = new Progress(request.id);
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.use(request.packId);
    progress.clock.begin(lease.loadMs);
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
  request: GenerateRequest | ContinueRequest,
  { pack, cacheKey }: PackLease,
  { signal, encodings }: GenerateContext,
  progress: Progress,
): AsyncGenerator<GenerateStep, void, undefined> {
  const { clock } = progress;
  const [writer] = lanesOf(request.lane);
  const drafting = request.lane === 'exact' ? new Drafting(laneOf(pack, 'hybrid'), pack.manifest.tokenizer, signal) : null;
  if (drafting) progress.speculation = () => drafting.outcome;
  const prefix = translateTask(pack.manifest, request.task)?.prefix ?? '';
  const terms = request.kind === 'generate' ? (request.terms ?? []) : [];
  const glossary = new Glossary(terms, request.task.from, request.task.to);
  const known = request.kind === 'continue' ? openSentence(request.sentence, request.prefix, request.task, pack, [request.lane]) : null;
  const forcedIds = request.kind === 'continue' ? request.prefix : [];
  const pieces = request.kind === 'continue' ? [pieceOf(request.sentence)] : yield* cut(request.text, pack, signal);
  progress.segments = pieces.filter((piece) => piece.kind === 'sentence').length;
  yield progress.started();

  for (const piece of pieces) {
    const { text } = piece;
    const shownOf = (part: InlinePiece['inlines']) => textOf(unmask(part, text.hidden));
    if (piece.kind === 'gap') {
      progress.keepGap(shownOf(piece.inlines));
      continue;
    }
    progress.segment++;
    for (const part of known ? [piece] : partsThatFit(piece.inlines, text, prefix, pack, clock)) {
      if (part.kind === 'gap') {
        progress.keepGap(shownOf(part.inlines));
        continue;
      }
      signal.throwIfAborted();
      yield progress.stage('tokenize');
      const wanted = { pack, prefix, from: request.task.from, to: request.task.to, lane: writer, kinds: text.kinds, glossary };
      const sentence = known ? writeOnce(part.inlines, known.prompt, wanted) : translateSentence(part.inlines, wanted);
      let step = clock.time('tokenize', () => sentence.next());
      let read: { ids: readonly number[]; hidden: Hidden } | null = null;
      while (!step.done) {
        const ask = step.value;
        const { ids } = ask;
        const lane = laneOf(pack, ask.lane);

        // Another attempt at a prompt goes on from its encoding.
        let hidden: Hidden | null = lane.readsHidden && read?.ids === ids ? read.hidden : null;
        if (lane.readsHidden && !hidden) {
          yield progress.stage('encode');
          signal.throwIfAborted();
          hidden = encodings.get(cacheKey, ids);
          if (hidden) progress.reusedEncodings++;
          else {
            hidden = await clock.timeAsync('encode', () => pack.encoder.encode(ids));
            encodings.set(cacheKey, ids, hidden);
          }
          read = { ids, hidden };
        }

        let conditioning = hidden;
        if (hidden && lane.project) {
          const { project } = lane;
          const states = hidden;
          yield progress.stage('project');
          signal.throwIfAborted();
          conditioning = await clock.timeAsync('project', () => project(states));
        }

        if (drafting?.isDrafting) yield progress.stage('project');
        const strategy = drafting && hidden ? await drafting.strategyFor(ids, hidden, clock) : strategyOf(request.decoding, lane);

        yield progress.stage('prefill');
        signal.throwIfAborted();
        const decoder = lane.decoder([await clock.timeAsync('prefill', () => lane.prefill({ ids, conditioning }))]);

        yield progress.stage('decode');
        const { startId, eosId } = pack.manifest.tokenizer;
        const limits = { startId, eosId, maxTokens: tokenLimit(lane, ids) };
        const deltas = stopAtLoop(forced(forcedIds, strategy)(decoder, limits), ids);
        const detokenizer = new Detokenizer(pack.tokenizer.pieceTexts);
        const written: number[] = [];
        let ending: Answer['ending'];
        for (;;) {
          signal.throwIfAborted();
          const decoded = await clock.timeAsync('decode', () => deltas.next());
          if (decoded.done) {
            ending = decoded.value;
            break;
          }
          clock.markFirstToken();
          written.splice(decoded.value.keep, Infinity, ...decoded.value.append);
          progress.countTokens(decoded.value);
          // Codes and the spaces around them are settled by what comes after them: such a sentence is shown anew with each token.
          if (ask.hasCodes) progress.showAll(clock.time('detokenize', () => shownOf(ask.read(written))));
          else progress.show(clock.time('detokenize', () => detokenizer.push(decoded.value)));
          const due = progress.tellDue();
          if (due) yield due;
        }

        yield progress.stage('detokenize');
        const answer = { ids: written, ending };
        step = clock.time('detokenize', () => sentence.next(answer));
      }
      const { inlines, flags, answers, isRepaired, read: readAs, terms: usedTerms } = step.value;
      if (isRepaired) progress.repaired++;
      progress.useTerms(usedTerms);
      const tokens = answers.reduce((sum, answer) => sum + answer.ids.length, 0);
      const shown = shownOf(inlines);
      yield progress.endPart(shown, tokens, flagReasonOf(flags));
      const [answer] = answers;
      if (!readAs || !answer) continue;
      const ends = clock.time('detokenize', () => endsOf(answer.ids, (ids) => shownOf(readAs(ids)), shown));
      yield progress.sentence(sentenceOf(part.inlines, text), isRepaired ? 'llm' : writer, { ids: answer.ids, ends }, shown);
    }
  }
  yield progress.showLastGap();
}

/** A gap or sentence of a prepared text. */
type Piece = InlinePiece & { readonly text: Prepared };

/** All pieces of the text, letting others run meanwhile. No sentence goes on behind the end of its line. */
function* cut(text: string, pack: OpenPack, signal: AbortSignal): Generator<null, Piece[], undefined> {
  const pieces: Piece[] = [];
  let sliceStart = performance.now();
  for (const [line] of text.matchAll(LINE)) {
    const whole = prepared([line], [], pack);
    for (const piece of sentencesOf(whole)) {
      pieces.push({ ...piece, text: whole });
      if (performance.now() - sliceStart < CUT_SLICE_MS) continue;
      yield null;
      signal.throwIfAborted();
      sliceStart = performance.now();
    }
  }
  return pieces;
}

/** As requests about it give it back. */
function sentenceOf(inlines: InlinePiece['inlines'], { kinds, hidden }: Prepared): Sentence {
  const codes = codesOf(inlines);
  return {
    inlines,
    pairs: kinds.pairs.filter((pair) => pair.every((code) => codes.includes(code))),
    hidden: [...hidden].filter(([code]) => codes.includes(code)),
  };
}

function pieceOf({ inlines, pairs, hidden }: Sentence): Piece {
  return { kind: 'sentence', inlines, text: { inlines, kinds: new CodeKinds(pairs), hidden: new Map(hidden) } };
}

/** What is shown of a sentence that should be checked, the worst first. */
function flagReasonOf(flags: ReadonlySet<SegmentReason>): Flag['reason'] | null {
  return segmentReasonSchema.options.findLast((reason) => flags.has(reason)) ?? null;
}

function laneOf(pack: OpenPack, name: Lane): OpenLane {
  const open = pack.lanes.get(name);
  if (!open) throw new EngineFailure('internal', `The ${name} lane of "${pack.manifest.name}" is not open.`);
  return open;
}

function strategyOf(decoding: GenerateRequest['decoding'], { beamRules }: OpenLane): Strategy {
  switch (decoding.kind) {
    case 'greedy':
      return greedy;
    case 'beam':
      return beam(decoding.width, beamRules);
    default:
      return decoding satisfies never;
  }
}

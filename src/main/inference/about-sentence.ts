/**
 * What requests about a sentence that is translated already share: the prompt as it was when the sentence was written, its encoding, which is
 * mostly still known, and a decoder of any lane that has read it. Knows one request, no strategy and no event of its own.
 */
import type { Decoding, Task } from '../../shared/inference/lanes';
import type { CandidatesRequest, OpinionRequest, VersionsRequest } from '../../shared/inference/requests';
import type { Sentence } from '../../shared/inference/sentences';
import type { RequestEvent } from '../../shared/inference-client';
import { textOf } from '../../shared/inlines';
import { unmask } from '../../shared/mask';
import type { Lane, TranslatingManifest } from '../../shared/pack';
import { checkOpinion, checkRequest, translateTask } from './check-request';
import { CodeKinds } from './codes/code-kinds';
import type { Decoder, DecodeLimits } from './decode/decoder';
import { EngineFailure, toEngineError } from './engine-failure';
import type { GenerateContext } from './generate';
import type { PackLease } from './loaded-packs';
import type { OpenPack } from './open-pack';
import { StageClock } from './stage-clock';
import { tokenLimit } from './token-limit';
import { promptOf, type Ask } from './draft-sentence';

export type SentenceRequest = VersionsRequest | CandidatesRequest | OpinionRequest;

/** An event, or null: nothing to tell, but others may run now. */
export type SentenceStep = RequestEvent | null;

/** A sentence as it was when it was written. */
export interface OpenSentence {
  readonly prompt: Omit<Ask, 'lane'>;
  readonly kinds: CodeKinds;
  /** The text that output ids show. */
  readonly shown: (ids: readonly number[]) => string;
}

/**
 * Throws EngineFailure where `ids`, what was written or a part of it, are of none of the lanes that are to read them, or the sentence is none
 * that the pack reads at once.
 */
export function openSentence(
  { inlines, pairs, hidden }: Sentence,
  ids: readonly number[],
  task: Task,
  pack: OpenPack,
  lanes: readonly Lane[],
): OpenSentence {
  const foreign = ids.find((id) => !lanes.some((lane) => pack.lanes.get(lane)?.writes(id)));
  if (foreign !== undefined) {
    const message = `Got token ${foreign}, expected such as the ${lanes.join(' or ')} lane writes. Translate the text again.`;
    throw new EngineFailure('bad-request', message);
  }
  const prefix = translateTask(pack.manifest, task)?.prefix ?? '';
  const kinds = new CodeKinds(pairs);
  const prompt = promptOf(inlines, { pack, prefix, from: task.from, to: task.to, kinds });
  if (!prompt || prompt.ids.length > pack.manifest.maxSourceTokens) {
    throw new EngineFailure('bad-request', 'The sentence is longer than what the pack reads at once. Translate the text again.');
  }
  const hiddenByCode = new Map(hidden);
  return { prompt, kinds, shown: (written) => textOf(unmask(prompt.read(written), hiddenByCode)) };
}

/** UTF-16 length of `text` up to the end of each of the ids that show it. */
export function endsOf(ids: readonly number[], shown: (ids: readonly number[]) => string, text: string): number[] {
  let end = 0;
  return ids.map((_, index) => (end = Math.max(end, commonLength(shown(ids.slice(0, index + 1)), text))));
}

/** UTF-16 code units that both begin with. */
export function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** The work on one request. */
export class SentenceWork {
  readonly clock = new StageClock();
  tokens = 0;
  private reusedEncodings = 0;

  constructor(
    private readonly request: SentenceRequest,
    private readonly context: GenerateContext,
  ) {}

  /** Reads the prompt with the lane, encoding it only where that is not known. Yields between runs. */
  async *read(
    ids: readonly number[],
    name: Lane,
    { pack, cacheKey }: PackLease,
  ): AsyncGenerator<null, { decoder: Decoder; limits: DecodeLimits }, undefined> {
    const { clock, context } = this;
    const { signal, encodings } = context;
    const lane = pack.lanes.get(name);
    if (!lane) throw new EngineFailure('internal', `The ${name} lane of "${pack.manifest.name}" is not open.`);
    let conditioning = lane.readsHidden ? encodings.get(cacheKey, ids) : null;
    if (conditioning) this.reusedEncodings++;
    else if (lane.readsHidden) {
      signal.throwIfAborted();
      conditioning = await clock.timeAsync('encode', () => pack.encoder.encode(ids));
      encodings.set(cacheKey, ids, conditioning);
      yield null;
    }
    const { project } = lane;
    if (conditioning && project) {
      const states = conditioning;
      signal.throwIfAborted();
      conditioning = await clock.timeAsync('project', () => project(states));
      yield null;
    }
    signal.throwIfAborted();
    const crossKv = await clock.timeAsync('prefill', () => lane.prefill({ ids, conditioning }));
    yield null;
    const { startId, eosId } = pack.manifest.tokenizer;
    return { decoder: lane.decoder([crossKv]), limits: { startId, eosId, maxTokens: tokenLimit(lane, ids) } };
  }

  /** Pulls what yields after each run of a decoder, and returns what it returns; others may run between. */
  async *decode<T, R>(steps: AsyncGenerator<T, R, undefined>, take: (value: T) => void = () => {}): AsyncGenerator<null, R, undefined> {
    for (;;) {
      this.context.signal.throwIfAborted();
      const step = await this.clock.timeAsync('decode', () => steps.next());
      if (step.done) return step.value;
      this.clock.markFirstToken();
      take(step.value);
      yield null;
    }
  }

  done(finish: 'stop' | 'cancelled'): RequestEvent {
    const { request, tokens, reusedEncodings, clock } = this;
    const segments = request.kind === 'opinion' ? request.written.length : 1;
    const counts = { tokens, segments, reusedEncodings, repaired: 0 };
    return { kind: 'done', id: request.id, finish, ...counts, flagged: [], timings: clock.timings() };
  }
}

/** Ends with exactly one `done` or `failed`. Never throws. `answer` yields the request's own events, and null where others may run. */
export async function* aboutSentence(
  request: SentenceRequest,
  context: GenerateContext,
  answer: (work: SentenceWork, lease: PackLease) => AsyncGenerator<SentenceStep, void, undefined>,
): AsyncGenerator<SentenceStep, void, undefined> {
  const work = new SentenceWork(request, context);
  try {
    context.signal.throwIfAborted();
    const lease = await context.packs.use(request.packId);
    work.clock.begin(lease.loadMs);
    try {
      const refusal = refusalOf(request, lease.pack.manifest);
      if (refusal) yield { kind: 'failed', id: request.id, error: refusal };
      else {
        yield* answer(work, lease);
        yield work.done('stop');
      }
    } finally {
      await lease.release();
    }
  } catch (thrown) {
    yield context.signal.aborted ? work.done('cancelled') : { kind: 'failed', id: request.id, error: toEngineError(thrown) };
  }
}

function refusalOf(request: SentenceRequest, pack: TranslatingManifest): ReturnType<typeof checkRequest> {
  const { task } = request;
  const greedy: Decoding = { kind: 'greedy' };
  switch (request.kind) {
    case 'versions':
      return checkRequest({ lane: request.lane, task, decoding: { kind: 'beam', width: request.count } }, pack);
    case 'candidates':
      return request.lanes.map((lane) => checkRequest({ lane, task, decoding: greedy }, pack)).find((refusal) => refusal !== null) ?? null;
    case 'opinion':
      return checkOpinion(pack) ?? checkRequest({ lane: 'llm', task, decoding: greedy }, pack);
    default:
      return request satisfies never;
  }
}

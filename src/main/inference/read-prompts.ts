/** Reads prompts for a decoder, one by one: encodes where the lane reads that and it is not known yet, projects and prefills. */
import type { GenerateContext } from './generate';
import type { PackLease } from './loaded-packs';
import type { CrossKv } from './models/decoder';
import type { Hidden } from './models/encoder';
import type { OpenLane } from './models/lanes';
import type { StageClock } from './stage-clock';

/** A prompt that a decoder can write for. */
export interface ReadPrompt {
  readonly ids: readonly number[];
  readonly crossKv: CrossKv;
}

/** Of one request: another attempt at a prompt encodes nothing again. */
export class PromptReader {
  /** Encodings that were known before the request. */
  reusedEncodings = 0;
  private readonly encoded = new WeakMap<readonly number[], Hidden>();

  constructor(
    private readonly lease: PackLease,
    private readonly context: Pick<GenerateContext, 'encodings' | 'signal'>,
    private readonly clock: StageClock,
  ) {}

  /** Yields null after each run. Throws the signal's reason. */
  async *read(ids: readonly number[], lane: OpenLane): AsyncGenerator<null, ReadPrompt, undefined> {
    const { clock, context } = this;
    const conditioning = lane.readsHidden ? yield* this.condition(ids, lane) : null;
    context.signal.throwIfAborted();
    const crossKv = await clock.timeAsync('prefill', () => lane.prefill({ ids, conditioning }));
    yield null;
    return { ids, crossKv };
  }

  private async *condition(ids: readonly number[], { project }: OpenLane): AsyncGenerator<null, Float32Array, undefined> {
    const { clock, context } = this;
    const hidden = this.known(ids) ?? (yield* this.encode(ids));
    this.encoded.set(ids, hidden);
    if (!project) return hidden;
    context.signal.throwIfAborted();
    const projected = await clock.timeAsync('project', () => project(hidden));
    yield null;
    return projected;
  }

  private known(ids: readonly number[]): Hidden | null {
    const own = this.encoded.get(ids);
    if (own) return own;
    const cached = this.context.encodings.get(this.lease.cacheKey, ids);
    if (cached) this.reusedEncodings++;
    return cached;
  }

  private async *encode(ids: readonly number[]): AsyncGenerator<null, Hidden, undefined> {
    this.context.signal.throwIfAborted();
    const hidden = await this.clock.timeAsync('encode', () => this.lease.pack.encoder.encode(ids));
    yield null;
    return hidden;
  }
}

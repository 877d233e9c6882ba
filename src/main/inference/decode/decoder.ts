/** All that a decoding strategy sees of a model. */
import type { Delta } from '../../../shared/inference/delta';

/**
 * The best `topK` next tokens at each place asked for, best first, one place after the other. The first is what greedy decoding writes; only
 * a penalty for repetition makes that another than the most probable one.
 */
export interface Candidates {
  /** i32[places * topK] */
  ids: Int32Array;
  /** f32[places * topK], natural logarithms of the probabilities over the whole vocabulary. */
  logprobs: Float32Array;
}

/** The state of the outputs of one or more prompts: one row a prompt at first, others after a `gather`. */
export interface Decoder {
  readonly topK: number;
  /** The most tokens that `extend` takes. */
  readonly maxStep: number;
  /** Appends one token to each row and says what may follow; the places are the rows. */
  step(ids: readonly number[]): Promise<Candidates>;
  /** Appends these tokens to the only row, in one run, and says what may follow each; the places are the tokens. */
  extend(ids: readonly number[]): Promise<Candidates>;
  /** Row `i` goes on from what was row `rows[i]`. */
  gather(rows: readonly number[]): void;
  /** Forgets all but the first `length` tokens of every row. */
  truncate(length: number): void;
}

export interface DecodeLimits {
  startId: number;
  eosId: number;
  /** The most tokens to write, end of sentence counted; at least 1. */
  maxTokens: number;
}

/** `stop`: the end of sentence was written; `length`: the limit came first. */
export type Ending = 'stop' | 'length';

/** Yields after each step what changed in the best output so far; ids without start and end of sentence. */
export type Strategy = (decoder: Decoder, limits: DecodeLimits) => AsyncGenerator<Delta<number[]>, Ending, undefined>;

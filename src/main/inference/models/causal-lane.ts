/**
 * What can be run with a decoder-only pack: the LLM reads a prompt in slices, and a lane writes after it.
 *
 * The data path of one output, each step of a generator timed as its stage and a cancel looked for between steps:
 *
 *   document = reader.read(documentIds, null)              encode; kept: all lanes, lengths and forms go on from it
 *   prompt   = reader.read(instructionIds, document)       encode
 *   projected = lane.project?.(prompt) ?? null             project
 *   prefilled = lane.prefill(prompt, projected)            prefill; nothing to do in the LLM lane
 *   decoder  = lane.decoder(prefilled)                     decode: strategies run on it with `startId` the prompt's last id
 */
import type { Decoder } from '../decode/decoder';
import type { Session } from './session';

/**
 * What the LLM has read so far: keys, values and the hidden states that the hybrid wants, of every token. Immutable; may be read on from
 * any number of times, also at once, without being copied.
 */
export interface Reading {
  readonly ids: readonly number[];
  /** Tokens. */
  readonly length: number;
  /** Memory that goes when this reading goes; what it was read on from not counted. */
  readonly bytes: number;
}

/** The frozen LLM of a decoder-only pack, as a reader. */
export interface CausalReader {
  /** The most tokens of prompt and output together. */
  readonly maxContext: number;
  /**
   * Reads `ids` on top of `before`; yields after each slice of a few hundred tokens, so that others may run. Needs at least one id. Throws a
   * RangeError beyond `maxContext`.
   */
  read(ids: readonly number[], before: Reading | null): AsyncGenerator<null, Reading, undefined>;
}

/** f32[S,m]: what is added to the SLM's embeddings of a prompt of S tokens. */
export type ProjectedPrompt = Float32Array;

/** What a lane's decoder goes on from; made by `prefill` of the same lane. */
export interface Prefilled {
  /** The prompt's last id: the decoder takes it first, as a strategy's `startId`, and says what may follow it. */
  readonly lastId: number;
}

export interface CausalLane {
  /** Null where the lane has no projector. Yields after each slice. */
  readonly project: ((prompt: Reading) => AsyncGenerator<null, ProjectedPrompt, undefined>) | null;
  /** Yields after each slice. `projected` is what `project` gave of this prompt, null where there is no projector. */
  prefill(prompt: Reading, projected: ProjectedPrompt | null): AsyncGenerator<null, Prefilled, undefined>;
  /** A new decoder with one row; others of the same prompt are not touched by what it reads. */
  decoder(prefilled: Prefilled): Decoder;
  readonly sessions: readonly Session[];
}

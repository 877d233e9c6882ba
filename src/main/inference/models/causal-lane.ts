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
import { CausalDecoder, type ReadPrompt } from './causal-decoder';
import type { CausalGraph } from './causal-graph';
import { KeyValues } from './key-values';
import type { Projector } from './projector';
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
   * Reads `ids` on top of `before`; yields after each slice, so that others may run. Needs at least one id. Throws a
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
  /** Yields after each slice, if there are any. `projected` is what `project` gave of this prompt, null where there is no projector. */
  prefill(prompt: Reading, projected: ProjectedPrompt | null): AsyncGenerator<null, Prefilled, undefined>;
  /** A new decoder with one row; others of the same prompt are not touched by what it reads. */
  decoder(prefilled: Prefilled): Decoder;
  readonly sessions: readonly Session[];
}

/**
 * Tokens of a prompt that one run reads: bounds its memory, and how long a cancel and others wait. Measured on SmolLM2-135M with 4-bit blocks, 1,024
 * tokens on one core: 0.80 s of processor time a slice of 256, 0.45 s of 128, 0.25 s of 64, 0.15 s of 32. So 64 costs a quarter more than 256, and
 * two threads see a cancel in an eighth of a second.
 */
export const SLICE_TOKENS = 64;

class CausalReading implements Reading {
  constructor(
    readonly ids: readonly number[],
    readonly keyValues: Omit<ReadPrompt, 'lastProjected'>,
    /** f32[n,d] of one slice after the other; empty where no lane wants them. */
    readonly hidden: readonly Float32Array[],
    readonly bytes: number,
  ) {}

  get length(): number {
    return this.ids.length;
  }
}

class CausalPrefilled implements Prefilled {
  constructor(
    readonly lastId: number,
    readonly prompt: ReadPrompt,
  ) {}
}

export function causalReader(graph: CausalGraph, maxContext: number): CausalReader {
  return {
    maxContext,
    async *read(ids, before) {
      if (ids.length === 0) throw new RangeError('got no ids to read, expected at least one');
      const start = before && own(before, CausalReading);
      const all = [...(start?.ids ?? []), ...ids];
      if (all.length > maxContext) throw new RangeError(`got ${all.length} tokens, the context holds ${maxContext}`);
      // What is read on top of something is short: it lies behind what is shared.
      const prefix = start?.keyValues.prefix ?? KeyValues.empty(graph.shape, ids.length);
      const past = start ? start.keyValues.past.copy(ids.length) : KeyValues.empty(graph.shape, 0);
      const growing = start ? past : prefix;
      const hidden: Float32Array[] = [];
      for (const slice of slicesOf(ids)) {
        const read = await graph.run({ ids: slice, prefix, past, projected: null, answers: 1 });
        growing.append(read.delta, slice.length);
        if (read.hidden) hidden.push(read.hidden);
        yield null;
      }
      const bytes = growing.bytes + hidden.reduce((sum, states) => sum + states.byteLength, 0);
      return new CausalReading(all, { prefix, past }, [...(start?.hidden ?? []), ...hidden], bytes);
    },
  };
}

/** The LLM writes on from what it has read itself. */
export function llmLane(graph: CausalGraph, maxContext: number): CausalLane {
  return {
    project: null,
    prefill(prompt) {
      const { ids, keyValues } = own(prompt, CausalReading);
      const { prefix, past } = keyValues;
      // The decoder reads the last token again, to say what may follow it.
      const but = past.length > 0 ? { prefix, past: past.upTo(past.length - 1) } : { prefix: prefix.upTo(prefix.length - 1), past };
      return withoutSteps(Promise.resolve(new CausalPrefilled(lastOf(ids), { ...but, lastProjected: null })));
    },
    decoder: (prefilled) => new CausalDecoder(graph, maxContext, own(prefilled, CausalPrefilled).prompt),
    sessions: [],
  };
}

/** The SLM reads the prompt too, with what the projector makes of the LLM's states, and writes. */
export function hybridLane(projector: Projector, graph: CausalGraph, maxContext: number): CausalLane {
  const width = graph.facts.dModel;
  return {
    async *project(prompt) {
      const { hidden, length } = own(prompt, CausalReading);
      const projected = new Float32Array(length * width);
      let filled = 0;
      for (const states of hidden) {
        const slice = await projector.project(states);
        projected.set(slice, filled);
        filled += slice.length;
        yield null;
      }
      return projected;
    },
    async *prefill({ ids }, projected) {
      if (projected?.length !== ids.length * width) throw new RangeError(`expected ${ids.length} projected states of ${width}`);
      const prefix = KeyValues.empty(graph.shape, ids.length - 1);
      const past = KeyValues.empty(graph.shape, 0);
      for (const slice of slicesOf(ids.slice(0, -1))) {
        const states = projected.subarray(prefix.length * width, (prefix.length + slice.length) * width);
        const { delta } = await graph.run({ ids: slice, prefix, past, projected: states, answers: 1 });
        prefix.append(delta, slice.length);
        yield null;
      }
      return new CausalPrefilled(lastOf(ids), { prefix, past, lastProjected: projected.subarray(-width) });
    },
    decoder: (prefilled) => new CausalDecoder(graph, maxContext, own(prefilled, CausalPrefilled).prompt),
    sessions: [projector.session, graph.session],
  };
}

function* slicesOf(ids: readonly number[]): Generator<readonly number[]> {
  for (let first = 0; first < ids.length; first += SLICE_TOKENS) yield ids.slice(first, first + SLICE_TOKENS);
}

async function* withoutSteps<T>(result: Promise<T>): AsyncGenerator<null, T, undefined> {
  yield* [];
  return await result;
}

const lastOf = (ids: readonly number[]) => ids.at(-1) ?? 0;

/** Readings and prompts are made here and come back as they went out. */
function own<T>(value: unknown, kind: new (...given: never[]) => T): T {
  if (value instanceof kind) return value;
  throw new TypeError('expected what this pack itself has read');
}

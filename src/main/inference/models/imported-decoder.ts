/**
 * The decoder of an imported model behind the strategies' Decoder: graphs as Hugging Face Optimum exports them, in one file with a branch for
 * the first token or in two. They give a logit for every token of the vocabulary; what may follow is chosen here.
 * `B` rows, `S` source tokens, `T` tokens written, `V` the vocabulary; keys and values are f32[B,n,T,h], those of the source f32[B,n,S,h].
 */
import { Tensor } from 'onnxruntime-node';
import type { Candidates, Decoder } from '../decode/decoder';
import { gathered, truncated } from './imported-key-values';
import { candidatesFor, nextTokens, type WritingRules } from './imported-rules';
import { floats, floatTensor, type Session } from './session';

export interface ImportedShape extends WritingRules {
  layers: number;
  heads: number;
  headSize: number;
  maxTokens: number;
}

export interface ImportedGraph {
  readonly session: Session;
  /** What it takes; exports differ in that. */
  readonly inputs: ReadonlySet<string>;
}

export interface ImportedGraphs {
  readonly first: ImportedGraph;
  /** Null where `first` writes all tokens. */
  readonly next: ImportedGraph | null;
  /** Whether several tokens behind others are read rightly at once, which not every export was made for; null: not tried yet. */
  readsSeveral: boolean | null;
}

export interface ImportedPrompt {
  /** f32[S,d] */
  readonly states: Float32Array;
  /** What the output begins with. */
  readonly forced: readonly number[];
}

/** Longer drafts are rarely right. */
const MOST_AT_ONCE = 8;
/** Logits of the same tokens, read in two ways, differ by less where both are right; a token that sees later ones makes more of it. */
const MOST_DIFFERENCE = 0.02;

type Outputs = Awaited<ReturnType<Session['run']>>;

export class ImportedDecoder implements Decoder {
  readonly maxStep = MOST_AT_ONCE;
  readonly topK: number;
  /** Of each row, the start token first. */
  private written: readonly (readonly number[])[];
  /** The prompt that each row reads. */
  private rows: readonly number[];
  /** By the name of the input; none before the first run. */
  private past = new Map<string, Tensor>();
  private cross = new Map<string, Tensor>();
  private source: Record<string, Tensor>;

  constructor(
    private readonly graphs: ImportedGraphs,
    private readonly shape: ImportedShape,
    private readonly dModel: number,
    private readonly eosId: number,
    /** Candidates that a beam may need. */
    private readonly beamCandidates: number,
    private readonly prompts: readonly ImportedPrompt[],
  ) {
    this.topK = candidatesFor(shape, beamCandidates);
    this.rows = prompts.map((_, prompt) => prompt);
    this.written = prompts.map(() => []);
    this.source = this.sourceOf(this.rows);
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.rows.length) throw new RangeError(`got ${ids.length} ids, expected one for each of ${this.rows.length} rows`);
    return this.read(ids.map((id) => [id]));
  }

  async extend(ids: readonly number[]): Promise<Candidates> {
    if (this.rows.length !== 1) throw new RangeError(`several tokens extend one row, not ${this.rows.length}`);
    if (ids.length < 1 || ids.length > this.maxStep) throw new RangeError(`got ${ids.length} ids, expected 1 to ${this.maxStep}`);
    return this.read([ids]);
  }

  /** `next`: as many tokens of each row. */
  private async read(next: readonly (readonly number[])[]): Promise<Candidates> {
    const tokens = next[0]?.length ?? 0;
    const before = this.length;
    if (before + tokens > this.shape.maxTokens) throw new RangeError(`the decoder writes at most ${this.shape.maxTokens} tokens`);
    const written = this.written.map((ids, row) => [...ids, ...(next[row] ?? [])]);
    const outputs =
      before === 0 ? await this.runWhole(written) : tokens === 1 ? await this.runNext(next) : await this.runSeveral(next, written);
    for (const [name, tensor] of Object.entries(outputs)) {
      const input = name.replace(/^present\./, 'past_key_values.');
      if (/\.decoder\./.test(name)) this.past.set(input, tensor);
      // The branch for later tokens gives the source's keys and values back empty.
      else if (before === 0 && /\.encoder\./.test(name)) this.cross.set(input, tensor);
    }
    this.written = written;
    return this.candidates(floats(outputs, 'logits'), tokens, vocabularyOf(outputs));
  }

  /** All tokens of every row, as the first are read. */
  private runWhole(written: readonly (readonly number[])[]): Promise<Outputs> {
    return this.run(this.graphs.first, written, this.emptyPast(), false);
  }

  /** Tokens behind those whose keys and values are kept. */
  private runNext(next: readonly (readonly number[])[]): Promise<Outputs> {
    return this.run(this.graphs.next ?? this.graphs.first, next, [...this.past, ...this.cross], true);
  }

  /** Behind others where the graph does that rightly, which is tried once; else with all that was written. */
  private async runSeveral(next: readonly (readonly number[])[], written: readonly (readonly number[])[]): Promise<Outputs> {
    if (this.graphs.readsSeveral === true) return this.runNext(next);
    const whole = await this.runWhole(written);
    if (this.graphs.readsSeveral === null) {
      // A graph that was made for one token may fail at more.
      const several = await this.runNext(next).catch(() => null);
      this.graphs.readsSeveral = several !== null && endsLike(floats(whole, 'logits'), floats(several, 'logits'));
    }
    return whole;
  }

  private run(
    { session, inputs }: ImportedGraph,
    ids: readonly (readonly number[])[],
    past: Iterable<readonly [string, Tensor]>,
    hasPast: boolean,
  ): Promise<Outputs> {
    const all: Record<string, Tensor> = {
      ...this.source,
      input_ids: new Tensor('int64', BigInt64Array.from(ids.flat(), BigInt), [ids.length, ids[0]?.length ?? 0]),
      use_cache_branch: new Tensor('bool', Uint8Array.of(hasPast ? 1 : 0), [1]),
      ...Object.fromEntries(past),
    };
    return session.run(Object.fromEntries(Object.entries(all).filter(([name]) => inputs.has(name))));
  }

  gather(rows: readonly number[]): void {
    if (rows.length === this.rows.length && rows.every((row, i) => row === i)) return;
    const prompts = rows.map((row) => this.rows[row] ?? 0);
    const asBefore = prompts.length === this.rows.length && prompts.every((prompt, i) => prompt === this.rows[i]);
    for (const [name, tensor] of this.past) this.past.set(name, gathered(tensor, rows));
    if (!asBefore) {
      for (const [name, tensor] of this.cross) this.cross.set(name, gathered(tensor, rows));
      this.source = this.sourceOf(prompts);
    }
    this.rows = prompts;
    this.written = rows.map((row) => this.written[row] ?? []);
  }

  truncate(length: number): void {
    if (length >= this.length) return;
    this.written = this.written.map((ids) => ids.slice(0, length));
    for (const [name, tensor] of this.past) this.past.set(name, truncated(tensor, length));
  }

  /** Tokens that were read of each row, the start token counted. */
  private get length(): number {
    return this.written[0]?.length ?? 0;
  }

  private get names(): string[] {
    const parts = ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'];
    return Array.from({ length: this.shape.layers }, (_, layer) => parts.map((part) => `past_key_values.${layer}.${part}`)).flat();
  }

  /** What the branch for the first token takes and does not read. */
  private emptyPast(): [string, Tensor][] {
    const { heads, headSize } = this.shape;
    return this.names.map((name) => [name, floatTensor(new Float32Array(0), [this.rows.length, heads, 0, headSize])]);
  }

  /** States and mask of each row's prompt, padded to the longest. */
  private sourceOf(prompts: readonly number[]): Record<string, Tensor> {
    const { dModel } = this;
    const lengthOf = (prompt: number) => (this.prompts[prompt]?.states.length ?? 0) / dModel;
    // The longest of all, so that keys and values that are kept fit.
    const length = Math.max(...this.prompts.map((_, prompt) => lengthOf(prompt)));
    const states = new Float32Array(prompts.length * length * dModel);
    const mask = new BigInt64Array(prompts.length * length);
    prompts.forEach((prompt, row) => {
      states.set(this.prompts[prompt]?.states ?? [], row * length * dModel);
      mask.fill(1n, row * length, row * length + lengthOf(prompt));
    });
    return {
      encoder_hidden_states: floatTensor(states, [prompts.length, length, dModel]),
      encoder_attention_mask: new Tensor('int64', mask, [prompts.length, length]),
    };
  }

  /** For the last `tokens` of each row. `logits`: f32[B,N,V], N of them or more; `vocabulary`: V. */
  private candidates(logits: Float32Array, tokens: number, vocabulary: number): Candidates {
    const { rows, topK, shape, eosId } = this;
    const rowSize = logits.length / rows.length;
    const places = rows.length * tokens;
    const ids = new Int32Array(places * topK);
    const logprobs = new Float32Array(places * topK).fill(-Infinity);
    rows.forEach((prompt, row) => {
      const forced = this.prompts[prompt]?.forced ?? [];
      for (let token = 0; token < tokens; token++) {
        const written = (this.written[row] ?? []).slice(0, this.length - tokens + token + 1);
        const next = forced[written.length - 1];
        const place = (row * tokens + token) * topK;
        if (next === undefined) {
          const end = (row + 1) * rowSize - (tokens - token - 1) * vocabulary;
          const found = nextTokens(
            logits.subarray(end - vocabulary, end),
            shape,
            { written, forced: forced.length },
            eosId,
            this.beamCandidates,
          );
          ids.set(found.ids, place);
          logprobs.set(found.logprobs, place);
        } else {
          ids.fill(next, place, place + topK);
          logprobs[place] = 0;
        }
      }
    });
    return { ids, logprobs };
  }
}

const vocabularyOf = (outputs: Outputs) => outputs['logits']?.dims.at(-1) ?? 0;

/** Whether the last of `logits` are those of `others`. */
function endsLike(logits: Float32Array, others: Float32Array): boolean {
  const from = logits.length - others.length;
  return others.every((other, i) => Math.abs((logits[from + i] ?? 0) - other) < MOST_DIFFERENCE);
}

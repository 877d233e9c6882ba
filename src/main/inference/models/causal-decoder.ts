/** A graph of a decoder-only pack behind the strategies' Decoder: it goes on from a prompt that it has read but for the last token. */
import type { Candidates, Decoder } from '../decode/decoder';
import type { CausalGraph } from './causal-graph';
import type { KeyValues } from './key-values';

/** What of a prompt was read, last token left out. */
export interface ReadPrompt {
  /** Shared with other decoders: never written to. */
  prefix: KeyValues;
  /** Read after that; copied. */
  past: KeyValues;
  /** f32[d]: what is added to the embedding of the prompt's last token; null where the graph is not conditioned. */
  lastProjected: Float32Array | null;
}

/** Tokens of an output that fit before the buffers grow. */
const FIRST_CAPACITY = 64;

export class CausalDecoder implements Decoder {
  readonly topK: number;
  readonly maxStep: number;
  /** The past of the prompt, then what this decoder has read. */
  private past: KeyValues;
  private prefix: KeyValues;
  /** Tokens of the past that are the prompt's. */
  private readonly promptPast: number;
  private readonly lastProjected: Float32Array | null;

  constructor(
    private readonly graph: CausalGraph,
    private readonly maxContext: number,
    prompt: ReadPrompt,
  ) {
    this.topK = graph.facts.topK;
    this.maxStep = graph.shape.maxStep;
    this.prefix = prompt.prefix;
    this.past = prompt.past.copy(FIRST_CAPACITY);
    this.promptPast = prompt.past.length;
    this.lastProjected = prompt.lastProjected;
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.past.rows) throw new RangeError(`got ${ids.length} ids, expected one for each of ${this.past.rows} rows`);
    return this.run(ids, 1);
  }

  async extend(ids: readonly number[]): Promise<Candidates> {
    if (this.past.rows !== 1) throw new RangeError(`several tokens extend one row, not ${this.past.rows}`);
    if (ids.length < 1 || ids.length > this.maxStep) throw new RangeError(`got ${ids.length} ids, expected 1 to ${this.maxStep}`);
    return this.run(ids, ids.length);
  }

  gather(rows: readonly number[]): void {
    if (rows.length === this.past.rows && rows.every((row, i) => row === i)) return;
    // All rows have the same prefix.
    if (rows.length !== this.past.rows)
      this.prefix = this.prefix.gather(
        Array.from(rows, () => 0),
        0,
      );
    this.past = this.past.gather(rows, FIRST_CAPACITY);
  }

  truncate(length: number): void {
    this.past.truncate(this.promptPast + length);
  }

  private async run(ids: readonly number[], tokens: number): Promise<Candidates> {
    const { graph, prefix, past } = this;
    if (prefix.length + past.length + tokens > this.maxContext) {
      throw new RangeError(`prompt and output have at most ${this.maxContext} tokens together`);
    }
    const { candidates, delta } = await graph.run({ ids, prefix, past, projected: this.projected(ids.length), answers: tokens });
    past.append(delta, tokens);
    return candidates;
  }

  /** f32[N,B,d]: something for the prompt's last token alone, which comes first. */
  private projected(ids: number): Float32Array | null {
    if (!this.lastProjected) return null;
    const rows = new Float32Array(ids * this.lastProjected.length);
    if (this.past.length === this.promptPast) {
      for (let row = 0; row < this.past.rows; row++) rows.set(this.lastProjected, row * this.lastProjected.length);
    }
    return rows;
  }
}

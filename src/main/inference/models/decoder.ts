/**
 * One decoder graph (docs/pack-format.md) behind the strategies' Decoder.
 * Own keys and values lie time first in one growing buffer per layer and are fed as views of it; nothing is copied but the new rows.
 */
import { Tensor } from 'onnxruntime-node';
import type { TranslatingManifest } from '../../../shared/pack';
import type { Candidates, Decoder } from '../decode/decoder';
import { floats, floatTensor, integers, type GraphSpec, type Session } from './session';

export type DecoderShape = NonNullable<TranslatingManifest['lanes']['llm']>['decoder'];

/** f32[2L,1,n,S,h]: key and value of each layer for cross-attention, of one prompt of S tokens. */
export type CrossKv = Float32Array;

export function decoderSpec({ layers, heads, headSize }: DecoderShape, topK: number): GraphSpec {
  const inputs: GraphSpec['inputs'] = {
    ids: { type: 'int32', shape: ['N', 'B'] },
    bias_start: { type: 'int64', shape: [2] },
    bias_end: { type: 'int64', shape: [2] },
    cross_mask: { type: 'float32', shape: ['B', 1, 'N', 'S'] },
    ...Object.fromEntries(
      Array.from({ length: layers }, (_, i) => i).flatMap((i) => [
        [`past_key.${i}`, { type: 'float32' as const, shape: ['T', 'B', heads, headSize] }],
        [`past_value.${i}`, { type: 'float32' as const, shape: ['T', 'B', heads, headSize] }],
        [`cross_key.${i}`, { type: 'float32' as const, shape: ['B', heads, 'S', headSize] }],
        [`cross_value.${i}`, { type: 'float32' as const, shape: ['B', heads, 'S', headSize] }],
      ]),
    ),
  };
  return {
    inputs,
    outputs: {
      top_ids: { type: 'int32', shape: ['N', 'B', topK] },
      top_logprobs: { type: 'float32', shape: ['N', 'B', topK] },
      kv_delta: { type: 'float32', shape: ['M', 'B', heads, headSize] },
    },
  };
}

/** Tokens a new buffer has room for; it doubles when full. */
const FIRST_CAPACITY = 32;
/** Added to the score of a place that is padding. */
const BANNED = -1e9;

export class StepDecoder implements Decoder {
  readonly maxStep: number;
  private length = 0;
  /** The prompt that each row reads. */
  private prompts: readonly number[];
  /** Tokens of the longest prompt; the others are padded to it. */
  private readonly sourceLength: number;
  private readonly sourceLengths: readonly number[];
  /** Key and value of each layer in `kv_delta`'s order, each f32[capacity,rows,n,h]. */
  private pasts: Float32Array[];
  /** What `gather` reads from next time it writes into: no new buffer for each step of a beam. */
  private readonly spares: Float32Array[] = [];
  /** What is fed for cross-attention, in `cross_kv`'s order, each f32[rows,n,S,h]; a row of a single prompt is the prompt's own memory. */
  private crosses: Float32Array[] = [];
  private readonly biasStart = BigInt64Array.of(0n, 0n);
  private readonly biasEnd = BigInt64Array.of(0n, 0n);
  private ids = new Int32Array(0);
  /** Kept between runs: what changes is replaced in place. */
  private readonly feeds: Record<string, Tensor> = {
    bias_start: new Tensor('int64', this.biasStart, [2]),
    bias_end: new Tensor('int64', this.biasEnd, [2]),
  };

  constructor(
    private readonly session: Session,
    private readonly shape: DecoderShape,
    readonly topK: number,
    private readonly crossKvs: readonly CrossKv[],
  ) {
    this.maxStep = shape.maxStep;
    this.sourceLengths = crossKvs.map((crossKv) => crossKv.length / (2 * shape.layers * this.rowSize));
    this.sourceLength = Math.max(...this.sourceLengths);
    this.prompts = crossKvs.map((_, prompt) => prompt);
    this.pasts = Array.from({ length: 2 * shape.layers }, () => new Float32Array(FIRST_CAPACITY * this.rows * this.rowSize));
    this.feedPrompts();
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.rows) throw new RangeError(`got ${ids.length} ids, expected one for each of ${this.rows} rows`);
    return this.run(ids, 1);
  }

  async extend(ids: readonly number[]): Promise<Candidates> {
    if (this.rows !== 1) throw new RangeError(`several tokens extend one row, not ${this.rows}`);
    if (ids.length < 1 || ids.length > this.maxStep) throw new RangeError(`got ${ids.length} ids, expected 1 to ${this.maxStep}`);
    return this.run(ids, ids.length);
  }

  gather(rows: readonly number[]): void {
    if (rows.length === this.rows && rows.every((row, i) => row === i)) return;
    if (rows.every((row, i) => row > (rows[i - 1] ?? -1))) this.drop(rows);
    else this.reorder(rows);
  }

  truncate(length: number): void {
    this.length = Math.min(this.length, length);
  }

  private get rows(): number {
    return this.prompts.length;
  }

  private get rowSize(): number {
    return this.shape.heads * this.shape.headSize;
  }

  /** Rows in their order without those that ended: they move up in the memory that they have. */
  private drop(kept: readonly number[]): void {
    const { rows, rowSize, length } = this;
    for (const past of this.pasts) moveUp(past, kept, rows, length, rowSize);
    for (const cross of this.crosses) moveUp(cross, kept, rows, 1, rowSize * this.sourceLength);
    this.prompts = kept.map((row) => this.prompts[row] ?? 0);
    this.feedCrosses();
  }

  private reorder(rows: readonly number[]): void {
    const { rowSize, length, rows: oldRows } = this;
    const stepSize = rows.length * rowSize;
    const needed = Math.max(FIRST_CAPACITY, length) * stepSize;
    this.pasts = this.pasts.map((past, layer) => {
      const spare = this.spares[layer];
      const gathered = spare && spare.length >= needed ? spare : new Float32Array(Math.max(past.length, needed));
      for (let time = 0; time < length; time++) {
        rows.forEach((row, i) => {
          const from = (time * oldRows + row) * rowSize;
          gathered.set(past.subarray(from, from + rowSize), time * stepSize + i * rowSize);
        });
      }
      this.spares[layer] = past;
      return gathered;
    });
    const prompts = rows.map((row) => this.prompts[row] ?? 0);
    const asBefore = prompts.length === oldRows && prompts.every((prompt, i) => prompt === this.prompts[i]);
    this.prompts = prompts;
    if (!asBefore) this.feedPrompts();
  }

  /** `ids`: time first, `tokens` for each row. */
  private async run(ids: readonly number[], tokens: number): Promise<Candidates> {
    const { length, rows, shape } = this;
    if (length + tokens > shape.maxTokens) throw new RangeError(`the decoder writes at most ${shape.maxTokens} tokens`);
    if (ids.length !== this.ids.length) this.feedTokens(tokens);
    this.ids.set(ids);
    this.biasStart[1] = BigInt(shape.maxTokens - 1 - length);
    this.biasEnd[0] = BigInt(tokens);
    this.biasEnd[1] = BigInt(shape.maxTokens - 1 + tokens);
    const used = length * rows * this.rowSize;
    this.pasts.forEach((past, i) => {
      this.feeds[pastName(i)] = floatTensor(past.subarray(0, used), [length, rows, shape.heads, shape.headSize]);
    });
    const outputs = await this.session.run(this.feeds);
    this.append(floats(outputs, 'kv_delta'), tokens);
    return { ids: integers(outputs, 'top_ids'), logprobs: floats(outputs, 'top_logprobs') };
  }

  private append(delta: Float32Array, tokens: number): void {
    const size = tokens * this.rows * this.rowSize;
    const used = this.length * this.rows * this.rowSize;
    this.pasts = this.pasts.map((past, i) => {
      const room = used + size <= past.length ? past : grown(past, used, used + size);
      room.set(delta.subarray(i * size, (i + 1) * size), used);
      return room;
    });
    this.length += tokens;
  }

  /** Feeds each row the keys and values of its prompt, padded to the longest. */
  private feedPrompts(): void {
    const padded = this.rowSize * this.sourceLength;
    const only = this.rows === 1 && this.sourceLengths[this.prompts[0] ?? 0] === this.sourceLength;
    this.crosses = Array.from({ length: 2 * this.shape.layers }, (_, i) => {
      if (only) return this.layerOf(this.prompts[0] ?? 0, i);
      const cross = new Float32Array(this.rows * padded);
      this.prompts.forEach((prompt, row) => this.copyPadded(this.layerOf(prompt, i), prompt, cross, row * padded));
      return cross;
    });
    this.feedCrosses();
  }

  private feedCrosses(): void {
    const { rows, sourceLength, shape } = this;
    const size = rows * this.rowSize * sourceLength;
    this.crosses.forEach((cross, i) => {
      this.feeds[crossName(i)] = floatTensor(cross.subarray(0, size), [rows, shape.heads, sourceLength, shape.headSize]);
    });
    this.feedTokens(1);
  }

  /** f32[1,n,S,h], S the prompt's own length. */
  private layerOf(prompt: number, index: number): Float32Array {
    const crossKv = this.crossKvs[prompt] ?? new Float32Array(0);
    const size = crossKv.length / (2 * this.shape.layers);
    return crossKv.subarray(index * size, (index + 1) * size);
  }

  private copyPadded(from: Float32Array, prompt: number, to: Float32Array, offset: number): void {
    const { heads, headSize } = this.shape;
    const size = (this.sourceLengths[prompt] ?? 0) * headSize;
    for (let head = 0; head < heads; head++) {
      to.set(from.subarray(head * size, (head + 1) * size), offset + head * this.sourceLength * headSize);
    }
  }

  /** Makes room for the ids of a run, and feeds the mask that it takes. */
  private feedTokens(tokens: number): void {
    const { rows, sourceLength } = this;
    this.ids = new Int32Array(tokens * rows);
    this.feeds.ids = new Tensor('int32', this.ids, [tokens, rows]);
    const mask = new Float32Array(rows * tokens * sourceLength);
    for (let line = 0; line < rows * tokens; line++) {
      const used = this.sourceLengths[this.prompts[Math.floor(line / tokens)] ?? 0] ?? 0;
      mask.fill(BANNED, line * sourceLength + used, (line + 1) * sourceLength);
    }
    this.feeds.cross_mask = floatTensor(mask, [rows, 1, tokens, sourceLength]);
  }
}

const pastName = (index: number) => `past_${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;
const crossName = (index: number) => `cross_${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;

/** Of `times` × `rows` stretches of `size` numbers those of the rows in `kept`, without gaps at the beginning of `buffer`. */
function moveUp(buffer: Float32Array, kept: readonly number[], rows: number, times: number, size: number): void {
  for (let time = 0; time < times; time++) {
    for (const [i, row] of kept.entries()) {
      const from = (time * rows + row) * size;
      buffer.copyWithin((time * kept.length + i) * size, from, from + size);
    }
  }
}

function grown(buffer: Float32Array, used: number, needed: number): Float32Array {
  const larger = new Float32Array(Math.max(2 * buffer.length, needed));
  larger.set(buffer.subarray(0, used));
  return larger;
}

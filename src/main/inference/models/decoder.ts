/**
 * One step graph (docs/pack-format.md) behind the strategies' Decoder.
 * Own keys and values lie time first in one growing buffer per layer and are fed as views of it; nothing is copied but the new rows.
 */
import { Tensor } from 'onnxruntime-node';
import type { PackManifest } from '../../../shared/pack';
import type { Candidates, Decoder } from '../decode/decoder';
import { floats, floatTensor, integers, type GraphSpec, type Session } from './session';

export type DecoderShape = NonNullable<PackManifest['lanes']['llm']>['decoder'];

/** f32[2L,1,n,S,h]: key and value of each layer for cross-attention, of one prompt. */
export type CrossKv = Float32Array;

export function decoderSpec({ layers, heads, headSize }: DecoderShape, topK: number): GraphSpec {
  const inputs: GraphSpec['inputs'] = {
    ids: { type: 'int32', shape: ['B', 1] },
    start: { type: 'int64', shape: [1] },
    cross_mask: { type: 'float32', shape: ['B', 1, 1, 'S'] },
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
      top_ids: { type: 'int32', shape: ['B', topK] },
      top_logprobs: { type: 'float32', shape: ['B', topK] },
      kv_delta: { type: 'float32', shape: [2 * layers, 'B', heads, headSize] },
    },
  };
}

/** Tokens a new buffer has room for; it doubles when full. */
const FIRST_CAPACITY = 32;

export class StepDecoder implements Decoder {
  private rows = 1;
  private length = 0;
  /** Key and value of each layer in `kv_delta`'s order, each f32[capacity,rows,n,h]. */
  private pasts: Float32Array[];
  /** What `gather` reads from next time it writes into: no new buffer for each step of a beam. */
  private readonly spares: Float32Array[] = [];
  private readonly start = BigInt64Array.of(0n);
  private readonly startTensor = new Tensor('int64', this.start, [1]);
  private ids = new Int32Array(1);
  /** Kept between steps: what changes is replaced in place. */
  private readonly feeds: Record<string, Tensor> = { start: this.startTensor };

  constructor(
    private readonly session: Session,
    private readonly shape: DecoderShape,
    readonly topK: number,
    private readonly crossKv: CrossKv,
  ) {
    this.pasts = Array.from({ length: 2 * shape.layers }, () => new Float32Array(FIRST_CAPACITY * this.rowSize));
    this.setRows(1);
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.rows) throw new RangeError(`got ${ids.length} ids, expected one for each of ${this.rows} rows`);
    if (this.length >= this.shape.maxTokens) throw new RangeError(`the decoder writes at most ${this.shape.maxTokens} tokens`);
    this.ids.set(ids);
    this.start[0] = BigInt(this.shape.maxTokens - 1 - this.length);
    const used = this.length * this.rows * this.rowSize;
    this.pasts.forEach((past, i) => {
      this.feeds[pastName(i)] = floatTensor(past.subarray(0, used), [this.length, this.rows, this.shape.heads, this.shape.headSize]);
    });
    const outputs = await this.session.run(this.feeds);
    this.append(floats(outputs, 'kv_delta'));
    return { ids: integers(outputs, 'top_ids'), logprobs: floats(outputs, 'top_logprobs') };
  }

  gather(rows: readonly number[]): void {
    if (rows.length === this.rows && rows.every((row, i) => row === i)) return;
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
    if (rows.length !== oldRows) this.setRows(rows.length);
  }

  truncate(length: number): void {
    this.length = Math.min(this.length, length);
  }

  private get rowSize(): number {
    return this.shape.heads * this.shape.headSize;
  }

  private append(delta: Float32Array): void {
    const stepSize = this.rows * this.rowSize;
    const used = this.length * stepSize;
    this.pasts = this.pasts.map((past, i) => {
      const room = used + stepSize <= past.length ? past : grown(past, used);
      room.set(delta.subarray(i * stepSize, (i + 1) * stepSize), used);
      return room;
    });
    this.length++;
  }

  /** Every row reads the same prompt: its cross-attention is repeated for each. */
  private setRows(rows: number): void {
    const { heads, headSize, layers } = this.shape;
    const size = this.crossKv.length / (2 * layers);
    const sourceLength = size / this.rowSize;
    this.rows = rows;
    this.ids = new Int32Array(rows);
    this.feeds.ids = new Tensor('int32', this.ids, [rows, 1]);
    this.feeds.cross_mask = floatTensor(new Float32Array(rows * sourceLength), [rows, 1, 1, sourceLength]);
    for (let i = 0; i < 2 * layers; i++) {
      const one = this.crossKv.subarray(i * size, (i + 1) * size);
      this.feeds[crossName(i)] = floatTensor(repeated(one, rows), [rows, heads, sourceLength, headSize]);
    }
  }
}

const pastName = (index: number) => `past_${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;
const crossName = (index: number) => `cross_${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;

function grown(buffer: Float32Array, used: number): Float32Array {
  const larger = new Float32Array(buffer.length * 2);
  larger.set(buffer.subarray(0, used));
  return larger;
}

function repeated(one: Float32Array, times: number): Float32Array {
  if (times === 1) return one;
  const all = new Float32Array(one.length * times);
  for (let i = 0; i < times; i++) all.set(one, i * one.length);
  return all;
}

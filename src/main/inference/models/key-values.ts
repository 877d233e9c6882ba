/** Keys and values of tokens that a graph has read, time first in one buffer per layer, so that appending is one copy and none is fed. */

/** What the buffers of one graph hold. */
export interface KeyValueShape {
  layers: number;
  keyValueHeads: number;
  headSize: number;
}

export class KeyValues {
  /** Key and value of each layer in `kv_delta`'s order, each f32[capacity,rows,k,h]. */
  private buffers: Float32Array[];

  private constructor(
    private readonly shape: KeyValueShape,
    readonly rows: number,
    private used: number,
    buffers: Float32Array[],
  ) {
    this.buffers = buffers;
  }

  /** Nothing yet, with room for `capacity` tokens; it grows when full. */
  static empty(shape: KeyValueShape, capacity: number, rows = 1): KeyValues {
    const floats = capacity * rows * shape.keyValueHeads * shape.headSize;
    return new KeyValues(
      shape,
      rows,
      0,
      Array.from({ length: 2 * shape.layers }, () => new Float32Array(floats)),
    );
  }

  /** Tokens of each row. */
  get length(): number {
    return this.used;
  }

  get bytes(): number {
    return this.buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  }

  /** f32[length,rows,k,h] of each key and value, in `kv_delta`'s order: views, valid until this grows. */
  views(): Float32Array[] {
    return this.buffers.map((buffer) => buffer.subarray(0, this.used * this.stepSize));
  }

  /** The first `length` tokens, in the same memory: neither may be appended to. */
  upTo(length: number): KeyValues {
    return new KeyValues(this.shape, this.rows, Math.min(length, this.used), this.buffers);
  }

  /** The same in memory of its own, with room for `more` tokens. */
  copy(more: number): KeyValues {
    return this.gather(
      Array.from({ length: this.rows }, (_, row) => row),
      more,
    );
  }

  /** Row `i` of the new ones is row `rows[i]` of these; with room for `more` tokens. */
  gather(rows: readonly number[], more: number): KeyValues {
    const gathered = KeyValues.empty(this.shape, this.used + more, rows.length);
    const { rowSize } = this;
    const isSame = rows.length === this.rows && rows.every((row, i) => row === i);
    gathered.buffers.forEach((to, layer) => {
      const from = this.buffers[layer] ?? to;
      if (isSame) to.set(from.subarray(0, this.used * this.stepSize));
      else {
        for (let time = 0; time < this.used; time++) {
          rows.forEach((row, i) => {
            const start = (time * this.rows + row) * rowSize;
            to.set(from.subarray(start, start + rowSize), (time * rows.length + i) * rowSize);
          });
        }
      }
    });
    gathered.used = this.used;
    return gathered;
  }

  /** `delta` f32[2L*tokens,rows,k,h]. */
  append(delta: Float32Array, tokens: number): void {
    const start = this.used * this.stepSize;
    const size = tokens * this.stepSize;
    this.buffers = this.buffers.map((buffer, layer) => {
      const room = start + size <= buffer.length ? buffer : grown(buffer, start, Math.max(2 * buffer.length, start + size));
      room.set(delta.subarray(layer * size, (layer + 1) * size), start);
      return room;
    });
    this.used += tokens;
  }

  /** Forgets all but the first `length` tokens. */
  truncate(length: number): void {
    this.used = Math.min(this.used, length);
  }

  private get rowSize(): number {
    return this.shape.keyValueHeads * this.shape.headSize;
  }

  private get stepSize(): number {
    return this.rows * this.rowSize;
  }
}

function grown(buffer: Float32Array, used: number, size: number): Float32Array {
  const larger = new Float32Array(size);
  larger.set(buffer.subarray(0, used));
  return larger;
}

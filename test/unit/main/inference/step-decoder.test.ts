import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { StepDecoder, type DecoderShape } from '../../../../src/main/inference/models/decoder';
import type { Session } from '../../../../src/main/inference/models/session';

const shape: DecoderShape = { file: 'x.onnx', layers: 2, heads: 2, headSize: 3, maxTokens: 200, maxStep: 4 };
const ROW = shape.heads * shape.headSize;
const SOURCE = 4;
const crossKv = Float32Array.from({ length: 2 * shape.layers * ROW * SOURCE }, (_, i) => i);

/** A "graph" whose new keys and values say which token they belong to, and which keeps what it was fed. */
class RecordingSession implements Session {
  readonly status = { part: 'test', provider: 'cpu' as const, threads: 1, bytes: 0 };
  fed: Readonly<Record<string, Tensor>> = {};

  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    this.fed = { ...feeds };
    const ids = Array.from(feeds.ids?.data as Int32Array);
    const [tokens = 0, rows = 0] = feeds.ids?.dims ?? [];
    const delta = Array.from({ length: 2 * shape.layers }, (_, layer) =>
      ids.flatMap((id) => Array.from({ length: ROW }, () => mark(id, layer))),
    );
    return Promise.resolve({
      top_ids: new Tensor('int32', new Int32Array(ids.length), [tokens, rows, 1]),
      top_logprobs: new Tensor('float32', new Float32Array(ids.length), [tokens, rows, 1]),
      kv_delta: new Tensor('float32', Float32Array.from(delta.flat()), [2 * shape.layers * tokens, rows, shape.heads, shape.headSize]),
    });
  }

  release = () => Promise.resolve();

  /** The token histories of the rows as the past of a layer tells them. */
  histories(name: string, layer: number): number[][] {
    const past = this.fed[name];
    const [length = 0, rows = 0] = past?.dims ?? [];
    const data = past?.data as Float32Array;
    expect(data.length).toBe(length * rows * ROW);
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length }, (_, time) => (data[(time * rows + row) * ROW + ROW - 1] ?? 0) - mark(0, layer)),
    );
  }
}

const mark = (id: number, layer: number) => id + layer * 10_000;

/** The run saw the relative positions of `tokens` tokens after `length`. */
function expectWindow(session: RecordingSession, length: number, tokens: number): void {
  const start = shape.maxTokens - 1 - length;
  expect(session.fed.bias_start?.data).toEqual(BigInt64Array.of(0n, BigInt(start)));
  expect(session.fed.bias_end?.data).toEqual(BigInt64Array.of(BigInt(tokens), BigInt(start + length + tokens)));
}

describe('StepDecoder', () => {
  it('feeds what was written, in time order, over many growths of its buffers', async () => {
    const session = new RecordingSession();
    const decoder = new StepDecoder(session, shape, 1, [crossKv]);
    for (let id = 1; id <= 150; id++) {
      await decoder.step([id]);
      expectWindow(session, id - 1, 1);
    }
    const written = Array.from({ length: 149 }, (_, i) => i + 1);
    expect(session.histories('past_key.0', 0)).toEqual([written]);
    expect(session.histories('past_value.1', 3)).toEqual([written]);
    expect(session.fed['cross_value.0']?.dims).toEqual([1, shape.heads, SOURCE, shape.headSize]);
    expect(session.fed['cross_value.0']?.data).toEqual(crossKv.slice(ROW * SOURCE, 2 * ROW * SOURCE));
  });

  it('gathers rows: repeats, drops and reorders them, and repeats the cross-attention', async () => {
    const session = new RecordingSession();
    const decoder = new StepDecoder(session, shape, 1, [crossKv]);
    await decoder.step([1]);
    decoder.gather([0, 0, 0]);
    await decoder.step([2, 3, 4]);
    decoder.gather([2, 0, 2]);
    await decoder.step([5, 6, 7]);
    decoder.gather([1, 0]);
    await decoder.step([8, 9]);
    for (const [name, layer] of [
      ['past_key.0', 0],
      ['past_value.0', 1],
      ['past_key.1', 2],
      ['past_value.1', 3],
    ] as const) {
      expect(session.histories(name, layer)).toEqual([
        [1, 2, 6],
        [1, 4, 5],
      ]);
    }
    const one = Array.from(crossKv.slice(0, ROW * SOURCE));
    expect(Array.from(session.fed['cross_key.0']?.data as Float32Array)).toEqual([...one, ...one]);
    expect(session.fed.cross_mask?.dims).toEqual([2, 1, 1, SOURCE]);
  });

  it('keeps rows in order past the first buffer', async () => {
    const session = new RecordingSession();
    const decoder = new StepDecoder(session, shape, 1, [crossKv]);
    await decoder.step([1]);
    decoder.gather([0, 0]);
    let histories = [[1], [1]];
    for (let id = 2; id < 180; id += 2) {
      await decoder.step([id, id + 1]);
      const rows = id % 3 === 0 ? [1, 0] : id % 7 === 0 ? [1, 1] : [0, 1];
      const grown = histories.map((history, row) => [...history, id + row]);
      histories = rows.map((row) => grown[row] ?? []);
      decoder.gather(rows);
    }
    await decoder.step([0, 0]);
    expect(session.histories('past_value.1', 3)).toEqual(histories);
  });

  it('truncates', async () => {
    const session = new RecordingSession();
    const decoder = new StepDecoder(session, shape, 1, [crossKv]);
    for (const id of [1, 2, 3, 4]) await decoder.step([id]);
    decoder.truncate(2);
    await decoder.step([5]);
    await decoder.step([6]);
    expect(session.histories('past_key.1', 2)).toEqual([[1, 2, 5]]);
    expectWindow(session, 3, 1);
  });

  it('reads several tokens in one run, forgets some and goes on', async () => {
    const session = new RecordingSession();
    const decoder = new StepDecoder(session, shape, 1, [crossKv]);
    await decoder.step([1]);
    await decoder.extend([2, 3, 4]);
    expectWindow(session, 1, 3);
    expect(session.fed.ids?.dims).toEqual([3, 1]);
    expect(session.fed.cross_mask?.dims).toEqual([1, 1, 3, SOURCE]);
    decoder.truncate(2);
    await decoder.step([5]);
    expect(session.fed.cross_mask?.dims).toEqual([1, 1, 1, SOURCE]);
    for (let id = 6; id < 80; id += 4) await decoder.extend([id, id + 1, id + 2, id + 3]);
    await decoder.step([0]);
    expect(session.histories('past_key.0', 0)).toEqual([[1, 2, 5, ...Array.from({ length: 76 }, (_, i) => i + 6)]]);
    await expect(decoder.extend([1, 2, 3, 4, 5])).rejects.toThrow('got 5 ids, expected 1 to 4');
    decoder.gather([0, 0]);
    await expect(decoder.extend([1, 2])).rejects.toThrow('one row, not 2');
  });

  it('pads prompts of unequal length, and drops those that have ended', async () => {
    const session = new RecordingSession();
    const short = Float32Array.from({ length: 2 * shape.layers * ROW * 2 }, (_, i) => -i - 1);
    const decoder = new StepDecoder(session, shape, 1, [short, crossKv]);
    await decoder.step([1, 2]);
    const longKey = Array.from(crossKv.slice(0, ROW * SOURCE));
    // Two heads of two places of three numbers, each padded to four places.
    const padding = Array.from({ length: 6 }, () => 0);
    const shortKey = [...short.slice(0, 6), ...padding, ...short.slice(6, 12), ...padding];
    expect(session.fed['cross_key.0']?.dims).toEqual([2, shape.heads, SOURCE, shape.headSize]);
    expect(Array.from(session.fed['cross_key.0']?.data as Float32Array)).toEqual([...shortKey, ...longKey]);
    const masked = Math.fround(-1e9);
    expect(Array.from(session.fed.cross_mask?.data as Float32Array)).toEqual([0, 0, masked, masked, 0, 0, 0, 0]);
    decoder.gather([1]);
    await decoder.step([3]);
    await decoder.step([4]);
    expect(session.histories('past_key.1', 2)).toEqual([[2, 3]]);
    expect(Array.from(session.fed['cross_key.0']?.data as Float32Array)).toEqual(longKey);
  });

  it('drops rows in the memory that it has, and gathers what is left', async () => {
    const session = new RecordingSession();
    const prompts = [0, 1, 2, 3, 4].map((prompt) => crossKv.map((value) => value + 1_000 * prompt));
    const decoder = new StepDecoder(session, shape, 1, prompts);
    const keysOf = (rows: readonly number[]) => rows.flatMap((row) => Array.from(prompts[row]?.slice(0, ROW * SOURCE) ?? []));
    await decoder.step([1, 2, 3, 4, 5]);
    const memory = session.fed['cross_key.0']?.data as Float32Array;
    await decoder.step([6, 7, 8, 9, 10]);
    decoder.gather([0, 2, 3, 4]);
    await decoder.step([11, 12, 13, 14]);
    decoder.gather([1, 3]);
    await decoder.step([15, 16]);
    expect(session.histories('past_key.1', 2)).toEqual([
      [3, 8, 12],
      [5, 10, 14],
    ]);
    const left = session.fed['cross_key.0'];
    expect(left?.dims).toEqual([2, shape.heads, SOURCE, shape.headSize]);
    expect(Array.from(left?.data as Float32Array)).toEqual(keysOf([2, 4]));
    expect((left?.data as Float32Array).buffer).toBe(memory.buffer);
    decoder.gather([1, 0]);
    await decoder.step([17, 18]);
    expect(session.histories('past_value.0', 1)).toEqual([
      [5, 10, 14, 16],
      [3, 8, 12, 15],
    ]);
    expect(Array.from(session.fed['cross_key.0']?.data as Float32Array)).toEqual(keysOf([4, 2]));
    // The prompts themselves stay what they are.
    expect(prompts[2]?.[1]).toBe(2_001);
  });

  it('refuses a wrong number of ids and more tokens than it has positions', async () => {
    const decoder = new StepDecoder(new RecordingSession(), { ...shape, maxTokens: 2 }, 1, [crossKv]);
    await expect(decoder.step([1, 2])).rejects.toThrow('got 2 ids, expected one for each of 1 rows');
    await decoder.step([1]);
    await decoder.step([1]);
    await expect(decoder.step([1])).rejects.toThrow('at most 2');
  });
});

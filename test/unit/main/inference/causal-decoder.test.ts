import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { CausalDecoder } from '../../../../src/main/inference/models/causal-decoder';
import { CausalGraph, type CausalShape } from '../../../../src/main/inference/models/causal-graph';
import { KeyValues } from '../../../../src/main/inference/models/key-values';
import type { Session } from '../../../../src/main/inference/models/session';

const shape: CausalShape = { file: 'x.onnx', weights: [], layers: 2, keyValueHeads: 2, headSize: 3, maxStep: 4 };
const ROW = shape.keyValueHeads * shape.headSize;
const WIDTH = 5;

/** A "graph" whose new keys and values say which token they belong to, and which keeps what it was fed. */
class RecordingSession implements Session {
  readonly status = { part: 'test', provider: 'cpu' as const, threads: 1, bytes: 0 };
  fed: Readonly<Record<string, Tensor>> = {};

  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    this.fed = { ...feeds };
    const ids = Array.from(feeds.ids?.data as Int32Array);
    const [tokens = 0, rows = 0] = feeds.ids?.dims ?? [];
    const answered = tokens - Number((feeds.answer_from?.data as BigInt64Array)[0]);
    return Promise.resolve({
      top_ids: new Tensor('int32', new Int32Array(answered * rows), [answered, rows, 1]),
      top_logprobs: new Tensor('float32', new Float32Array(answered * rows), [answered, rows, 1]),
      kv_delta: new Tensor('float32', keyValuesOf(ids), [2 * shape.layers * tokens, rows, shape.keyValueHeads, shape.headSize]),
    });
  }

  release = () => Promise.resolve();

  /** What the rows have read, shared part first, as the layers' keys and values tell it. */
  histories(): number[][] {
    const [found, ...others] = Array.from({ length: 2 * shape.layers }, (_, i) => this.historiesOf(i));
    for (const other of others) expect(other).toEqual(found);
    return found ?? [];
  }

  /** What row `i` of the bias lets its token see, and where the run begins. */
  sees(): { visible: number[]; positions: number[] } {
    const [tokens = 0, width = 0] = this.fed.bias?.dims ?? [];
    const bias = this.fed.bias?.data as Float32Array;
    const positions = Array.from(this.fed.positions?.data as BigInt64Array, Number);
    return {
      visible: Array.from(
        { length: tokens },
        (_, token) => bias.subarray(token * width, (token + 1) * width).filter((v) => v === 0).length,
      ),
      positions,
    };
  }

  private historiesOf(index: number): number[][] {
    const name = `${index % 2 === 0 ? 'key' : 'value'}.${index >> 1}`;
    return ['prefix', 'past'].reduce<number[][]>((histories, time) => {
      const held = this.fed[`${time}_${name}`];
      const [length = 0, rows = 0] = held?.dims ?? [];
      const data = held?.data as Float32Array;
      return Array.from({ length: rows }, (_, row) => [
        ...(histories[row] ?? []),
        ...Array.from({ length }, (_, at) => (data[(at * rows + row) * ROW] ?? 0) - index * 1000),
      ]);
    }, []);
  }
}

const keyValuesOf = (ids: readonly number[]) =>
  Float32Array.from(
    Array.from({ length: 2 * shape.layers }, (_, i) => ids.flatMap((id) => Array.from({ length: ROW }, () => id + i * 1000))).flat(),
  );

function holding(...ids: number[]): KeyValues {
  const held = KeyValues.empty(shape, 1);
  if (ids.length > 0) held.append(keyValuesOf(ids), ids.length);
  return held;
}

function decoderOn(lastProjected: Float32Array | null = null, maxContext = 500) {
  const session = new RecordingSession();
  const graph = new CausalGraph(session, shape, { topK: 1, dModel: WIDTH, givesHidden: false, isConditioned: lastProjected !== null });
  const prompt = { prefix: holding(1, 2, 3), past: holding(4, 5), lastProjected };
  return { session, prompt, decoder: new CausalDecoder(graph, maxContext, prompt) };
}

describe('CausalDecoder', () => {
  it('reads on from the prompt, in order, over growths of its buffers', async () => {
    const { session, decoder } = decoderOn();
    for (let id = 6; id < 156; id++) {
      await decoder.step([id]);
      expect(session.histories()).toEqual([Array.from({ length: id - 1 }, (_, i) => i + 1)]);
      expect(session.sees()).toEqual({ visible: [id], positions: [id - 1] });
    }
  });

  it('reads several tokens in one run, none of which sees a later one', async () => {
    const { session, decoder } = decoderOn();
    const { ids } = await decoder.extend([6, 7, 8]);
    expect(ids.length).toBe(3);
    expect(session.sees()).toEqual({ visible: [6, 7, 8], positions: [5, 6, 7] });
    decoder.truncate(1);
    await decoder.step([9]);
    expect(session.histories()).toEqual([[1, 2, 3, 4, 5, 6]]);
  });

  it('never forgets the prompt', async () => {
    const { session, decoder } = decoderOn();
    await decoder.step([6]);
    decoder.truncate(0);
    await decoder.step([7]);
    expect(session.histories()).toEqual([[1, 2, 3, 4, 5]]);
  });

  it('goes on in rows of its own, all after the same prompt', async () => {
    const { session, decoder } = decoderOn();
    await decoder.step([6]);
    decoder.gather([0, 0, 0]);
    await decoder.step([7, 8, 9]);
    decoder.gather([2, 0]);
    await decoder.step([10, 11]);
    expect(session.histories()).toEqual([
      [1, 2, 3, 4, 5, 6, 9],
      [1, 2, 3, 4, 5, 6, 7],
    ]);
  });

  it('leaves what it was given to others', async () => {
    const { session, prompt, decoder } = decoderOn();
    const other = new CausalDecoder(
      new CausalGraph(session, shape, { topK: 1, dModel: WIDTH, givesHidden: false, isConditioned: false }),
      500,
      prompt,
    );
    await decoder.step([6]);
    await other.step([7]);
    await other.step([8]);
    expect(session.histories()).toEqual([[1, 2, 3, 4, 5, 7]]);
    await decoder.step([9]);
    expect(session.histories()).toEqual([[1, 2, 3, 4, 5, 6]]);
  });

  it('adds what was projected to the last token of the prompt and to no other', async () => {
    const states = Float32Array.of(1, 2, 3, 4, 5);
    const { session, decoder } = decoderOn(states);
    const projected = () => Array.from(session.fed.projected?.data as Float32Array);
    await decoder.extend([6, 7]);
    expect(projected()).toEqual([1, 2, 3, 4, 5, 0, 0, 0, 0, 0]);
    await decoder.step([8]);
    expect(projected()).toEqual([0, 0, 0, 0, 0]);
    decoder.truncate(0);
    await decoder.step([6]);
    expect(projected()).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses what the context does not hold', async () => {
    const { decoder } = decoderOn(null, 7);
    await decoder.step([6]);
    await expect(decoder.extend([7, 8])).rejects.toThrow('at most 7 tokens');
    await expect(decoder.extend([1, 2, 3, 4, 5])).rejects.toThrow('expected 1 to 4');
  });
});

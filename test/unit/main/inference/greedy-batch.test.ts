import { describe, expect, it } from 'vitest';
import { beam } from '../../../../src/main/inference/decode/beam';
import type { Candidates, Decoder, Ending } from '../../../../src/main/inference/decode/decoder';
import { greedy } from '../../../../src/main/inference/decode/greedy';
import { greedyBatch, type EndedRow } from '../../../../src/main/inference/decode/greedy-batch';
import { stopAtLoop } from '../../../../src/main/inference/decode/loop-detection';
import { ScoredDecoder } from '../../../../src/main/inference/decode/scored-decoder';
import { babble, EOS, ScriptedDecoder, START, type Script } from './scripted-decoder';

/** Several prompts, each with a model of its own, as rows of one decoder. */
class ScriptedRows implements Decoder {
  readonly maxStep = 1;
  readonly topK = 4;
  readonly rowsOfSteps: number[] = [];
  private rows: ScriptedDecoder[];

  constructor(scripts: readonly Script[]) {
    this.rows = scripts.map((script) => new ScriptedDecoder(script, this.topK));
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.rows.length) throw new Error(`got ${ids.length} ids for ${this.rows.length} rows`);
    this.rowsOfSteps.push(ids.length);
    const all = await Promise.all(this.rows.map((row, i) => row.step([ids[i] ?? -1])));
    return {
      ids: Int32Array.from(all.flatMap((one) => [...one.ids])),
      logprobs: Float32Array.from(all.flatMap((one) => [...one.logprobs])),
    };
  }

  gather(rows: readonly number[]): void {
    this.rows = rows.flatMap((row) => this.rows[row] ?? []);
  }

  extend(): Promise<Candidates> {
    throw new Error('not for several rows');
  }

  truncate(): void {
    throw new Error('not asked for');
  }
}

const ids = { startId: START, eosId: EOS };
const plain = { sourceIds: [5, 6, 7], maxTokens: 40 };

async function all(steps: AsyncGenerator<EndedRow[], void, undefined>): Promise<EndedRow[]> {
  const ended: EndedRow[] = [];
  for await (const step of steps) ended.push(...step);
  return ended;
}

async function alone(script: Script, row: typeof plain): Promise<{ ids: number[]; ending: Ending | 'loop' }> {
  const deltas = stopAtLoop(greedy(new ScriptedDecoder(script), { ...ids, maxTokens: row.maxTokens }), row.sourceIds);
  const written: number[] = [];
  for (;;) {
    const step = await deltas.next();
    if (step.done) return { ids: written, ending: step.value };
    written.splice(step.value.keep, Infinity, ...step.value.append);
  }
}

describe('greedyBatch', () => {
  it('writes for each row what greedy writes for it alone, and drops rows as they end', async () => {
    const scripts = Array.from({ length: 20 }, (_, seed) => babble(seed + 1));
    const decoder = new ScriptedRows(scripts);
    const ended = await all(greedyBatch(decoder, scripts.map(() => plain), ids)); // prettier-ignore
    expect(ended.map(({ row }) => row).sort((a, b) => a - b)).toEqual(scripts.map((_, row) => row));
    for (const { row, ...written } of ended) {
      expect(written).toMatchObject(await alone(scripts[row] ?? babble(1), plain));
    }
    expect(new Set(ended.map((row) => row.ids.length)).size).toBeGreaterThan(3);
    expect(decoder.rowsOfSteps[0]).toBe(20);
    expect(decoder.rowsOfSteps).toEqual([...decoder.rowsOfSteps].sort((a, b) => b - a));
    expect(decoder.rowsOfSteps.at(-1)).toBeLessThan(20);
  });

  it('ends rows at their own limits, cuts loops, and lets a source that loops be translated so', async () => {
    const forever: Script = (written) => ({ [2 + (written.length % 7)]: 1 });
    const loop: Script = (written) => (written.length < 30 ? { 2: 1 } : { [EOS]: 1 });
    const looping = { sourceIds: Array.from({ length: 20 }, () => 9), maxTokens: 40 };
    const rows = [{ ...plain, maxTokens: 5 }, plain, looping];
    const scripts = [forever, loop, loop];
    const ended = await all(greedyBatch(new ScriptedRows(scripts), rows, ids));
    expect(ended.map(({ row, ending, ids: written }) => [row, ending, written.length])).toEqual([[0, 'length', 5], [1, 'loop', 1], [2, 'stop', 30]]); // prettier-ignore
    for (const { row, ids: written, ending } of ended) {
      expect({ ids: written, ending }).toEqual(await alone(scripts[row] ?? loop, rows[row] ?? plain));
    }
  });

  it('sums the probabilities of what was written, end of sentence counted', async () => {
    const script: Script = (written) => (written.length < 2 ? { 4: 0.5, 5: 0.4 } : { [EOS]: 0.25, 6: 0.2 });
    const [row] = await all(greedyBatch(new ScriptedRows([script]), [plain], ids));
    expect(row).toMatchObject({ ids: [4, 4], ending: 'stop', steps: 3 });
    expect(Math.exp(row?.logprob ?? 0)).toBeCloseTo(0.5 * 0.5 * 0.25, 5);
  });

  it('runs nothing for no rows', async () => {
    const decoder = new ScriptedRows([]);
    expect(await all(greedyBatch(decoder, [], ids))).toEqual([]);
    expect(decoder.rowsOfSteps).toEqual([]);
  });
});

describe('ScoredDecoder', () => {
  it('knows the probability of whatever a strategy wrote', async () => {
    for (let seed = 1; seed < 30; seed++) {
      for (const strategy of [greedy, beam(2), beam(4)]) {
        const script = babble(seed);
        const decoder = new ScoredDecoder(new ScriptedDecoder(script, 8));
        const written: number[] = [];
        const deltas = strategy(decoder, { ...ids, maxTokens: 12 });
        let step = await deltas.next();
        for (; !step.done; step = await deltas.next()) written.splice(step.value.keep, Infinity, ...step.value.append);
        const scored = step.value === 'stop' ? [...written, EOS] : written;
        const expected = scored.reduce((sum, id, i) => sum + Math.log(script(scored.slice(0, i))[id] ?? 0), 0);
        expect(decoder.logprobOf(scored)).toBeCloseTo(expected, 3);
      }
    }
  });

  it('follows extend and truncate', async () => {
    const script = babble(3);
    const decoder = new ScoredDecoder(new ScriptedDecoder(script, 8));
    await decoder.step([START]);
    await decoder.extend([3, 4, 5]);
    decoder.truncate(2);
    await decoder.step([6]);
    const expected = Math.log(script([])[3] ?? 0) + Math.log(script([3])[6] ?? 0) + Math.log(script([3, 6])[2] ?? 0);
    expect(decoder.logprobOf([3, 6, 2])).toBeCloseTo(expected, 3);
  });
});

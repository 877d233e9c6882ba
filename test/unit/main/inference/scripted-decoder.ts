/** A decoder of a few words: what may follow is a function of what was written. For testing strategies without a model. */
import type { Candidates, Decoder } from '../../../../src/main/inference/decode/decoder';

export const START = 0;
export const EOS = 1;

/** Next-token probabilities by id, given the ids written so far (without start). */
export type Script = (written: readonly number[]) => Readonly<Record<number, number>>;

export class ScriptedDecoder implements Decoder {
  /** What each row has read, start included. */
  rows: number[][] = [[]];
  steps = 0;

  constructor(
    private readonly script: Script,
    readonly topK = 4,
    readonly maxStep = 8,
  ) {}

  step(ids: readonly number[]): Promise<Candidates> {
    if (ids.length !== this.rows.length) throw new Error(`got ${ids.length} ids for ${this.rows.length} rows`);
    this.steps++;
    this.rows.forEach((row, i) => {
      if (row.at(-1) === EOS) throw new Error('a step after the end of sentence');
      row.push(ids[i] ?? -1);
    });
    return Promise.resolve(this.candidates(this.rows));
  }

  extend(ids: readonly number[]): Promise<Candidates> {
    const [row] = this.rows;
    if (!row || this.rows.length !== 1) throw new Error(`several tokens extend one row, not ${this.rows.length}`);
    if (ids.length < 1 || ids.length > this.maxStep) throw new Error(`got ${ids.length} ids, expected 1 to ${this.maxStep}`);
    this.steps++;
    const places = ids.map((_, i) => [...row, ...ids.slice(0, i + 1)]);
    row.push(...ids);
    return Promise.resolve(this.candidates(places));
  }

  gather(rows: readonly number[]): void {
    this.rows = rows.map((row) => [...(this.rows[row] ?? [])]);
  }

  truncate(length: number): void {
    for (const row of this.rows) row.length = Math.min(row.length, length);
  }

  /** What may follow each of these histories, start included. */
  private candidates(histories: readonly (readonly number[])[]): Candidates {
    const best = histories.flatMap((history) => {
      const probabilities = Object.entries(this.script(history.slice(1))).map(([id, probability]) => [Number(id), probability] as const);
      // Ids that the script does not name fill up the candidates, as improbable as a masked token.
      const filled = [...probabilities, ...Array.from({ length: this.topK }, (_, i) => [900 + i, 1e-30] as const)];
      return filled.sort((a, b) => b[1] - a[1]).slice(0, this.topK);
    });
    return {
      ids: Int32Array.from(best, ([id]) => id),
      logprobs: Float32Array.from(best, ([, probability]) => Math.log(probability)),
    };
  }
}

/** A deterministic, made-up language model over `words` ids from 2 on; sentences end after a while. */
export function babble(seed: number, words = 6): Script {
  return (written) => {
    let state = seed;
    for (const id of written) state = (state * 31 + id * 17 + 7) % 10007;
    const weights = Array.from({ length: words }, (_, i) => 1 + ((state * (i + 3) * (i + 11)) % 97));
    const end = 1 + written.length * 12 + (state % 40);
    const sum = weights.reduce((total, weight) => total + weight, end);
    return Object.fromEntries([[EOS, end / sum], ...weights.map((weight, i) => [i + 2, weight / sum])]) as Record<number, number>;
  };
}

/** A decoder that remembers how probable everything was that was written with it: what a strategy returns can be scored afterwards. */
import type { Candidates, Decoder } from './decoder';

/** Some tokens, start not counted: the sum of their log-probabilities, and those of what may follow. */
interface Prefix {
  logprob: number;
  next: ReadonlyMap<number, number>;
}

export class ScoredDecoder implements Decoder {
  readonly topK: number;
  readonly maxStep: number;
  /** What each row has written; null before the start token. */
  private rows: (readonly number[] | null)[] = [null];
  private readonly prefixes = new Map<string, Prefix>();

  constructor(private readonly decoder: Decoder) {
    this.topK = decoder.topK;
    this.maxStep = decoder.maxStep;
  }

  async step(ids: readonly number[]): Promise<Candidates> {
    const candidates = await this.decoder.step(ids);
    this.rows = this.rows.map((row, i) => this.remember(row, ids[i] ?? -1, candidates, i));
    return candidates;
  }

  async extend(ids: readonly number[]): Promise<Candidates> {
    const candidates = await this.decoder.extend(ids);
    let row = this.rows[0] ?? null;
    ids.forEach((id, place) => (row = this.remember(row, id, candidates, place)));
    this.rows = [row];
    return candidates;
  }

  gather(rows: readonly number[]): void {
    this.decoder.gather(rows);
    this.rows = rows.map((row) => this.rows[row] ?? null);
  }

  truncate(length: number): void {
    this.decoder.truncate(length);
    this.rows = this.rows.map((row) => (length === 0 ? null : (row?.slice(0, length - 1) ?? null)));
  }

  /** The sum of log-probabilities of ids that were written, without start; NaN for others. */
  logprobOf(ids: readonly number[]): number {
    const last = ids.at(-1);
    const prefix = this.prefixes.get(keyOf(ids.slice(0, -1)));
    return last === undefined ? 0 : (prefix?.logprob ?? Number.NaN) + (prefix?.next.get(last) ?? Number.NaN);
  }

  private remember(row: readonly number[] | null, id: number, { ids, logprobs }: Candidates, place: number): readonly number[] {
    const written = row === null ? [] : [...row, id];
    const logprob = this.logprobOf(written);
    const next = new Map<number, number>();
    for (let k = place * this.topK; k < (place + 1) * this.topK; k++) next.set(ids[k] ?? -1, logprobs[k] ?? -Infinity);
    this.prefixes.set(keyOf(written), { logprob, next });
    return written;
  }
}

const keyOf = (ids: readonly number[]) => ids.join(' ');

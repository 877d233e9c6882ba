/** How much of a document is done, and how long the rest will take at the rate that was measured. */
import { textOf } from '../../shared/inlines';
import type { Block } from './format';
import type { Journal } from './journal';
import { sentencesOf } from './sentence-walk';

/** What a sentence costs besides its length, in UTF-16 code units. */
const WEIGHT_OF_SENTENCE = 12;

export class Remaining {
  /** In units of weight: what engines have translated since they began, and what they have not. */
  private worked = 0;
  private left = 0;
  private begunAt: number | null = null;

  private constructor(
    readonly segments: number,
    public done: number,
    /** How often a missing sentence occurs, and its weight, by key. */
    private readonly missing: Map<string, { times: number; readonly weight: number }>,
  ) {
    for (const { weight } of missing.values()) this.left += weight;
  }

  static async of(blocks: readonly Block[], journal: Journal): Promise<Remaining> {
    const missing = new Map<string, { times: number; readonly weight: number }>();
    let segments = 0;
    let done = 0;
    for await (const { key, segment } of sentencesOf(blocks)) {
      segments++;
      const known = missing.get(key);
      if (journal.segment(key)) done++;
      else if (known) known.times++;
      else missing.set(key, { times: 1, weight: textOf(segment.inlines).length + WEIGHT_OF_SENTENCE });
    }
    return new Remaining(segments, done, missing);
  }

  /** Of what is missing, in reading order. */
  keys(): Iterable<string> {
    return this.missing.keys();
  }

  /** An engine works: what went before (opening the pack) will not come again. */
  begin(): void {
    this.begunAt ??= performance.now();
  }

  /** `isWork`: whether an engine had to do with it. */
  take(key: string, isWork: boolean): void {
    const { times, weight } = this.missing.get(key) ?? { times: 0, weight: 0 };
    this.missing.delete(key);
    this.done += times;
    this.left -= weight;
    if (isWork) this.worked += weight;
  }

  /** Null before a twentieth is done: the first sentences tell little. */
  ms(): number | null {
    if (this.begunAt === null || this.worked === 0 || this.worked * 19 < this.left) return null;
    return ((performance.now() - this.begunAt) / this.worked) * this.left;
  }
}

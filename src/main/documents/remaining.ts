/** How much of a document is done, and how long the rest will take at the rate that was measured. */
import { textOf } from '../../shared/inlines';
import type { Block } from './format';
import type { Journal } from './journal';
import { sentencesOf } from './sentence-walk';

/** What a sentence costs besides its length, in UTF-16 code units: tokenizing, and a run of each graph that reads. */
const WEIGHT_OF_SENTENCE = 45;
/** So much of the whole, in weight, is worked between two looks at the clock. */
const LOOK_SHARE = 1 / 200;

/** A look at the clock. */
interface Look {
  readonly atMs: number;
  readonly worked: number;
}

export class Remaining {
  /** In units of weight: what engines have translated since they began, and what they have not. */
  private worked = 0;
  private left = 0;
  private readonly looks: Look[] = [];
  private readonly lookEvery: number;

  private constructor(
    readonly segments: number,
    public done: number,
    /** How often a missing sentence occurs, and its weight, by key. */
    private readonly missing: Map<string, { times: number; readonly weight: number }>,
  ) {
    for (const { weight } of missing.values()) this.left += weight;
    this.lookEvery = this.left * LOOK_SHARE;
  }

  static async of(blocks: readonly Block[], journal: Pick<Journal, 'segment'>): Promise<Remaining> {
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
    if (this.looks.length === 0) this.look();
  }

  /** `isWork`: whether an engine had to do with it. */
  take(key: string, isWork: boolean): void {
    const { times, weight } = this.missing.get(key) ?? { times: 0, weight: 0 };
    this.missing.delete(key);
    this.done += times;
    this.left -= weight;
    if (!isWork) return;
    this.worked += weight;
    if (this.worked - (this.looks.at(-1)?.worked ?? 0) >= this.lookEvery) this.look();
  }

  /**
   * At the rate of the later half of what was worked: engines begin slowly, and other programs come and go. Null before a twentieth is done: the
   * first sentences tell little.
   */
  ms(): number | null {
    const since = this.looks[this.looks.length >> 1];
    if (since === undefined || this.worked <= since.worked || this.worked * 19 < this.left) return null;
    return ((performance.now() - since.atMs) / (this.worked - since.worked)) * this.left;
  }

  private look(): void {
    this.looks.push({ atMs: performance.now(), worked: this.worked });
  }
}

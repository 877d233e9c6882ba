/** What an inline code does to the text around it: begins something, ends something, or stands for itself. */
import type { CodePair } from '../../../shared/check-codes';

export type CodeKind = 'open' | 'close' | 'alone';

export class CodeKinds {
  private readonly closes: ReadonlyMap<number, number>;
  private readonly opens: ReadonlyMap<number, number>;

  constructor(readonly pairs: readonly CodePair[]) {
    this.closes = new Map(pairs);
    this.opens = new Map(pairs.map(([open, close]) => [close, open]));
  }

  of(code: number): CodeKind {
    return this.closes.has(code) ? 'open' : this.opens.has(code) ? 'close' : 'alone';
  }

  /** The other code of its pair. */
  partnerOf(code: number): number | undefined {
    return this.closes.get(code) ?? this.opens.get(code);
  }
}

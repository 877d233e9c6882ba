/** Which of the tokens that a decoder wrote were taken over from a draft, and what drafting came to. Knows ids and counts, no text. */
import type { Pace } from '../decode/draft-pace';

/** A run of tokens, `end` not among them. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * - `copied`: drafted, and verified;
 * - `joint`: written after a draft that was right to its end, so that the next may go on behind it;
 * - `own`: neither.
 */
type Origin = 'copied' | 'joint' | 'own';

/** A pace that writes down what comes of each round. One for each output. */
export class CopyRecord implements Pace {
  private readonly origins: Origin[] = [];

  constructor(private readonly pace: Pace) {}

  begin(most: number): number {
    return this.pace.begin(most);
  }

  draft(work: () => Promise<readonly number[]>): Promise<readonly number[]> {
    return this.pace.draft(work);
  }

  read<T>(tokens: number, work: () => Promise<T>): Promise<T> {
    return this.pace.read(tokens, work);
  }

  end(drafted: number, accepted: number): void {
    this.pace.end(drafted, accepted);
    for (let token = 0; token < accepted; token++) this.origins.push('copied');
    this.origins.push(accepted > 0 && accepted === drafted ? 'joint' : 'own');
  }

  /** The spans among the first `length` tokens; a token between two drafts that went on behind it belongs to them. */
  spans(length: number): TokenSpan[] {
    const isCopied = this.origins.map(
      (origin, token) => origin === 'copied' || (origin === 'joint' && this.origins[token + 1] === 'copied'),
    );
    const spans: TokenSpan[] = [];
    for (let token = 0; token < Math.min(length, isCopied.length); token++) {
      if (!isCopied[token]) continue;
      const last = spans.at(-1);
      if (last?.end === token) spans[spans.length - 1] = { start: last.start, end: token + 1 };
      else spans.push({ start: token, end: token + 1 });
    }
    return spans;
  }
}

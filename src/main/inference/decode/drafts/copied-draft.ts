import type { DraftSource } from './draft-source';

/** Longest end of what was written that is looked for in the source. */
const LONGEST_MATCH = 4;

/**
 * Guesses that what follows in the source follows in the output: names, numbers and addresses stay as they are.
 * Looks for the longest end of what was written, `shortestMatch` tokens at least, and takes the first place that has it.
 */
export class CopiedDraft implements DraftSource {
  /** `source`: ids of the text, without what the tokenizer puts around it. */
  constructor(
    private readonly source: readonly number[],
    private readonly shortestMatch: number,
  ) {}

  draft(written: readonly number[], most: number): Promise<readonly number[]> {
    for (let length = Math.min(LONGEST_MATCH, written.length); length >= this.shortestMatch; length--) {
      const after = this.placeAfter(written.slice(written.length - length));
      if (after !== null) return Promise.resolve(this.source.slice(after, after + most));
    }
    return Promise.resolve([]);
  }

  /** Where the source goes on after these ids; null where it does not have them, or ends with them. */
  private placeAfter(ids: readonly number[]): number | null {
    const last = this.source.length - ids.length;
    for (let start = 0; start < last; start++) {
      if (ids.every((id, i) => this.source[start + i] === id)) return start + ids.length;
    }
    return null;
  }
}

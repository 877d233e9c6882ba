/** A user's own test set: pairs of a sentence and its reference translation, and what keeps a file from being one. */

export interface TestPair {
  /** Where it stands in its file, from 1. */
  line: number;
  source: string;
  reference: string;
}

export interface TestSet {
  /** Of the file or files. */
  name: string;
  pairs: readonly TestPair[];
  /** Of two text files: which is which. */
  sides: { source: string; reference: string } | null;
  /** Units that do not have both languages. */
  skipped: number;
  /** Sources that stand there more than once. */
  duplicates: number;
}

export interface TestFile {
  name: string;
  bytes: Uint8Array;
}

/** Why files are no test set; in words when it is shown, in the language of then. */
export class TestSetProblem extends Error {
  constructor(readonly words: () => string) {
    super(words());
    this.name = 'TestSetProblem';
  }
}

export const MOST_PAIRS = 5_000;
export const MOST_BYTES = 20_000_000;
/** UTF-16 code units of a source or a reference. */
export const MOST_CHARACTERS = 2_000;

export function testSetOf(name: string, pairs: readonly TestPair[], more: Partial<Pick<TestSet, 'sides' | 'skipped'>> = {}): TestSet {
  const duplicates = pairs.length - new Set(pairs.map(({ source }) => source)).size;
  return { name, pairs, sides: more.sides ?? null, skipped: more.skipped ?? 0, duplicates };
}

/** A user's own test set: pairs of a source and its reference, a translation or a summary, and what keeps a file from being one. */
import { type ComparedTask } from '../compare/compared';

export interface TestPair {
  /** Where it stands in its file, from 1. */
  line: number;
  source: string;
  reference: string;
}

export interface TestSet {
  task: ComparedTask;
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

/** What a test set is read for. */
export type Wanted = { task: 'translate'; from: string; to: string } | { task: 'summarize' };

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
/** UTF-16 code units. */
export const MOST_CHARACTERS: Record<ComparedTask, { source: number; reference: number }> = {
  translate: { source: 2_000, reference: 2_000 },
  summarize: { source: 200_000, reference: 20_000 },
};

export function testSetOf(
  task: ComparedTask,
  name: string,
  pairs: readonly TestPair[],
  more: Partial<Pick<TestSet, 'sides' | 'skipped'>> = {},
): TestSet {
  const duplicates = pairs.length - new Set(pairs.map(({ source }) => source)).size;
  return { task, name, pairs, sides: more.sides ?? null, skipped: more.skipped ?? 0, duplicates };
}

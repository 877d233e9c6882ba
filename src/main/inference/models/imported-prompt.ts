/**
 * The prompt of an imported model as one list of ids, as prompts are passed on everywhere: what its encoder reads, then the ids that the output
 * has to begin with. Those are moved up by the size of the vocabulary, where no id is, so that neither is taken for the other.
 */

export function promptOf(read: readonly number[], forced: readonly number[], vocabSize: number): number[] {
  return [...read, ...forced.map((id) => id + vocabSize)];
}

export function partsOf(prompt: readonly number[], vocabSize: number): { read: number[]; forced: number[] } {
  return {
    read: prompt.filter((id) => id < vocabSize),
    forced: prompt.filter((id) => id >= vocabSize).map((id) => id - vocabSize),
  };
}

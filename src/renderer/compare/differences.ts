import { useState } from 'react';
import { wholeText } from '../growing-text';
import { type Column } from './compare-run';
import { compareWords, type WordDifference } from './words';

export type DifferenceOf = (reference: Column | undefined, generation: Column | undefined) => WordDifference | null;

/** Word differences between finished texts, each pair worked out once. Null for a text with itself, and while one is being written. */
export function useDifferences(): DifferenceOf {
  const [differenceOf] = useState(() => {
    const known = new WeakMap<Column, { reference: Column; difference: WordDifference | null }>();
    return (reference: Column | undefined, generation: Column | undefined) => {
      if (reference?.phase !== 'done' || generation?.phase !== 'done' || reference === generation) return null;
      const kept = known.get(generation);
      if (kept?.reference === reference) return kept.difference;
      const difference = compareWords(wholeText(reference.output), wholeText(generation.output));
      known.set(generation, { reference, difference });
      return difference;
    };
  });
  return differenceOf;
}

/** Whether a sentence is in the target language already: then it is not for the translator. Doubt means no. */
import type { Task } from '../../shared/inference/lanes';

export type IsInTarget = (text: string) => boolean;

/** Shorter texts hold too little to tell languages apart by, in letters. */
const SHORTEST = 20;
/**
 * How much better the target language must fit than the source language, in the detector's scores (0 to 1). With it, none of 4,423 English
 * sentences of the training corpora was taken for German or French; four of five German and French ones were known.
 */
const MARGIN = 0.1;

/** Loads the detector, which is large, when it is needed. */
export async function targetLanguage({ from, to }: Task): Promise<IsInTarget> {
  const { eld } = await import('eld/small');
  return (text) => {
    if ((text.match(/\p{L}/gu) ?? []).length < SHORTEST) return false;
    const found = eld.detect(text);
    if (found.language !== to || !found.isReliable()) return false;
    const scores = found.getScores();
    return (scores[to] ?? 0) - (scores[from] ?? 0) >= MARGIN;
  };
}

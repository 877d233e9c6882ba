/** The language a text is in, for offering the right one. Doubt is said, never hidden. */
import type { DetectedLanguage } from '../shared/app-api';

/** Shorter texts hold too little to tell languages apart by, in letters. */
const SHORTEST = 12;
/** How far ahead of the next language a sure one is, in the detector's scores (0 to 1). */
const MARGIN = 0.1;

/** The detector, which is large, is loaded when it is first needed. */
export async function detectLanguage(text: string): Promise<DetectedLanguage> {
  if ((text.match(/\p{L}/gu) ?? []).length < SHORTEST) return { language: null, confidence: 0, reliable: false };
  const { eld } = await import('eld/small');
  const found = eld.detect(text);
  const [best, next] = Object.values(found.getScores()).toSorted((a, b) => b - a);
  const ahead = (best ?? 0) - (next ?? 0);
  return {
    language: found.language === '' ? null : found.language,
    // Twice the margin is as sure as it gets.
    confidence: Math.min(1, Math.max(0, ahead / (2 * MARGIN))),
    reliable: found.isReliable() && ahead >= MARGIN,
  };
}

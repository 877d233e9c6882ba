/** What a reader is told to check. */
import { z } from 'zod';

/**
 * Why a reader should check a segment, the mildest first:
 * - `glossary`: a term of the glossary is in the source, and its translation is not in the output;
 * - `numbers`: source and translation do not hold the same numbers (thousands and decimal separators aside);
 * - `repeats`: some words come again in the same order, and do not in the source;
 * - `untranslated`: most of its words in small letters are the source's;
 * - `short`: the translation of a longer source is less than a third of its length;
 * - `length`: the decoder reached its limit before the end of the sentence;
 * - `loop`: it began to repeat itself, the repetition was cut;
 * - `codes`: the model did not place the inline codes; it translated the text without them and they stand by position, or the source was
 *   kept;
 * - `empty`: it wrote nothing; the source was kept.
 */
export const segmentReasonSchema = z.enum(['glossary', 'numbers', 'repeats', 'untranslated', 'short', 'length', 'loop', 'codes', 'empty']);
export type SegmentReason = z.infer<typeof segmentReasonSchema>;

/** A segment whose output a reader should check, as a range of the output text in UTF-16 code units. */
export const flagSchema = z.strictObject({
  /** The worst of its reasons. */
  reason: segmentReasonSchema,
  start: z.number().int(),
  end: z.number().int(),
});
export type Flag = z.infer<typeof flagSchema>;

/** What is told of a summary beside its text. */
import { z } from 'zod';

/** A range of a text in UTF-16 code units. */
export const rangeSchema = z.strictObject({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() });
export type Range = z.infer<typeof rangeSchema>;

/** A sentence or point of a summary and what it rests on. */
const summarySentenceSchema = rangeSchema.extend({
  /** The sentences of the source that are nearest to it, best first, as ranges of the source; none where nothing supports it. */
  sources: z.array(rangeSchema.extend({ score: z.number().min(0).max(1) })),
  /** Numbers and names in it that the source does not hold, as ranges of the summary. */
  unknown: z.array(rangeSchema.extend({ kind: z.enum(['number', 'name']) })),
  /** It is a sentence of the source, of which a headline may leave words out and a transcript's sentence its hesitations: what was written did not rest on the text, or was too little. */
  isTaken: z.boolean(),
});
export type SummarySentence = z.infer<typeof summarySentenceSchema>;

/** What was read and how a summary came about. */
export const summarySchema = z.strictObject({
  sentences: z.array(summarySentenceSchema),
  /**
   * Tokens of all steps that were taken over a span at a time from what was read, the source or the summaries of its parts, each verified by
   * the writing model (LLMA, arXiv 2304.04487).
   */
  copying: z.strictObject({ drafted: z.number().int(), accepted: z.number().int() }),
  /** Spans of the summary that were taken over so in the last step. */
  copied: z.array(rangeSchema),
  /** Sentences that were written in the last step and are not shown. */
  leftOut: z.strictObject({
    /** They said again what another one says. */
    repeated: z.number().int(),
    /** The source does not hold what they say. */
    unsupported: z.number().int(),
  }),
  /** The text is in this language (ISO 639-1), which the pack does not read: nothing was written, all sentences are the text's own. */
  foreignLanguage: z.string().optional(),
});
export type Summary = z.infer<typeof summarySchema>;

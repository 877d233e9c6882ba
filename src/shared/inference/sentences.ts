/** Sentences as they travel: their text with inline codes, what was written for them, and what can be told of it. */
import { z } from 'zod';
import { codesProblem, type CodePair } from '../check-codes';
import { inlinesSchema, type Inlines } from '../inlines';

const pairsSchema = z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).readonly()).readonly();

/** Adds an issue where codes stand twice or are not nested. */
function checkCodes({ inlines, pairs }: { inlines: Inlines; pairs: readonly CodePair[] }, context: z.RefinementCtx): void {
  const problem = codesProblem(inlines, inlines, pairs);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
}

/** A sentence, usually: text with inline codes, each code once. */
export const segmentSchema = z
  .strictObject({
    inlines: inlinesSchema.readonly(),
    /**
     * Codes that open and close something. Where both are in the segment the translation keeps them nested; where one is not, what it
     * belongs to began before the segment or ends after it. Pairs of other segments do no harm.
     */
    pairs: pairsSchema.default([]),
  })
  .superRefine(checkCodes);
export type Segment = z.infer<typeof segmentSchema>;

export const tokenIdsSchema = z.array(z.number().int().nonnegative()).readonly();

/**
 * A sentence as the engine cut and read it. Whoever asks about it gives it back as a `sentence` event told it, with ids that the engine
 * told: tokenizing text again need not give the same.
 */
export const sentenceSchema = z
  .strictObject({
    /** Codes stand for what must survive exactly. */
    inlines: inlinesSchema.readonly(),
    pairs: pairsSchema,
    /** What each of those codes stands for. */
    hidden: z.array(z.tuple([z.number().int().nonnegative(), z.string()]).readonly()).readonly(),
  })
  .superRefine(checkCodes);
export type Sentence = z.infer<typeof sentenceSchema>;

/** What was written for a sentence, and where each of its tokens stands in the text. */
export const writtenSchema = z.strictObject({
  /** Without start and end of sentence. */
  ids: tokenIdsSchema,
  /** UTF-16 length of the text up to the end of each token; they never fall. */
  ends: z.array(z.number().int().nonnegative()).readonly(),
});
export type Written = z.infer<typeof writtenSchema>;

/** One of the most probable outputs of a sentence. */
export const versionSchema = writtenSchema.extend({
  text: z.string(),
  /** Geometric mean of the tokens' probabilities, end of sentence counted. */
  confidence: z.number().min(0).max(1),
});
export type Version = z.infer<typeof versionSchema>;

/** A word that may stand in a place: one of the best next tokens there, and what the lane writes after it to the end of the word. */
export const candidateSchema = z.strictObject({
  ids: tokenIdsSchema,
  text: z.string(),
  /** Of the first of its tokens. */
  probability: z.number().min(0).max(1),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** What the LLM thinks of one token. */
export const opinionSchema = z.strictObject({
  /** 0: the LLM would have written it too; null: it is not among the candidates that its decoder tells. */
  rank: z.number().int().nonnegative().nullable(),
  /** Null where `rank` is. */
  probability: z.number().min(0).max(1).nullable(),
  /** The word that the LLM would have written instead; empty: it would have ended the sentence. Null where `rank` is 0. */
  instead: z.string().nullable(),
});
export type Opinion = z.infer<typeof opinionSchema>;

/** What goes in through the port between a client (window, document job, CLI, bench) and the inference process. */
import { z } from 'zod';
import { MAX_TERMS, termSchema } from '../glossary';
import { laneSchema, summaryFormSchema, summaryLengthSchema } from '../pack';
import { decodingSchema, requestLaneSchema, taskSchema } from './lanes';
import { segmentSchema, sentenceSchema, tokenIdsSchema } from './sentences';

/** Terms of the glossary that a translation is to use; those that the source does not hold do no harm. */
const termsSchema = z.array(termSchema).max(MAX_TERMS).readonly().optional();

export const generateRequestSchema = z.strictObject({
  kind: z.literal('generate'),
  /** Chosen by the client, unique on its port. */
  id: z.number().int().nonnegative(),
  packId: z.string(),
  task: taskSchema,
  lane: requestLaneSchema,
  decoding: decodingSchema,
  priority: z.enum(['interactive', 'batch']),
  text: z.string(),
  terms: termsSchema,
});
export type GenerateRequest = z.infer<typeof generateRequestSchema>;

/** Segments one request may hold. */
export const MAX_SEGMENTS = 256;

/** Segments of a document, translated many at a time; anything `interactive` goes first. */
export const segmentsRequestSchema = z.strictObject({
  kind: z.literal('segments'),
  /** Chosen by the client, unique on its port. */
  id: z.number().int().nonnegative(),
  packId: z.string(),
  task: taskSchema,
  lane: laneSchema,
  decoding: decodingSchema,
  segments: z.array(segmentSchema).max(MAX_SEGMENTS).readonly(),
  terms: termsSchema,
});
export type SegmentsRequest = z.infer<typeof segmentsRequestSchema>;

/** A text of any length: what is longer than the model reads at once is summarized in parts, and the summaries of the parts together. */
export const summarizeRequestSchema = z.strictObject({
  kind: z.literal('summarize'),
  /** Chosen by the client, unique on its port. */
  id: z.number().int().nonnegative(),
  packId: z.string(),
  lane: laneSchema,
  length: summaryLengthSchema,
  form: summaryFormSchema,
  text: z.string(),
  /** What the lane's decoder verifies several tokens at a time; the output is the same. Default: spans of the text. */
  drafts: z.enum(['copied', 'none']).optional(),
});
export type SummarizeRequest = z.infer<typeof summarizeRequestSchema>;

const aboutSentence = {
  /** Chosen by the client, unique on its port. */
  id: z.number().int().nonnegative(),
  packId: z.string(),
  task: taskSchema,
  sentence: sentenceSchema,
};

/**
 * Writes one sentence whose output begins with `prefix`, and streams it as a `generate` does. With an empty prefix it writes what
 * `generate` writes for the sentence, but shows it whatever it is: what went wrong is flagged and not written again.
 */
export const continueRequestSchema = z.strictObject({
  kind: z.literal('continue'),
  ...aboutSentence,
  lane: laneSchema,
  decoding: decodingSchema,
  prefix: tokenIdsSchema,
});
export type ContinueRequest = z.infer<typeof continueRequestSchema>;

/** The most probable outputs of one sentence, by one beam search. */
export const versionsRequestSchema = z.strictObject({
  kind: z.literal('versions'),
  ...aboutSentence,
  lane: laneSchema,
  /** How many to look for; fewer may differ in more than their ids. */
  count: z.number().int().min(2).max(8),
});
export type VersionsRequest = z.infer<typeof versionsRequestSchema>;

/** Which words may follow `prefix`, as each of the lanes sees it. */
export const candidatesRequestSchema = z.strictObject({
  kind: z.literal('candidates'),
  ...aboutSentence,
  lanes: z.array(laneSchema).min(1).readonly(),
  prefix: tokenIdsSchema,
});
export type CandidatesRequest = z.infer<typeof candidatesRequestSchema>;

/** What the LLM thinks of every token that was written for some sentences: one teacher-forced pass each. */
export const opinionRequestSchema = z.strictObject({
  kind: z.literal('opinion'),
  /** Chosen by the client, unique on its port. */
  id: z.number().int().nonnegative(),
  packId: z.string(),
  task: taskSchema,
  written: z
    .array(z.strictObject({ sentence: sentenceSchema, ids: tokenIdsSchema }))
    .max(MAX_SEGMENTS)
    .readonly(),
});
export type OpinionRequest = z.infer<typeof opinionRequestSchema>;

export const inferenceRequestSchema = z.discriminatedUnion('kind', [
  generateRequestSchema,
  segmentsRequestSchema,
  summarizeRequestSchema,
  continueRequestSchema,
  versionsRequestSchema,
  candidatesRequestSchema,
  opinionRequestSchema,
  z.strictObject({ kind: z.literal('cancel'), id: z.number().int().nonnegative() }),
  /** Open a pack ahead of use, so that the first request does not wait. */
  z.strictObject({ kind: z.literal('warm'), packId: z.string() }),
  /** Ask for a `status` event. One is also sent whenever it changes. */
  z.strictObject({ kind: z.literal('status') }),
]);
export type InferenceRequest = z.infer<typeof inferenceRequestSchema>;
/** As a client writes it: what has a default may be left out. */
export type InferenceRequestInput = z.input<typeof inferenceRequestSchema>;

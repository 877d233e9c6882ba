/** What comes out of the port: every request with an `id` ends with exactly one `done` or `failed`. */
import { z } from 'zod';
import { usedTermSchema } from '../glossary';
import { inlinesSchema } from '../inlines';
import { laneSchema } from '../pack';
import { engineErrorSchema, engineStatusSchema } from './engine';
import { flagSchema, segmentReasonSchema } from './flags';
import { candidateSchema, opinionSchema, sentenceSchema, versionSchema, writtenSchema } from './sentences';
import { rangeSchema, summarySchema } from './summary';
import { STAGES, stageTimingsSchema } from './timings';

export const finishSchema = z.enum(['stop', 'cancelled']);
/** `stop`: every segment was worked on; those that did not end well are listed as `flagged`. */
export type Finish = z.infer<typeof finishSchema>;

/** What drafting came to in a request of the `exact` lane. */
export const speculationSchema = z.strictObject({
  /** Tokens that were drafted and read by the LLM. */
  drafted: z.number().int(),
  /** Those of them that are the LLM's own. */
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** Drafting was slower than writing plainly, as measured on this text; the rest was written by the LLM alone. */
  gaveUp: z.boolean(),
});
export type Speculation = z.infer<typeof speculationSchema>;

/** Of a summary: how much of all its work is done, in time, at the rates measured so far; it never goes back. */
const doneSchema = z.number().min(0).max(1).optional();
const eventId = z.number().int().nonnegative();

export const inferenceEventSchema = z.discriminatedUnion('kind', [
  /** Work began: a text of `segments` sentences, as many segments as were asked for, or a summary in so many steps. */
  z.strictObject({ kind: z.literal('started'), id: eventId, segments: z.number().int() }),
  /** The stage now running for a segment began, with the sums so far. `load`: the pack is opened before anything else is done. */
  z.strictObject({
    kind: z.literal('stage'),
    id: eventId,
    stage: z.enum(['load', ...STAGES]),
    segment: z.number().int(),
    /** How much of the stage is done, where that is known: a long part is read in slices, and each of them is told. */
    fraction: z.number().min(0).max(1).optional(),
    done: doneSchema,
    timings: stageTimingsSchema,
  }),
  /** The output text changed; `tokens` written so far over all segments. */
  z.strictObject({
    kind: z.literal('delta'),
    id: eventId,
    keep: z.number().int(),
    append: z.string(),
    tokens: z.number().int(),
    done: doneSchema,
    timings: stageTimingsSchema,
  }),
  /** Of a `generate` and a `continue`: a sentence is written that can be asked about. What was put together from several outputs cannot. */
  z.strictObject({
    kind: z.literal('sentence'),
    id: eventId,
    sentence: sentenceSchema,
    /** Which lane wrote it: the one that was asked, or the LLM where that was not fit to show. */
    lane: laneSchema,
    written: writtenSchema,
    /** Where it stands in the output text. */
    start: z.number().int().nonnegative(),
    end: z.number().int().nonnegative(),
  }),
  /** Of a `versions`: best first, no two with the same text. */
  z.strictObject({ kind: z.literal('versions'), id: eventId, versions: z.array(versionSchema) }),
  /** Of a `candidates`, once for each lane in their order: the most probable first, no two with the same text; none where it cannot read the prefix. */
  z.strictObject({ kind: z.literal('candidates'), id: eventId, lane: laneSchema, candidates: z.array(candidateSchema) }),
  /** Of an `opinion`, once for each sentence in their order: of every token written, and last of the end of sentence. */
  z.strictObject({ kind: z.literal('opinion'), id: eventId, index: z.number().int().nonnegative(), opinions: z.array(opinionSchema) }),
  /** A segment of a `segments` request is translated. They come in the order they end, each once. */
  z.strictObject({
    kind: z.literal('segment'),
    id: eventId,
    /** Which one of the request's. */
    index: z.number().int().nonnegative(),
    inlines: inlinesSchema,
    tokens: z.number().int(),
    /** Without repetition; empty when all is well. */
    flags: z.array(segmentReasonSchema),
    /** Geometric mean of the written tokens' probabilities, end of sentence counted; 1 where nothing had to be translated. */
    confidence: z.number().min(0).max(1),
    /** The terms of the request that its source holds. */
    terms: z.array(usedTermSchema).optional(),
  }),
  /**
   * Of a `summarize`, after `started`: the parts that are summarized one after the other, as ranges of the source. Where there are several,
   * further steps join their summaries, a few at a time until one is left; the `segments` of `started` counts the parts and these. `stage`
   * events carry the step as `segment`, and `delta` events show the step that runs: each begins anew with a `keep` of 0.
   */
  z.strictObject({ kind: z.literal('plan'), id: eventId, parts: z.array(rangeSchema) }),
  /** Of a `summarize` in several parts: the summary of one is written. */
  z.strictObject({ kind: z.literal('part'), id: eventId, index: z.number().int().nonnegative(), text: z.string() }),
  z.strictObject({
    kind: z.literal('done'),
    id: eventId,
    finish: finishSchema,
    tokens: z.number().int(),
    /** As many as `started` told. */
    segments: z.number().int(),
    /** Sentences, or parts of a summary, whose encoding was still known from an earlier request. */
    reusedEncodings: z.number().int(),
    /** Sentences, or steps of a summary, that the LLM lane wrote, because what the lane that was asked wrote was not fit to show. */
    repaired: z.number().int(),
    /** Of a `generate` and a `continue`; the segments of a `segments` request carry their own flags. */
    flagged: z.array(flagSchema),
    /** Only of the `exact` lane. */
    speculation: speculationSchema.optional(),
    /** Of a `generate`: the terms of the request that its text holds, each once; used where every sentence that holds it has it. */
    terms: z.array(usedTermSchema).optional(),
    /** Only of a `summarize`. */
    summary: summarySchema.optional(),
    timings: stageTimingsSchema,
  }),
  z.strictObject({ kind: z.literal('failed'), id: eventId, error: engineErrorSchema }),
  z.strictObject({ kind: z.literal('status'), status: engineStatusSchema }),
]);
export type InferenceEvent = z.infer<typeof inferenceEventSchema>;

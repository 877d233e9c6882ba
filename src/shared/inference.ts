/**
 * What crosses the port between a client (window, document job, CLI, bench) and the inference process.
 * Requests go in, events come out; every `generate`, `segments` and `summarize` ends with exactly one `done` or `failed`.
 */
import { z } from 'zod';
import { codesProblem } from './check-codes';
import { inlinesSchema } from './inlines';
import { languageSchema, laneSchema, providerSchema, type Lane } from './pack';

export { laneSchema, type Lane, type Provider } from './pack';

/**
 * What a request may ask for: a lane of the pack, or `exact`: the hybrid drafts, the LLM reads the drafts and writes what it would have
 * written alone.
 */
export const requestLaneSchema = z.enum([...laneSchema.options, 'exact']);
export type RequestLane = z.infer<typeof requestLaneSchema>;

/** The lanes of the pack that a request's lane runs; the first is the one that writes. */
export function lanesOf(lane: RequestLane): readonly [Lane, ...Lane[]] {
  return lane === 'exact' ? ['llm', 'hybrid'] : [lane];
}

/** Keep the first `keep` units of what was there, then append. One shape for greedy, beam and repair; ids and text. */
export interface Delta<T> {
  keep: number;
  append: T;
}

/** `keep` counts UTF-16 code units. */
export function applyTextDelta(text: string, delta: Delta<string>): string {
  return text.slice(0, delta.keep) + delta.append;
}

export const decodingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('greedy') }),
  z.strictObject({ kind: z.literal('beam'), width: z.number().int().min(2).max(8) }),
]);
export type Decoding = z.infer<typeof decodingSchema>;

export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('translate'), from: languageSchema, to: languageSchema }),
]);
export type Task = z.infer<typeof taskSchema>;

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
});
export type GenerateRequest = z.infer<typeof generateRequestSchema>;

/** Segments one request may hold. */
export const MAX_SEGMENTS = 256;

/** A sentence, usually: text with inline codes, each code once. */
export const segmentSchema = z
  .strictObject({
    inlines: inlinesSchema.readonly(),
    /**
     * Codes that open and close something. Where both are in the segment the translation keeps them nested; where one is not, what it
     * belongs to began before the segment or ends after it. Pairs of other segments do no harm.
     */
    pairs: z
      .array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).readonly())
      .readonly()
      .default([]),
  })
  .superRefine(({ inlines, pairs }, context) => {
    const problem = codesProblem(inlines, inlines, pairs);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
export type Segment = z.infer<typeof segmentSchema>;

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
});
export type SegmentsRequest = z.infer<typeof segmentsRequestSchema>;

/** `headline`: one line; `short`: one to three sentences or points; `long`: some four to ten. */
export const summaryLengthSchema = z.enum(['headline', 'short', 'long']);
export type SummaryLength = z.infer<typeof summaryLengthSchema>;
export const summaryFormSchema = z.enum(['paragraph', 'bullets']);
export type SummaryForm = z.infer<typeof summaryFormSchema>;

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
});
export type SummarizeRequest = z.infer<typeof summarizeRequestSchema>;

export const inferenceRequestSchema = z.discriminatedUnion('kind', [
  generateRequestSchema,
  segmentsRequestSchema,
  summarizeRequestSchema,
  z.strictObject({ kind: z.literal('cancel'), id: z.number().int().nonnegative() }),
  /** Open a pack ahead of use, so that the first request does not wait. */
  z.strictObject({ kind: z.literal('warm'), packId: z.string() }),
  /** Ask for a `status` event. One is also sent whenever it changes. */
  z.strictObject({ kind: z.literal('status') }),
]);
export type InferenceRequest = z.infer<typeof inferenceRequestSchema>;
/** As a client writes it: what has a default may be left out. */
export type InferenceRequestInput = z.input<typeof inferenceRequestSchema>;

/** In the order they run. */
export const STAGES = ['tokenize', 'encode', 'project', 'prefill', 'decode', 'detokenize'] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

/** Milliseconds, all from one clock in the inference process; stages are summed over segments. */
export const stageTimingsSchema = z.strictObject({
  tokenizeMs: z.number(),
  encodeMs: z.number(),
  projectMs: z.number(),
  prefillMs: z.number(),
  decodeMs: z.number(),
  detokenizeMs: z.number(),
  /** From the moment work on the request began. */
  totalMs: z.number(),
  /** From the moment work on the request began to its first token; null while there is none. */
  firstTokenMs: z.number().nullable(),
});
export type StageTimings = z.infer<typeof stageTimingsSchema>;

export const finishSchema = z.enum(['stop', 'cancelled']);
/** `stop`: every segment was worked on; those that did not end well are listed as `flagged`. */
export type Finish = z.infer<typeof finishSchema>;

/**
 * Why a reader should check a segment, the mildest first:
 * - `numbers`: source and translation do not hold the same numbers (thousands and decimal separators aside);
 * - `short`: the translation of a longer source is less than a third of its length;
 * - `length`: the decoder reached its limit before the end of the sentence;
 * - `loop`: it began to repeat itself, the repetition was cut;
 * - `codes`: the model did not place the inline codes; it translated the text without them and they stand by position, or the source was
 *   kept;
 * - `empty`: it wrote nothing; the source was kept.
 */
export const segmentReasonSchema = z.enum(['numbers', 'short', 'length', 'loop', 'codes', 'empty']);
export type SegmentReason = z.infer<typeof segmentReasonSchema>;

/** A segment whose output a reader should check, as a range of the output text in UTF-16 code units. */
export const flagSchema = z.strictObject({
  /** The worst of its reasons. */
  reason: segmentReasonSchema,
  start: z.number().int(),
  end: z.number().int(),
});
export type Flag = z.infer<typeof flagSchema>;

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

/** A range of a text in UTF-16 code units. */
export const rangeSchema = z.strictObject({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() });
export type Range = z.infer<typeof rangeSchema>;

/** A sentence or point of a summary and what it rests on. */
export const summarySentenceSchema = rangeSchema.extend({
  /** The sentences of the source that are nearest to it, best first, as ranges of the source; none where nothing supports it. */
  sources: z.array(rangeSchema.extend({ score: z.number().min(0).max(1) })),
  /** Numbers and names in it that the source does not hold, as ranges of the summary. */
  unknown: z.array(rangeSchema.extend({ kind: z.enum(['number', 'name']) })),
});
export type SummarySentence = z.infer<typeof summarySentenceSchema>;

/** What was read and how a summary came about. */
export const summarySchema = z.strictObject({
  sentences: z.array(summarySentenceSchema),
  /** Tokens taken over from the source a span at a time, each verified by the writing model (LLMA, arXiv 2304.04487). */
  copying: z.strictObject({ drafted: z.number().int(), accepted: z.number().int() }),
  /** Spans of the summary that were taken over so. */
  copied: z.array(rangeSchema),
});
export type Summary = z.infer<typeof summarySchema>;

export const engineErrorSchema = z.strictObject({
  /** `unfit-text`: there is nothing to summarize in it; nothing is broken. */
  code: z.enum([
    'pack-missing',
    'pack-damaged',
    'unsupported-request',
    'unfit-text',
    'bad-request',
    'provider-failed',
    'process-died',
    'internal',
  ]),
  /** For a person: what was got, what was expected, what to do. */
  message: z.string(),
});
export type EngineError = z.infer<typeof engineErrorSchema>;

export const sessionStatusSchema = z.strictObject({
  /** e.g. `encoder`, `llm decoder`. */
  part: z.string(),
  provider: providerSchema,
  threads: z.number().int(),
  bytes: z.number().int(),
});

export const engineStatusSchema = z.strictObject({
  packs: z.array(
    z.strictObject({
      packId: z.string(),
      state: z.enum(['closed', 'opening', 'ready', 'failed']),
      /** Set when `failed`. */
      error: engineErrorSchema.nullable(),
      openMs: z.number().nullable(),
      sessions: z.array(sessionStatusSchema),
    }),
  ),
  /** Resident memory of the inference process. */
  residentBytes: z.number(),
  /** Requests running or waiting. */
  pending: z.number().int(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

const eventId = z.number().int().nonnegative();

export const inferenceEventSchema = z.discriminatedUnion('kind', [
  /** Work began: a text of `segments` sentences, as many segments as were asked for, or a summary in so many steps. */
  z.strictObject({ kind: z.literal('started'), id: eventId, segments: z.number().int() }),
  /** The stage now running for a segment began, with the sums so far. */
  z.strictObject({
    kind: z.literal('stage'),
    id: eventId,
    stage: stageSchema,
    segment: z.number().int(),
    /** How much of the stage is done, where that is known: a long part is read in slices, and each of them is told. */
    fraction: z.number().min(0).max(1).optional(),
    timings: stageTimingsSchema,
  }),
  /** The output text changed; `tokens` written so far over all segments. */
  z.strictObject({
    kind: z.literal('delta'),
    id: eventId,
    keep: z.number().int(),
    append: z.string(),
    tokens: z.number().int(),
    timings: stageTimingsSchema,
  }),
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
    /** Of a `generate` or `summarize`; the segments of a `segments` request carry their own flags. */
    flagged: z.array(flagSchema),
    /** Only of the `exact` lane. */
    speculation: speculationSchema.optional(),
    /** Only of a `summarize`. */
    summary: summarySchema.optional(),
    timings: stageTimingsSchema,
  }),
  z.strictObject({ kind: z.literal('failed'), id: eventId, error: engineErrorSchema }),
  z.strictObject({ kind: z.literal('status'), status: engineStatusSchema }),
]);
export type InferenceEvent = z.infer<typeof inferenceEventSchema>;

/** Sent by main to the inference process over their own channel, before any port. */
export const engineConfigSchema = z.strictObject({
  packs: z.array(z.strictObject({ packId: z.string(), folder: z.string() })),
  provider: providerSchema,
  encoderThreads: z.number().int().min(1),
  decoderThreads: z.number().int().min(1),
});
export type EngineConfig = z.infer<typeof engineConfigSchema>;

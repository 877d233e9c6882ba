/**
 * What crosses the port between a client (window, document job, CLI, bench) and the inference process.
 * Requests go in, events come out; every one with an `id` ends with exactly one `done` or `failed`.
 */
import { z } from 'zod';
import { codesProblem } from './check-codes';
import { MAX_TERMS, termSchema, usedTermSchema } from './glossary';
import { inlinesSchema } from './inlines';
import {
  languageSchema,
  laneSchema,
  providerSchema,
  summaryFormSchema,
  summaryLengthSchema,
  usualBeamWidth,
  type Lane,
  type TranslatingManifest,
} from './pack';
import { placesSchema } from './processors';

export { laneSchema, summaryFormSchema, summaryLengthSchema, type Lane, type Provider, type SummaryForm, type SummaryLength } from './pack';

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

/** With a beam of that width; 1 is greedy. */
export const decodingOfWidth = (width: number): Decoding => (width > 1 ? { kind: 'beam', width } : { kind: 'greedy' });

/** How a lane is meant to be used. */
export function usualDecoding(pack: Pick<TranslatingManifest, 'lanes'>, lane: RequestLane): Decoding {
  return decodingOfWidth(lane === 'exact' ? 1 : usualBeamWidth(pack, lane));
}

export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('translate'), from: languageSchema, to: languageSchema }),
]);
export type Task = z.infer<typeof taskSchema>;

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

const tokenIdsSchema = z.array(z.number().int().nonnegative()).readonly();

/**
 * A sentence as the engine cut and read it. Whoever asks about it gives it back as a `sentence` event told it, with ids that the engine
 * told: tokenizing text again need not give the same.
 */
export const sentenceSchema = z
  .strictObject({
    /** Codes stand for what must survive exactly. */
    inlines: inlinesSchema.readonly(),
    pairs: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).readonly()).readonly(),
    /** What each of those codes stands for. */
    hidden: z.array(z.tuple([z.number().int().nonnegative(), z.string()]).readonly()).readonly(),
  })
  .superRefine(({ inlines, pairs }, context) => {
    const problem = codesProblem(inlines, inlines, pairs);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
export type Sentence = z.infer<typeof sentenceSchema>;

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
  /** What opening the pack took, where it was not open; work began after it, so the total is without it. */
  loadMs: z.number().optional(),
});
export type StageTimings = z.infer<typeof stageTimingsSchema>;

export const finishSchema = z.enum(['stop', 'cancelled']);
/** `stop`: every segment was worked on; those that did not end well are listed as `flagged`. */
export type Finish = z.infer<typeof finishSchema>;

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
  /** It is a sentence of the source, of which a headline may leave words out: what was written did not rest on the text, or was too little. */
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
});
export type Summary = z.infer<typeof summarySchema>;

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
      /** Of the last time. Closed and not null: it made room for others, or rested too long; the next request opens it again. */
      openMs: z.number().nullable(),
      /** While it is open: what memory grew by when it was opened, and at least the size of its weights. */
      memoryBytes: z.number().optional(),
      sessions: z.array(sessionStatusSchema),
      /** Why it runs on the CPU and not in its places. */
      fallback: z.string().optional(),
    }),
  ),
  /** Resident memory of the inference process. */
  residentBytes: z.number(),
  /** What open packs may take together. */
  budgetBytes: z.number().optional(),
  /** Requests running or waiting. */
  pending: z.number().int(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

/** Told by an inference process that cannot load the runtime, to whoever configures it; nothing else follows. */
export const unusableSchema = z.strictObject({ kind: z.literal('unusable'), problem: z.string() });
export type Unusable = z.infer<typeof unusableSchema>;

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
  /** Of a `candidates`, once for each lane in their order: the most probable first, no two with the same text. */
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

/** How long packs stay open; what is in use stays, and so does the pack that was used last, whatever it takes. */
export const packMemorySchema = z.strictObject({
  /** What open packs may take together: the least recently used ones close. */
  budgetBytes: z.number().int().nonnegative(),
  /** A pack that nobody used for so long closes. */
  idleMs: z.number().int().positive(),
});
export type PackMemory = z.infer<typeof packMemorySchema>;

/** Sent by main to the inference process over their own channel, before any port. */
export const engineConfigSchema = z.strictObject({
  packs: z.array(
    z.strictObject({
      packId: z.string(),
      folder: z.string(),
      /** As tests on this machine chose; where it cannot be had any more, the pack runs on the CPU, and its status says why. */
      places: placesSchema.optional(),
    }),
  ),
  /** Of packs without places; one that cannot be had is an error. */
  provider: providerSchema,
  encoderThreads: z.number().int().min(1),
  decoderThreads: z.number().int().min(1),
  /** Absent: packs stay open. */
  memory: packMemorySchema.optional(),
});
export type EngineConfig = z.infer<typeof engineConfigSchema>;

/** Documents as main tells the window about them: what is to be done with a file, where its job stands, what came of it, what to check. */
import { z } from 'zod';
import type { CodePair } from './check-codes';
import type { UsedTerm } from './glossary';
import { segmentReasonSchema } from './inference/flags';
import { decodingSchema, taskSchema } from './inference/lanes';
import { stageTimingsSchema } from './inference/timings';
import { laneSchema } from './pack';
import { inlinesSchema, type Inlines } from './inlines';
import type { Origin } from './memory';

/** How a document is translated. */
export const documentOptionsSchema = z.strictObject({
  packId: z.string(),
  task: taskSchema,
  lane: laneSchema,
  decoding: decodingSchema,
  /** Whether a second file is written, source and translation paragraph by paragraph. */
  bilingual: z.boolean().optional(),
});
export type DocumentOptions = z.infer<typeof documentOptionsSchema>;

/**
 * What became of a segment:
 * - `translated`;
 * - `kept`: it stays as it was because it is in the target language already;
 * - `failed`: it could not be translated, its source stands in the file.
 */
export const outcomeSchema = z.enum(['translated', 'kept', 'failed']);
export type Outcome = z.infer<typeof outcomeSchema>;

const count = z.number().int().nonnegative();

/** Milliseconds of the engine's stages, and of opening its pack. */
export const engineTimesSchema = stageTimingsSchema.omit({ totalMs: true, firstTokenMs: true }).required();
export type EngineTimes = z.infer<typeof engineTimesSchema>;

/** Of a job: the engine's over all its runs, reading and writing the file as it was done last. */
export const documentTimesSchema = engineTimesSchema.extend({ readMs: z.number(), writeMs: z.number() });
export type DocumentTimes = z.infer<typeof documentTimesSchema>;

/** `segments = translated + kept + failed`. */
export const documentReportSchema = z.strictObject({
  segments: count,
  translated: count,
  kept: count,
  failed: count,
  /** Of the translated ones: those with a reason to check them. */
  flagged: count,
  /** Segments that a person has changed since. */
  edited: count,
  /** Segments that took the translation of an equal one. */
  repeated: count,
  /** Segments whose translation is the memory's. */
  recalled: count.default(0),
  /** What is in the file and was not translated, as the format tells it: `2 images`. */
  left: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  /** Tokens written. */
  tokens: count,
  /** Milliseconds of translating, over all runs of the job. */
  translateMs: z.number().nonnegative(),
  /** Null: the job ended before they were kept. */
  times: documentTimesSchema.nullable().default(null),
  /** Path of the file that was written. */
  output: z.string(),
  /** Path of the bilingual file; null where none was wanted or the format has none. */
  bilingual: z.string().nullable().default(null),
});
export type DocumentReport = z.infer<typeof documentReportSchema>;

/** Segments done so far, and how many there are. */
const progressSchema = z.strictObject({ done: count, segments: count });
export type DocumentProgress = z.infer<typeof progressSchema>;

/** Why a job that was begun does not simply go on: its text would come from two different sources. */
export const changedSchema = z.strictObject({
  what: z.enum(['input', 'pack']),
  /** For a person: what changed, and what can be done. */
  message: z.string(),
});
export type Changed = z.infer<typeof changedSchema>;

export const jobStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({
    kind: z.literal('translating'),
    ...progressSchema.shape,
    /** Milliseconds still needed, from what was measured in this job; null until enough was. */
    remainingMs: z.number().nonnegative().nullable(),
  }),
  z.strictObject({ kind: z.literal('writing') }),
  /** By a person, or because the app was closed or died while the job was unfinished. Null: it had not been begun. */
  z.strictObject({ kind: z.literal('paused'), progress: progressSchema.nullable() }),
  /** Goes on only when told how: `resumeDocument` with `keep` or `fresh`. */
  z.strictObject({ kind: z.literal('changed'), ...changedSchema.shape }),
  z.strictObject({ kind: z.literal('done'), report: documentReportSchema }),
  /** What is translated so far is kept; `resumeDocument` tries again from there. */
  z.strictObject({ kind: z.literal('failed'), reason: z.string(), progress: progressSchema.nullable() }),
]);
export type JobState = z.infer<typeof jobStateSchema>;

/** A file in the queue. */
export const documentJobSchema = z.strictObject({
  id: z.string(),
  /** File name, without folders. */
  name: z.string(),
  /** Path of the folder that the file is in. */
  folder: z.string(),
  bytes: count,
  /** Name of its format: `Word document`. */
  format: z.string(),
  options: documentOptionsSchema,
  state: jobStateSchema,
});
export type DocumentJob = z.infer<typeof documentJobSchema>;

/** Ids of the formats that a PDF's text can flow into. */
export const reflowFormatSchema = z.enum(['docx', 'html', 'md']);
export type ReflowFormat = z.infer<typeof reflowFormatSchema>;

/** How files are added. */
export const addingSchema = z.strictObject({
  /** Whether files that have a translation in place already are left out. */
  skipExisting: z.boolean().default(true),
  /** What becomes of files that cannot be written in their own format. */
  reflowInto: reflowFormatSchema.default('docx'),
});
export type Adding = z.infer<typeof addingSchema>;

export interface DocumentQueue {
  /** In the order they are worked on. */
  readonly jobs: readonly DocumentJob[];
  /** Where translations of files added from now on go; null: beside their sources. */
  readonly outputFolder: string | null;
  /** How files were added last. */
  readonly adding: Adding;
  /** What can be translated; extensions without the dot. */
  readonly formats: readonly { readonly name: string; readonly extensions: readonly string[] }[];
  /** Why the list was lost at the start, or is lost when the app ends, in the person's words; null when all is well. */
  readonly problem: string | null;
}

/** What became of files and folders that were added. */
export interface AddedDocuments {
  /** Ids of the new jobs. */
  readonly added: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * - `attention`: failed ones first, then flagged ones, then the rest; the least confident first in each;
 * - `document`: reading order.
 */
export const reviewOrderSchema = z.enum(['attention', 'document']);
export type ReviewOrder = z.infer<typeof reviewOrderSchema>;

export interface ReviewSegment {
  /** In reading order, from 0. */
  readonly index: number;
  /** Number of the paragraph, cell or cue it is in, from 0. */
  readonly block: number;
  /** Where that is, for a person: `slide 3, notes`; empty where only the order says so. */
  readonly place: string;
  readonly source: Inlines;
  /** The same codes, each once. */
  readonly translation: Inlines;
  /** Codes that open and close something; they stay nested. */
  readonly pairs: readonly CodePair[];
  readonly outcome: Outcome;
  /** Why to check it; empty when all is well. */
  readonly flags: readonly z.infer<typeof segmentReasonSchema>[];
  /** From 0 to 1; null where the model wrote nothing. */
  readonly confidence: number | null;
  /** Why it failed, for a person. */
  readonly message: string | null;
  readonly edited: boolean;
  /** Who made the translation that the memory had; null: it was made for this document. */
  readonly memory: Origin | null;
  /** The glossary's terms in its source, when it was translated. */
  readonly terms: readonly UsedTerm[];
}

/** A page of a finished job's segments, or of those that were asked for. */
export interface DocumentReview {
  /** Segments in all. */
  readonly segments: number;
  /** How many of them failed or are flagged: with the order `attention` they are the first ones. */
  readonly attention: number;
  readonly page: readonly ReviewSegment[];
}

const jobId = z.strictObject({ jobId: z.string() });

/** Longest page of a review, in segments. */
const MAX_PAGE = 200;
/** Longest words to find, in UTF-16 code units. */
export const MAX_FIND = 200;

/** The calls about documents: name → argument schema. */
export const DOCUMENT_CALLS = {
  listDocuments: z.strictObject({}),
  /** Asks a person for files or a folder, and adds them. */
  chooseDocuments: z.strictObject({ from: z.enum(['files', 'folder']), ...addingSchema.shape, options: documentOptionsSchema }),
  /** Files and folders, by path. Asked by the preload alone: see `AppApi.addDroppedDocuments`. */
  addDocuments: z.strictObject({ paths: z.array(z.string()).min(1), ...addingSchema.shape, options: documentOptionsSchema }),
  /** Whether the system opened files with the app that wait to be added. */
  areFilesOpened: z.strictObject({}),
  /** Adds them; null: there are none. */
  addOpenedDocuments: z.strictObject({ ...addingSchema.shape, options: documentOptionsSchema }),
  /** `ask`: a folder of the person's choice; `beside`: the source's own. For documents added from now on. */
  chooseOutputFolder: z.strictObject({ where: z.enum(['ask', 'beside']) }),
  /** What is translated is kept; the batch in flight is given up. */
  pauseDocument: jobId,
  /**
   * Queues a job again that is paused, failed or changed; a done one with failed segments tries these again. `keep`: go on, taking what is
   * translated already wherever source sentences are the same; `fresh`: start anew; `ask`: go on, or become `changed`.
   */
  resumeDocument: z.strictObject({ jobId: z.string(), changed: z.enum(['ask', 'keep', 'fresh']) }),
  /** Forgets a job; the files, source and translation, stay. */
  removeDocument: jobId,
  /** With `find`, of those segments alone whose source or translation has these words; case and accents do not matter. */
  reviewDocument: z.strictObject({
    jobId: z.string(),
    order: reviewOrderSchema,
    find: z.string().max(MAX_FIND),
    offset: count,
    limit: count.min(1).max(MAX_PAGE),
  }),
  /** Changes one segment of a finished job and writes the file again. */
  editSegment: z.strictObject({ jobId: z.string(), index: count, translation: inlinesSchema }),
  /** In the program that the system has for it; `folder` shows the translation in its folder. */
  openDocument: z.strictObject({ jobId: z.string(), what: z.enum(['translation', 'source', 'folder']) }),
} as const;

export interface DocumentCallResults {
  listDocuments: DocumentQueue;
  /** Null: the person chose nothing. */
  chooseDocuments: AddedDocuments | null;
  addDocuments: AddedDocuments;
  areFilesOpened: boolean;
  addOpenedDocuments: AddedDocuments | null;
  chooseOutputFolder: DocumentQueue;
  pauseDocument: null;
  resumeDocument: null;
  removeDocument: null;
  reviewDocument: DocumentReview;
  editSegment: ReviewSegment;
  openDocument: null;
}

export interface DocumentEvents {
  /** Jobs were added, removed or put into another order, or the output folder changed. */
  documentsChanged: DocumentQueue;
  /** One job's state or progress. */
  documentChanged: DocumentJob;
  /** The system opened files with the app, which wait to be added. */
  filesOpened: null;
}

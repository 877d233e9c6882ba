/** The lines of a journal: what each says, and how they are read from the file. */
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { documentOptionsSchema, engineTimesSchema, outcomeSchema } from '../../shared/document';
import { usedTermSchema } from '../../shared/glossary';
import { segmentReasonSchema } from '../../shared/inference/flags';
import { inlinesSchema } from '../../shared/inlines';
import { originSchema } from '../../shared/memory';
import { NO_TIMES } from './engine-times';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** What the translations were made from. A second header says what those after it were made from. */
const headerSchema = z.strictObject({
  kind: z.literal('header'),
  format: z.literal(1),
  appVersion: z.string(),
  input: z.strictObject({ path: z.string(), bytes: count, sha256: sha256Schema }),
  /** `sha256` of its manifest, which holds those of all its files. */
  pack: z.strictObject({ id: z.string(), version: z.string(), sha256: sha256Schema }),
  options: documentOptionsSchema,
});
export type JournalHeader = z.infer<typeof headerSchema>;

export const segmentLineSchema = z.strictObject({
  kind: z.literal('segment'),
  /** `segmentKey` of the source. */
  key: z.string(),
  outcome: outcomeSchema,
  /** Null: the source. */
  inlines: inlinesSchema.nullable(),
  flags: z.array(segmentReasonSchema),
  confidence: z.number().nullable(),
  tokens: count,
  /** Why it failed. */
  message: z.string().nullable(),
  /** Whose translation it is, where the memory had it. */
  memory: originSchema.nullable().default(null),
  /** Of the glossary, in its source. */
  terms: z.array(usedTermSchema).default([]),
});
export type SegmentLine = z.infer<typeof segmentLineSchema>;

/** A person's own translation of the segment at a place, in reading order. */
export const editLineSchema = z.strictObject({ kind: z.literal('edit'), index: count, key: z.string(), inlines: inlinesSchema });

/** Written before the file is put in its place, so that after a crash a job knows its own output. */
const outputLineSchema = z.strictObject({
  kind: z.literal('output'),
  path: z.string(),
  sha256: sha256Schema,
  /** Of the job's earlier output at this path. */
  replaces: sha256Schema.nullable(),
  file: z.enum(['translation', 'bilingual']).default('translation'),
});
export type JournalOutput = z.infer<typeof outputLineSchema>;
export type OutputFile = JournalOutput['file'];

export const lineSchema = z.discriminatedUnion('kind', [
  headerSchema,
  segmentLineSchema,
  editLineSchema,
  outputLineSchema,
  /** What segments before it took: milliseconds that went by, and the sum of all engines' stages, which may have run side by side. */
  z.strictObject({ kind: z.literal('batch'), ms: z.number().nonnegative(), times: engineTimesSchema.default(NO_TIMES) }),
]);
export type JournalLine = z.infer<typeof lineSchema>;

/** Where a line is in the file, in bytes. */
export interface Place {
  readonly offset: number;
  readonly bytes: number;
}

export interface RawLine extends Place {
  readonly text: string;
}

const NEWLINE = 0x0a;

/** Whole lines only. */
export async function* linesOf(path: string): AsyncGenerator<RawLine> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for await (const piece of createReadStream(path)) {
    let buffer = Buffer.concat([rest, piece as Buffer]);
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE)) {
      const bytes = end + 1;
      yield { text: buffer.toString('utf8', 0, end), offset, bytes };
      offset += bytes;
      buffer = buffer.subarray(bytes);
    }
    rest = buffer;
  }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

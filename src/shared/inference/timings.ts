/** The stages of a request and what they took. */
import { z } from 'zod';

/** In the order they run. */
export const STAGES = ['tokenize', 'encode', 'project', 'prefill', 'decode', 'detokenize'] as const;
export type Stage = (typeof STAGES)[number];

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

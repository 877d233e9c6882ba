/** How the inference process is set up, how it is, and what went wrong in it. */
import { z } from 'zod';
import { providerSchema } from '../pack';
import { placesSchema } from '../processors';

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

const sessionStatusSchema = z.strictObject({
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

/** How long packs stay open; what is in use stays, and so does the pack that was used last, whatever it takes. */
const packMemorySchema = z.strictObject({
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

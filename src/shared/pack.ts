/**
 * The pack manifest (`pack.json`): the only TypeScript definition of it.
 * `resources/pack.schema.json` is generated from here and `training/` validates what it writes against that.
 * The graphs' inputs and outputs are described in docs/pack-format.md.
 */
import { z } from 'zod';

/** BCP 47 primary language subtag, e.g. `en`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}$/);

/** What can be run with a pack: see docs/architecture.md. */
export const laneSchema = z.enum(['llm', 'hybrid', 'slm']);
export type Lane = z.infer<typeof laneSchema>;

/** Where a session may run. The app asks for one of these; the pack lists those it was tested on. */
export const providerSchema = z.enum(['cpu', 'webgpu', 'dml', 'coreml', 'cuda']);
export type Provider = z.infer<typeof providerSchema>;

/** A path inside the pack folder: plain relative, forward slashes, no `..`. */
const packPathSchema = z
  .string()
  .min(1)
  .refine(
    (path) =>
      !path.startsWith('/') && !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'expected a relative path with forward slashes and without "." or ".."',
  );

const positive = z.number().int().positive();

const translateTaskSchema = z.strictObject({
  kind: z.literal('translate'),
  from: languageSchema,
  to: languageSchema,
  /** Text put before the source, e.g. `translate English to German: `. */
  prefix: z.string(),
});

const decoderSchema = z.strictObject({
  file: packPathSchema,
  layers: positive,
  heads: positive,
  headSize: positive,
  /** How many tokens the decoder can write: the length of its relative position table. */
  maxTokens: positive,
  /** The most tokens of a row that one run reads: drafts are checked that many at a time. */
  maxStep: positive,
});

/**
 * How a lane turns a prompt into its decoder's cross-attention keys and values:
 * - `hidden`: from the encoder's output (the LLM lane);
 * - `projected`: projector(encoder output) is added to the SLM's prompt embeddings (the hybrid lane);
 * - `tokens`: from the prompt alone (the SLM lane).
 */
const laneModelSchema = z.discriminatedUnion('prefillFrom', [
  z.strictObject({ prefillFrom: z.literal('hidden'), prefill: packPathSchema, decoder: decoderSchema }),
  z.strictObject({
    prefillFrom: z.literal('projected'),
    projector: packPathSchema,
    prefill: packPathSchema,
    decoder: decoderSchema,
  }),
  z.strictObject({ prefillFrom: z.literal('tokens'), prefill: packPathSchema, decoder: decoderSchema }),
]);
export type LaneModel = z.infer<typeof laneModelSchema>;

const qualitySchema = z.strictObject({
  lane: laneSchema,
  from: languageSchema,
  to: languageSchema,
  /** Source group of the test split, e.g. `everyday`. */
  group: z.string(),
  sentences: positive,
  chrf: z.number(),
  bleu: z.number(),
});

const selfTestSchema = z.strictObject({
  lane: laneSchema,
  from: languageSchema,
  to: languageSchema,
  text: z.string(),
  /** Prompt ids, prefix and end of sentence included. */
  sourceIds: z.array(z.number().int().nonnegative()),
  /** Greedy ids, without start and end of sentence. */
  targetIds: z.array(z.number().int().nonnegative()),
  targetText: z.string(),
});

export const packManifestSchema = z
  .strictObject({
    format: z.literal(2),
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/),
    name: z.string().min(1),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    description: z.string(),
    licence: z.string(),
    architecture: z.literal('encoder-decoder'),
    tasks: z.array(translateTaskSchema).min(1),
    tokenizer: z.strictObject({
      file: packPathSchema,
      padId: z.number().int().nonnegative(),
      eosId: z.number().int().nonnegative(),
      unkId: z.number().int().nonnegative(),
      /** First decoder input. */
      startId: z.number().int().nonnegative(),
      vocabSize: positive,
      /** Ids of inline codes 0, 1, …; empty where the models were not trained with them. */
      codeIds: z.array(z.number().int().nonnegative()).default([]),
    }),
    /** Longest prompt in tokens, prefix and end of sentence included. Longer text is cut into sentences. */
    maxSourceTokens: positive,
    /** Candidates each decoder step returns; a beam of `w` needs `2 * w`. */
    topK: positive,
    encoder: z.strictObject({ file: packPathSchema, layers: positive, dModel: positive }),
    lanes: z.partialRecord(laneSchema, laneModelSchema).refine((lanes) => lanes.llm !== undefined, 'expected an "llm" lane'),
    /** Providers the pack's graphs were tested on. */
    providers: z.array(providerSchema).min(1),
    /** Every file of the pack but `pack.json` itself. */
    files: z
      .array(
        z.strictObject({
          path: packPathSchema,
          bytes: z.number().int().nonnegative(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      )
      .min(1),
    parameters: z.partialRecord(z.enum(['encoder', 'llm', 'hybrid', 'slm']), positive),
    quality: z.array(qualitySchema),
    /** sacreBLEU signatures of the numbers in `quality`. */
    signatures: z.strictObject({ chrf: z.string(), bleu: z.string() }).optional(),
    /** Sentences with the ids the pack must give; run before a pack counts as good. */
    selfTest: z.array(selfTestSchema),
    /** In words: data, time and machine. */
    training: z.string(),
  })
  .superRefine((pack, context) => {
    const declared = new Set(pack.files.map((file) => file.path));
    for (const path of packGraphPaths(pack)) {
      if (!declared.has(path)) context.addIssue({ code: 'custom', message: `"${path}" is used but not listed in "files"` });
    }
  });
export type PackManifest = z.infer<typeof packManifestSchema>;

/** Every file a pack's parts name, tokenizer first. */
export function packGraphPaths(pack: Pick<PackManifest, 'tokenizer' | 'encoder' | 'lanes'>): string[] {
  const paths = [pack.tokenizer.file, pack.encoder.file];
  for (const lane of Object.values(pack.lanes)) {
    if (lane.prefillFrom === 'projected') paths.push(lane.projector);
    paths.push(lane.prefill, lane.decoder.file);
  }
  return paths;
}

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
const tokenId = z.number().int().nonnegative();

const translateTaskSchema = z.strictObject({
  kind: z.literal('translate'),
  from: languageSchema,
  to: languageSchema,
  /** Text put before the source, e.g. `translate English to German: `. With `prompt`, only its name: no two tasks share one. */
  prefix: z.string(),
  /** Of imported models, which have their own ways of saying what is asked of them. */
  prompt: z
    .strictObject({
      /** Text put before the source. */
      text: z.string(),
      /** Ids around the source's own: a language, the end of sentence. */
      before: z.array(tokenId),
      after: z.array(tokenId),
      /** Ids that the output begins with, whatever the model finds likely: a language. */
      forced: z.array(tokenId),
    })
    .optional(),
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

/** Graphs as Hugging Face Optimum exports them, imported as they are (docs/pack-format.md). */
const importedDecoderSchema = z.strictObject({
  /** Writes the first token; where there is no `nextFile`, the others as well. */
  file: packPathSchema,
  nextFile: packPathSchema.optional(),
  layers: positive,
  heads: positive,
  headSize: positive,
  maxTokens: positive,
  /** What such graphs read for sure; whether they read a draft rightly is tried with the first one. */
  maxStep: z.literal(1),
  /** Tokens that are never written. */
  bannedIds: z.array(tokenId),
  /** Tokens that are never written one after the other. */
  bannedSequences: z.array(z.array(tokenId).min(2)).optional(),
  /** Tokens that are not the first one that the model may choose. */
  firstBannedIds: z.array(tokenId).optional(),
  /** No that many tokens are written twice in the same order. */
  noRepeatNgram: positive.optional(),
  /** The output does not end before that many tokens. */
  minTokens: positive.optional(),
  /** Above 1, what was written is less likely to be written again. */
  repetitionPenalty: z.number().positive().optional(),
  /** Probabilities are those among the tokens that may be written. */
  renormalizeLogits: z.literal(true).optional(),
  /** Of the beam that the model is meant to be used with; absent: greedy. */
  beamWidth: z.number().int().min(2).max(8).optional(),
  /** How a beam ranks outputs and when it is over; absent: 1, and false. */
  lengthPenalty: z.number().optional(),
  earlyStopping: z.union([z.boolean(), z.literal('never')]).optional(),
  /** Behind an output of `maxTokens` stands the end of sentence, which a beam counts. */
  endIsForced: z.literal(true).optional(),
  /** Of a lane that writes with a tokenizer of its own (models/own-vocabulary.ts). */
  vocabulary: z.strictObject({ file: packPathSchema, startId: tokenId, eosId: tokenId, vocabSize: positive }).optional(),
});

/**
 * How a lane turns a prompt into its decoder's cross-attention keys and values:
 * - `hidden`: from the encoder's output (the LLM lane);
 * - `projected`: projector(encoder output) is added to the SLM's prompt embeddings (the hybrid lane);
 * - `tokens`: from the prompt alone (the SLM lane);
 * - `states`: the decoder's own graph does, from the encoder's output (the LLM lane of an imported model).
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
  z.strictObject({ prefillFrom: z.literal('states'), decoder: importedDecoderSchema }),
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

const fileSchema = z.strictObject({
  path: packPathSchema,
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What packs of every architecture tell. */
const commonFields = {
  format: z.literal(2),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,63}$/),
  name: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  description: z.string(),
  licence: z.string(),
  /** Candidates each decoder step returns; a beam of `w` needs `2 * w`. */
  topK: positive,
  /** Providers its maker tested the graphs on. Where they run here is for tests on this machine to say (processors.ts). */
  providers: z.array(providerSchema).min(1),
  /** Every file of the pack but `pack.json` itself. */
  files: z.array(fileSchema).min(1),
  parameters: z.partialRecord(z.enum(['encoder', 'llm', 'hybrid', 'slm']), positive),
  /** In words: data, time and machine. */
  training: z.string(),
};

/** Of a pack that translates: it reads a prompt with its encoder. */
export const translatingManifestSchema = z
  .strictObject({
    ...commonFields,
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
    encoder: z.strictObject({
      file: packPathSchema,
      layers: positive,
      dModel: positive,
      /** As Hugging Face Optimum exports it; left out: as docs/pack-format.md says. */
      layout: z.literal('optimum').optional(),
    }),
    lanes: z.partialRecord(laneSchema, laneModelSchema).refine((lanes) => lanes.llm !== undefined, 'expected an "llm" lane'),
    quality: z.array(qualitySchema),
    /** sacreBLEU signatures of the numbers in `quality`. */
    signatures: z.strictObject({ chrf: z.string(), bleu: z.string() }).optional(),
    /** Sentences with the ids the pack must give; run before a pack counts as good. */
    selfTest: z.array(selfTestSchema),
  })
  .superRefine(checkManifest);
export type TranslatingManifest = z.infer<typeof translatingManifestSchema>;

/** Whether every lane writes with the pack's tokenizer: only then can one read what another one wrote. */
export function sharesTokens({ lanes }: Pick<TranslatingManifest, 'lanes'>): boolean {
  return Object.values(lanes).every(({ prefillFrom, decoder }) => prefillFrom !== 'states' || decoder.vocabulary === undefined);
}

/** The width of the beam that a lane is meant to be used with; 1 is greedy. */
export function usualBeamWidth({ lanes }: Pick<TranslatingManifest, 'lanes'>, lane: Lane): number {
  const model = lanes[lane];
  return (model?.prefillFrom === 'states' ? model.decoder.beamWidth : undefined) ?? 1;
}

/** `headline`: one line; `short`: one to three sentences or points; `long`: some four to ten. */
export const summaryLengthSchema = z.enum(['headline', 'short', 'long']);
export type SummaryLength = z.infer<typeof summaryLengthSchema>;
export const summaryFormSchema = z.enum(['paragraph', 'bullets']);
export type SummaryForm = z.infer<typeof summaryFormSchema>;

const summarizeTaskSchema = z.strictObject({
  kind: z.literal('summarize'),
  length: summaryLengthSchema,
  form: summaryFormSchema,
  /** Put before and after the text, control tokens written out; where `before` is the same, one reading of the text serves all. */
  before: z.string(),
  after: z.string(),
  /** The most tokens of the summary. */
  maxTokens: positive,
});

const causalDecoderSchema = z.strictObject({
  file: packPathSchema,
  /** Files beside the graph that hold its weights; graphs may share one. */
  weights: z.array(packPathSchema),
  layers: positive,
  /** Heads of keys and values; several heads of queries share one. */
  keyValueHeads: positive,
  headSize: positive,
  /** The most tokens of a draft that one run reads. */
  maxStep: positive,
});

/** Of a pack that summarizes: one graph reads the prompt and writes. */
export const summarizingManifestSchema = z
  .strictObject({
    ...commonFields,
    architecture: z.literal('decoder-only'),
    tasks: z.array(summarizeTaskSchema).min(1),
    tokenizer: z.strictObject({ file: packPathSchema, eosId: z.number().int().nonnegative(), vocabSize: positive }),
    /** Language of texts and summaries. */
    language: languageSchema,
    /** The most tokens of prompt and output together. */
    maxContext: positive,
    /** Width of the LLM, and of the SLM. */
    dModel: positive,
    lanes: z.strictObject({
      llm: z.strictObject({ decoder: causalDecoderSchema }),
      /** The projector takes the states that the LLM's graph gives of the prompt; they are added to the SLM's embeddings of it. */
      hybrid: z.strictObject({ projector: packPathSchema, decoder: causalDecoderSchema }).optional(),
    }),
    quality: z.array(
      z.strictObject({
        lane: laneSchema,
        /** Source of the test split, e.g. `debian-descriptions`. */
        group: z.string(),
        documents: positive,
        rouge1: z.number(),
        rouge2: z.number(),
        rougeL: z.number(),
      }),
    ),
    /** Texts with the ids the pack must give; run before a pack counts as good. */
    selfTest: z.array(
      z.strictObject({
        lane: laneSchema,
        length: summaryLengthSchema,
        form: summaryFormSchema,
        text: z.string(),
        /** Of `before`, the text and `after`. */
        promptIds: z.array(z.number().int().nonnegative()).min(1),
        /** How the greedy output begins. */
        targetIds: z.array(z.number().int().nonnegative()).min(1),
        targetText: z.string(),
      }),
    ),
  })
  .superRefine(checkManifest);
export type SummarizingManifest = z.infer<typeof summarizingManifestSchema>;
export type SummarizeTask = SummarizingManifest['tasks'][number];

export const packManifestSchema = z.discriminatedUnion('architecture', [translatingManifestSchema, summarizingManifestSchema]);
export type PackManifest = z.infer<typeof packManifestSchema>;

export const isTranslating = (pack: PackManifest): pack is TranslatingManifest => pack.architecture === 'encoder-decoder';
export const isSummarizing = (pack: PackManifest): pack is SummarizingManifest => pack.architecture === 'decoder-only';

/** What of a manifest names files. */
type Parts =
  | Pick<TranslatingManifest, 'architecture' | 'tokenizer' | 'encoder' | 'lanes'>
  | Pick<SummarizingManifest, 'architecture' | 'tokenizer' | 'lanes'>;

/** Every file a pack's parts name, tokenizer first. */
function packGraphPaths(pack: Parts): string[] {
  const paths = [pack.tokenizer.file];
  if (pack.architecture === 'decoder-only') {
    const { llm, hybrid } = pack.lanes;
    const decoders = hybrid ? [llm.decoder, hybrid.decoder] : [llm.decoder];
    if (hybrid) paths.push(hybrid.projector);
    return [...new Set([...paths, ...decoders.flatMap(({ file, weights }) => [file, ...weights])])];
  }
  paths.push(pack.encoder.file);
  for (const lane of Object.values(pack.lanes)) {
    if (lane.prefillFrom === 'projected') paths.push(lane.projector);
    if (lane.prefillFrom !== 'states') paths.push(lane.prefill);
    paths.push(lane.decoder.file);
    if (lane.prefillFrom === 'states') {
      const { nextFile, vocabulary } = lane.decoder;
      paths.push(...[nextFile, vocabulary?.file].filter((file) => file !== undefined));
    }
  }
  return paths;
}

type Checked = Parts & { files: z.infer<typeof fileSchema>[]; tasks: readonly { kind: string; prompt?: unknown }[] };

function checkManifest(pack: Checked, context: z.RefinementCtx): void {
  const declared = new Set(pack.files.map((file) => file.path));
  for (const path of packGraphPaths(pack)) {
    if (!declared.has(path)) context.addIssue({ code: 'custom', message: `"${path}" is used but not listed in "files"` });
  }
  if (pack.architecture === 'encoder-decoder') checkImported(pack, context);
}

/** Imported graphs go together: an encoder and a decoder of that layout, and prompts that say what stands around a text. */
function checkImported({ encoder, lanes, tasks }: Extract<Checked, { architecture: 'encoder-decoder' }>, context: z.RefinementCtx): void {
  const isImported = encoder.layout === 'optimum';
  const fits =
    Object.values(lanes).every(({ prefillFrom }) => (prefillFrom === 'states') === isImported) &&
    tasks.every(({ prompt }) => (prompt !== undefined) === isImported);
  if (!fits) context.addIssue({ code: 'custom', message: 'expected "optimum", "states" and "prompt" together, or none of them' });
}

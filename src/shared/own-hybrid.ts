/**
 * `hybrid.json`: what makes an imported LLM and an SLM a hybrid. It lies beside the LLM's files, in its export and in the pack, and names the LLM
 * by its encoder and each graph by size and hash. `training/` writes it (export_hybrid); docs/pack-format.md says what the graphs take and give.
 */
import { z } from 'zod';

export const OWN_HYBRID_FILE = 'hybrid.json';

/** The graphs, always under these names. */
export const OWN_HYBRID_GRAPHS = {
  projector: 'onnx/projector.onnx',
  encoder: 'onnx/slm_encoder_model.onnx',
  decoder: 'onnx/slm_decoder_model.onnx',
  decoderWithPast: 'onnx/slm_decoder_with_past_model.onnx',
} as const;

const positive = z.number().int().positive();
const tokenId = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** The one value there is so far; others may come. */
const only = <T extends string | number>(value: T) =>
  z.literal(value, { error: ({ input }) => `got ${JSON.stringify(input)}, expected ${JSON.stringify(value)}` });
const graphFile = z.strictObject({ bytes: positive, sha256 });

export const ownHybridSchema = z.strictObject({
  format: only(1),
  llm: z
    .strictObject({
      /** Which of the LLM's encoders it was made for, as a path in the export. */
      encoder: z.string().min(1),
      /** SHA-256 of that graph, and of the files beside it that hold its weights. */
      files: z.record(z.string(), sha256),
      dModel: positive,
      /** Whose states the projector reads. */
      layer: only('last'),
    })
    .refine(({ encoder, files }) => Object.hasOwn(files, encoder), 'expected the hash of "encoder" in "files"'),
  slm: z.strictObject({
    architecture: only('encoder-decoder'),
    /** Whose tokenizer it reads and writes with. */
    tokenizer: only('llm'),
    dModel: positive,
    /** Of its decoder. */
    layers: positive,
    heads: positive,
    headSize: positive,
    /** Rows of its embedding. */
    vocabSize: positive,
    startId: tokenId,
    eosId: tokenId,
  }),
  /** What the projected states do to the SLM's embeddings of the prompt. */
  conditioning: z.enum(['add', 'replace']),
  /** In words: data, time and machine. */
  training: z.string(),
  files: z.strictObject({
    [OWN_HYBRID_GRAPHS.projector]: graphFile,
    [OWN_HYBRID_GRAPHS.encoder]: graphFile,
    [OWN_HYBRID_GRAPHS.decoder]: graphFile,
    [OWN_HYBRID_GRAPHS.decoderWithPast]: graphFile,
  }),
});
export type OwnHybrid = z.infer<typeof ownHybridSchema>;

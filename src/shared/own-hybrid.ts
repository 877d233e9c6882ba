/**
 * `hybrid.json`: what makes an imported LLM and an SLM a hybrid. It lies beside the LLM's files, in its export and in the pack, and names the LLM
 * by its encoder and each graph by size and hash. `training/` writes it (export_hybrid); docs/pack-format.md says what the graphs take and give.
 */
import { z } from 'zod';

export const OWN_HYBRID_FILE = 'hybrid.json';
/** Of an SLM that writes with a tokenizer of its own. */
export const OWN_TOKENIZER_FILE = 'slm_tokenizer.json';

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
const oneOf = <T extends string>(...values: readonly [T, ...T[]]) =>
  z.enum(values, {
    error: ({ input }) => `got ${JSON.stringify(input)}, expected ${values.map((value) => JSON.stringify(value)).join(' or ')}`,
  });
const namedFile = z.strictObject({ bytes: positive, sha256 });

export const ownHybridSchema = z
  .strictObject({
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
      architecture: oneOf('encoder-decoder', 'decoder-only'),
      /** Whose tokenizer it writes with; what it reads is the LLM's. */
      tokenizer: oneOf('llm', 'own'),
      dModel: positive,
      /** Of its decoder; heads of keys and values. */
      layers: positive,
      heads: positive,
      headSize: positive,
      /** Tokens that it can write. */
      vocabSize: positive,
      startId: tokenId,
      eosId: tokenId,
    }),
    /** What the projected states do to the SLM's embeddings of the prompt. */
    conditioning: z.enum(['add', 'replace']),
    /** In words: data, time and machine. */
    training: z.string(),
    files: z.strictObject({
      [OWN_HYBRID_GRAPHS.projector]: namedFile,
      [OWN_HYBRID_GRAPHS.encoder]: namedFile,
      [OWN_HYBRID_GRAPHS.decoder]: namedFile,
      [OWN_HYBRID_GRAPHS.decoderWithPast]: namedFile,
      [OWN_TOKENIZER_FILE]: namedFile.optional(),
    }),
  })
  .refine(
    ({ slm, files }) => (slm.tokenizer === 'own') === (files[OWN_TOKENIZER_FILE] !== undefined),
    `expected "${OWN_TOKENIZER_FILE}" in "files" where "tokenizer" of "slm" is "own", and only there`,
  );
export type OwnHybrid = z.infer<typeof ownHybridSchema>;

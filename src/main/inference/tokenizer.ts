/**
 * A pack's tokenizer.json: prompt → ids, and the table the detokenizer reads.
 * Normalizer, pre-tokenizer and template are the library's; the Unigram model is ours (see unigram.ts).
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import type { Inline, Inlines } from '../../shared/inlines';
import type { PieceBytes, PieceText } from './detokenizer';
import { byteOfPiece, Unigram } from './unigram';

const tokenizerFileSchema = z.looseObject({
  model: z.looseObject({
    type: z.literal('Unigram'),
    unk_id: z.number().int().nonnegative(),
    byte_fallback: z.boolean().default(false),
    vocab: z.array(z.tuple([z.string(), z.number()])).min(1),
  }),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string() })),
});

const SPACE_MARK = '▁';

/** What translating asks of a pack's tokenizer. */
export interface PromptTokenizer {
  /** What each id writes; control tokens write nothing. */
  readonly pieceTexts: readonly PieceBytes[];
  readonly vocabSize: number;
  /** Ids of a task's prompt, by its prefix. */
  encode(prefix: string, text: string): number[];
  /** As `encode`, for text with inline codes: the k-th code is `codeIds[k]`. */
  encodeInlines(prefix: string, inlines: Inlines, codeIds: readonly number[]): number[];
}

export class Tokenizer implements PromptTokenizer {
  /** What each id writes; control tokens write nothing. */
  readonly pieceTexts: readonly PieceText[];
  private readonly library: LibraryTokenizer;
  private readonly unigram: Unigram;
  private readonly addedIds: ReadonlyMap<string, number>;
  /** What the template appends: the end of sentence. */
  private readonly suffix: readonly number[];

  /** `file` is the parsed tokenizer.json. Throws a ZodError when it is none this app can read. */
  constructor(file: unknown) {
    const { model, added_tokens: added } = tokenizerFileSchema.parse(file);
    this.addedIds = new Map(added.map((token) => [token.content, token.id]));
    this.unigram = new Unigram({
      pieces: model.vocab,
      unkId: model.unk_id,
      byteFallback: model.byte_fallback,
      control: new Set([...this.addedIds.keys(), ...model.vocab.map(([piece]) => piece).filter((piece) => /^<unused_\d+>$/.test(piece))]),
    });
    const controlIds = new Set(this.addedIds.values());
    const size = Math.max(model.vocab.length, ...added.map((token) => token.id + 1));
    this.pieceTexts = Array.from({ length: size }, (_, id) => {
      const piece = model.vocab[id]?.[0] ?? '';
      if (controlIds.has(id)) return '';
      return byteOfPiece(piece) ?? piece.replaceAll(SPACE_MARK, ' ');
    });
    // The library never sees the vocabulary: it would only build a second trie of it.
    this.library = new LibraryTokenizer(
      { ...(file as object), model: { type: 'Unigram', unk_id: 0, vocab: [['<unk>', 0]] }, added_tokens: [] },
      {},
    );
    this.suffix = this.library.encode('').tokens.map((token) => this.addedIds.get(token) ?? model.unk_id);
  }

  get vocabSize(): number {
    return this.pieceTexts.length;
  }

  /**
   * Ids of `prefix + text` with the template's end of sentence. A prefix that is one added token stays one; text never becomes a control
   * token, whatever it looks like. NULs and lone surrogates count as U+FFFD.
   */
  encode(prefix: string, text: string): number[] {
    return this.encodeInlines(prefix, [text], []);
  }

  /**
   * As `encode`, for text with inline codes: the k-th code is `codeIds[k]`, and what stands between codes is tokenized as if alone, as in
   * training. Throws a RangeError when there are more codes than ids.
   */
  encodeInlines(prefix: string, inlines: Inlines, codeIds: readonly number[]): number[] {
    const prefixId = this.addedIds.get(prefix.trim());
    let codes = 0;
    const idsOf = (inline: Inline): number[] => {
      if (typeof inline === 'string') return this.encodeText(inline);
      const id = codeIds[codes++];
      if (id === undefined) throw new RangeError(`got more codes than the ${codeIds.length} that the tokenizer has`);
      return [id];
    };
    if (prefixId !== undefined) return [prefixId, ...inlines.flatMap(idsOf), ...this.suffix];
    const [first, ...rest] = inlines;
    const withPrefix = typeof first === 'string' ? [prefix + first, ...rest] : [prefix, ...inlines];
    return [...withPrefix.flatMap(idsOf), ...this.suffix];
  }

  private encodeText(text: string): number[] {
    const wellFormed = text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
    const normalized = this.library.normalizer?.normalize(wellFormed) ?? wellFormed;
    if (normalized === '') return [];
    const words = this.library.pre_tokenizer?.pre_tokenize(normalized) ?? [normalized];
    return words.flatMap((word) => this.unigram.encode(word));
  }
}

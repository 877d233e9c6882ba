/**
 * The tokenizer.json of an imported model: Unigram, BPE or byte-level BPE. What stands around a text (languages, end of sentence) comes from
 * the pack's tasks, not from the file: it holds one language's way only.
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { textOf, type Inlines } from '../../shared/inlines';
import type { TranslatingManifest } from '../../shared/pack';
import { ByteTokenizer } from './byte-tokenizer';
import type { PieceBytes } from './detokenizer';
import { promptOf } from './models/imported-prompt';
import { Tokenizer, type PromptTokenizer } from './tokenizer';
import { byteOfPiece } from './unigram';

const stepSchema = z.looseObject({ type: z.string() }).nullish();

const fileSchema = z.looseObject({
  model: z.looseObject({ type: z.string() }),
  pre_tokenizer: z.looseObject({ type: z.string(), pretokenizers: z.array(stepSchema).default([]) }).nullish(),
});

const pieceFileSchema = z.looseObject({
  model: z.looseObject({ vocab: z.record(z.string(), z.number().int().nonnegative()) }),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string().min(1) })),
});

interface TextEncoder {
  readonly pieceTexts: readonly PieceBytes[];
  /** Ids of a text alone; it never becomes a control token. */
  encode(text: string): number[];
}

export class ImportedTokenizer implements PromptTokenizer {
  readonly pieceTexts: readonly PieceBytes[];
  private readonly texts: TextEncoder;

  /**
   * `file` is the parsed tokenizer.json; `own`: what the ids of a lane with a tokenizer of its own write. Throws a ZodError or an Error when it
   * is none this app can read.
   */
  constructor(
    file: unknown,
    private readonly manifest: Pick<TranslatingManifest, 'tasks' | 'tokenizer'>,
    own: readonly PieceBytes[],
  ) {
    this.texts = textEncoder(file);
    const { pieceTexts } = this.texts;
    const unused = Array.from({ length: Math.max(0, manifest.tokenizer.vocabSize - pieceTexts.length) }, () => '');
    this.pieceTexts = own.length === 0 ? pieceTexts : [...pieceTexts, ...unused, ...own];
  }

  get vocabSize(): number {
    return this.texts.pieceTexts.length;
  }

  encode(prefix: string, text: string): number[] {
    const { tasks, tokenizer } = this.manifest;
    const prompt = tasks.find((task) => task.prefix === prefix)?.prompt;
    if (!prompt) throw new RangeError(`got the prefix "${prefix}", expected that of a task of the pack`);
    const ids = this.texts.encode(prompt.text + text);
    return promptOf([...prompt.before, ...ids, ...prompt.after], prompt.forced, tokenizer.vocabSize);
  }

  /** Imported models know no inline codes; there are none to place. */
  encodeInlines(prefix: string, inlines: Inlines): number[] {
    return this.encode(prefix, textOf(inlines));
  }
}

/** What each id of a tokenizer.json writes. Throws as the constructor. */
export function readPieces(file: unknown): { readonly pieceTexts: readonly PieceBytes[]; readonly vocabSize: number } {
  const { pieceTexts } = textEncoder(file);
  return { pieceTexts, vocabSize: pieceTexts.length };
}

function textEncoder(file: unknown): TextEncoder {
  const { model, pre_tokenizer: pre } = fileSchema.parse(file);
  const isByteLevel = pre?.type === 'ByteLevel' || pre?.pretokenizers.some((step) => step?.type === 'ByteLevel') === true;
  if (model.type === 'Unigram') return unigramEncoder(file);
  if (model.type === 'BPE') return isByteLevel ? new ByteTokenizer(file) : pieceEncoder(file);
  throw new Error(`its model is ${model.type}; expected Unigram or BPE`);
}

function unigramEncoder(file: unknown): TextEncoder {
  const tokenizer = new Tokenizer(file);
  // The template's ids stand at the end there, wherever the file puts them.
  const template = tokenizer.encode('', '').length;
  return {
    pieceTexts: tokenizer.pieceTexts,
    encode: (text) => {
      const ids = tokenizer.encode('', text);
      return ids.slice(0, ids.length - template);
    },
  };
}

/** BPE over characters, with `▁` for spaces. */
function pieceEncoder(file: unknown): TextEncoder {
  const { model, added_tokens: added } = pieceFileSchema.parse(file);
  const ids = [...Object.values(model.vocab), ...added.map(({ id }) => id)];
  const pieceTexts: PieceBytes[] = Array.from({ length: ids.reduce((most, id) => Math.max(most, id), -1) + 1 }, () => '');
  for (const [piece, id] of Object.entries(model.vocab)) pieceTexts[id] = byteOfPiece(piece) ?? piece.replaceAll('▁', ' ');
  for (const { id } of added) pieceTexts[id] = '';
  // Without added tokens the library takes none from the text.
  const library = new LibraryTokenizer({ ...(file as object), added_tokens: [] }, {});
  return {
    pieceTexts,
    encode: (text) => library.encode(text.replace(/[\0\p{Surrogate}]/gu, '\ufffd'), { add_special_tokens: false }).ids,
  };
}

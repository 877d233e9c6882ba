/** What of a text, with inline codes or without, is translated together: gaps and sentences, and the parts of those that are too long. */
import type { CodePair } from '../../shared/check-codes';
import { codesOf, textOf, type Inlines } from '../../shared/inlines';
import { mask } from '../../shared/mask';
import { segment, splitLong } from '../../shared/segment';
import { CodeKinds } from './codes/code-kinds';
import { cutInlines, type InlinePiece } from './codes/cut-inlines';
import type { OpenPack } from './open-pack';
import type { StageClock } from './stage-clock';

/** A text as the models get it. */
export interface Prepared {
  inlines: Inlines;
  kinds: CodeKinds;
  /** What codes stand for that hide text which must survive exactly. */
  hidden: ReadonlyMap<number, string>;
}

/** A pack that knows no codes reads all text as text. */
export function prepared(inlines: Inlines, pairs: readonly CodePair[], { manifest }: Pick<OpenPack, 'manifest'>): Prepared {
  if (manifest.tokenizer.codeIds.length === 0) return { inlines, kinds: new CodeKinds(pairs), hidden: new Map() };
  const masked = mask(inlines);
  return { inlines: masked.inlines, kinds: new CodeKinds([...pairs, ...masked.pairs]), hidden: masked.hidden };
}

export function sentencesOf({ inlines, kinds, hidden }: Prepared): Iterable<InlinePiece> {
  return cutInlines(inlines, kinds, (code) => hidden.has(code), segment);
}

/** A sentence the model can read at once stays whole. */
export function partsThatFit(
  sentence: Inlines,
  { kinds, hidden }: Prepared,
  prefix: string,
  { tokenizer, manifest }: Pick<OpenPack, 'tokenizer' | 'manifest'>,
  clock: StageClock,
): Iterable<InlinePiece> {
  const codes = codesOf(sentence).length;
  const length = textOf(sentence).length;
  // UTF-8 bytes bound the tokens; three bytes a code unit bound those. Two more: the prefix and the end of sentence, one: the first space.
  // A code is a token, and the space of the text behind it another.
  if (length * 3 + 3 + 2 * codes <= manifest.maxSourceTokens) return [{ kind: 'sentence', inlines: sentence }];
  // Where codes alone would fill the prompt, they are placed by position (translateSentence).
  const room = Math.max(manifest.maxSourceTokens - 2 * codes, manifest.maxSourceTokens >> 1);
  const fits = (part: string) => clock.time('tokenize', () => tokenizer.encode(prefix, part)).length <= room;
  return cutInlines(
    sentence,
    kinds,
    (code) => hidden.has(code),
    (text) => splitLong(text, fits),
  );
}

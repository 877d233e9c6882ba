/** Words of an output, by its tokens and by its text. Knows pieces, no model. */
import type { PieceBytes } from './detokenizer';

const WORD_PART = /[\p{L}\p{M}\p{N}'’-]/u;
const WORD_PART_END = /[\p{L}\p{M}\p{N}'’-]$/u;

/** Whether `word`, the ids of the beginning of a word or sign, is whole where `next` follows. */
export function endsWord(word: readonly number[], next: number, table: readonly PieceBytes[]): boolean {
  const text = word.map((id) => table[id] ?? '');
  const piece = table[next] ?? '';
  // Bytes may be the middle of a character.
  if (typeof piece !== 'string' || typeof (text.at(-1) ?? '') !== 'string') return false;
  if (text.every((part) => typeof part === 'string' && part.trim() === '')) return piece === '';
  const isWord = WORD_PART_END.test(String(text.at(-1)));
  return piece === '' || !isWord || !WORD_PART.test(piece.slice(0, 1));
}

/** The word or sign of `text` that `at` is in or that follows it, white space left out. */
export function wordAt(text: string, at: number): string {
  let start = at;
  while (/\s/.test(text.charAt(start))) start++;
  if (start === at && WORD_PART.test(text.charAt(at))) while (start > 0 && WORD_PART.test(text.charAt(start - 1))) start--;
  const rest = text.slice(start);
  return (/^[\p{L}\p{M}\p{N}'’-]+/u.exec(rest) ?? /^\S*/.exec(rest))?.[0] ?? '';
}

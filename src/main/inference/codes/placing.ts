/** Inline codes put into a translation that was made without them, by their position in the source. Pure. */
import { codesOf, type Inline, type Inlines } from '../../../shared/inlines';
import type { CodeKinds } from './code-kinds';
import { spaced } from './spacing';

type Range = readonly [start: number, end: number];

/**
 * Codes keep their order, so pairs stay nested. Each stands at the border of a word, in proportion to the words before it; what held at
 * least one word holds one again; what stood before the first or behind the last character, or before the final punctuation, does so.
 */
export function placed(source: Inlines, target: string, kinds: CodeKinds, language: string): Inlines {
  const text = target.trim();
  const sourceText = source.filter((inline) => typeof inline === 'string').join('');
  const sourceWords = wordsOf(sourceText);
  const targetWords = wordsOf(text);
  const positions = new Map<number, number>();
  /** Target words before each code that opens. */
  const wordsBefore = new Map<number, number>();
  let offset = 0;
  let last = 0;
  for (const [index, inline] of source.entries()) {
    if (typeof inline === 'string') {
      offset += inline.length;
      continue;
    }
    const { code } = inline;
    const isAfterWord = kinds.of(code) === 'close' || (kinds.of(code) === 'alone' && touchesOnlyWhatIsBefore(source, index));
    // A code inside of a word counts with the word that it is nearer to by its kind.
    const before = sourceWords.filter(([start, end]) => (isAfterWord ? start < offset : end <= offset)).length;
    let words = sourceWords.length === 0 ? 0 : Math.round((before / sourceWords.length) * targetWords.length);
    const partner = kinds.partnerOf(code);
    const opened = partner === undefined ? undefined : positions.get(partner);
    if (kinds.of(code) === 'open') {
      const holdsWords = holdsWord(source, index, partner);
      if (holdsWords) words = Math.min(words, Math.max(0, targetWords.length - 1));
      wordsBefore.set(code, words);
    } else if (kinds.of(code) === 'close' && partner !== undefined && opened !== undefined) {
      const openIndex = source.findIndex((other) => typeof other !== 'string' && other.code === partner);
      if (holdsWord(source, openIndex, code)) words = Math.min(targetWords.length, Math.max(words, (wordsBefore.get(partner) ?? 0) + 1));
    }
    let position = borderOf(targetWords, words, isAfterWord, text.length);
    if (sourceText.slice(0, offset).trim() === '') position = 0;
    else if (sourceText.slice(offset).trim() === '') position = text.length;
    else if (isAfterWord && before === 0) position = targetWords[0]?.[0] ?? 0;
    last = Math.max(last, position);
    positions.set(code, last);
  }
  return spaced(source, cutAt(text, codesOf(source), positions), kinds, language);
}

function wordsOf(text: string): Range[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/gu), (match) => [match.index, match.index + match[0].length] as const);
}

/** The end of the last of so many words, or the start of the next one. */
function borderOf(words: readonly Range[], count: number, isAfterWord: boolean, length: number): number {
  if (isAfterWord && count > 0) return words[count - 1]?.[1] ?? length;
  return words[count]?.[0] ?? words.at(-1)?.[1] ?? length;
}

/** As the mark of a footnote does. */
function touchesOnlyWhatIsBefore(source: Inlines, index: number): boolean {
  const before = source[index - 1];
  const after = source[index + 1];
  return typeof before === 'string' && /\S$/.test(before) && (typeof after !== 'string' || /^[^\p{L}\p{N}]/u.test(after));
}

/** Whether there is a word between a code and its partner. */
function holdsWord(source: Inlines, openIndex: number, close: number | undefined): boolean {
  for (const inline of source.slice(openIndex + 1)) {
    if (typeof inline !== 'string') {
      if (inline.code === close) return false;
    } else if (/[\p{L}\p{N}]/u.test(inline)) return true;
  }
  return false;
}

function cutAt(text: string, codes: readonly number[], positions: ReadonlyMap<number, number>): Inlines {
  const inlines: Inline[] = [];
  let done = 0;
  for (const code of codes) {
    const position = positions.get(code) ?? text.length;
    if (position > done) inlines.push(text.slice(done, position));
    inlines.push({ code });
    done = position;
  }
  if (done < text.length) inlines.push(text.slice(done));
  return inlines;
}

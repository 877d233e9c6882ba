/** Inline codes put into a translation that was made without them, by their position in the source. Pure. */
import { codesOf, textOf, type Inline, type Inlines } from '../../../shared/inlines';
import type { CodeKinds } from './code-kinds';
import { spaceAfterText, spaceBeforeText, touchesOf, type Touch } from './spacing';

type Range = readonly [start: number, end: number];

/**
 * Codes keep their order, so pairs stay nested. Each stands at the border of a word, in proportion to the words before it; what held at
 * least one word holds one again; what stood before the first or behind the last character, or before the final punctuation, does so.
 */
export function placed(source: Inlines, target: string, kinds: CodeKinds, language: string): Inlines {
  const text = target.trim();
  const sourceText = textOf(source);
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
  return inserted(source, text, positions, kinds, language);
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

/** What begins or ends something leaves the spaces as they are; what may stand for a word is set off as one. */
function inserted(source: Inlines, text: string, positions: ReadonlyMap<number, number>, kinds: CodeKinds, language: string): Inlines {
  const touches = touchesOf(source);
  // Words that touched the code in the source are not those that it stands between here.
  const apart = (touch: Touch | undefined) => (touch === undefined || touch === 'word' ? 'edge' : touch);
  const inlines: Inline[] = [];
  let stretch = '';
  let done = 0;
  for (const code of codesOf(source)) {
    const position = positions.get(code) ?? text.length;
    stretch += text.slice(done, position);
    done = position;
    const left = text.slice(0, position);
    const right = text.slice(position);
    const isAlone = kinds.of(code) === 'alone';
    const before = touches.get(code)?.before;
    const hasSpaceBefore = stretch === '' ? left === '' || /\s$/.test(left) : /\s$/.test(stretch);
    if (isAlone && !hasSpaceBefore && left !== '' && before !== 'word') {
      if (spaceAfterText(left, apart(before), 'alone', right.trim(), language)) stretch += ' ';
    }
    if (stretch !== '') inlines.push(stretch);
    inlines.push({ code });
    const isFollowed = right !== '' && !/^\s/.test(right);
    stretch = isAlone && isFollowed && spaceBeforeText(right, apart(touches.get(code)?.after), 'alone', left.trim(), language) ? ' ' : '';
  }
  stretch += text.slice(done);
  if (stretch !== '') inlines.push(stretch);
  return inlines;
}

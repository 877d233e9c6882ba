/** Lines of a paragraph as one text: words that were parted at a line's end are whole again. Pure. */
import { looksLike, textOfSpans, type Span } from './stretches';

/** Words of a document, in lower case, as they stand inside lines: what is a word, and with a hyphen or without. */
export type Vocabulary = ReadonlySet<string>;

const WORD = /[\p{L}\p{N}]+(?:[-‐’'][\p{L}\p{N}]+)*/gu;

/** `texts`: of the lines, in order. Parts of words at hyphenated ends do not count. */
export function vocabularyOf(texts: Iterable<string>): Vocabulary {
  const words = new Set<string>();
  let isBroken = false;
  for (const text of texts) {
    const whole = isBroken ? text.replace(/^\S+/, '') : text;
    isBroken = BROKEN_END.test(text);
    for (const [word] of whole.replace(BROKEN_END, '').matchAll(WORD)) {
      const known = word.toLowerCase().replaceAll('‐', '-');
      words.add(known);
      if (known.includes('-')) for (const part of known.split('-')) words.add(part);
    }
  }
  return words;
}

const BROKEN_END = /[\p{L}\p{N}]+[-‐\u00ad]$/u;

/** `lines`: the spans of each. No span of the result is empty; spans of one look are one. */
export function joinLines(lines: readonly (readonly Span[])[], vocabulary: Vocabulary): Span[] {
  const joined: Span[] = [];
  for (const spans of lines) {
    const last = joined.at(-1);
    const [first] = spans;
    if (last && first) {
      const end = jointOf(textOfSpans(joined), textOfSpans(spans), vocabulary);
      joined[joined.length - 1] = { ...last, text: last.text.slice(0, last.text.length - end.cut) + end.add };
    }
    joined.push(...spans);
  }
  return tidySpans(joined);
}

interface Joint {
  /** Characters to take from the end of the first line. */
  readonly cut: number;
  readonly add: '' | ' ';
}

const GLUE: Joint = { cut: 0, add: '' };
const SPACE: Joint = { cut: 0, add: ' ' };

function jointOf(before: string, after: string, vocabulary: Vocabulary): Joint {
  if (before.endsWith('\u00ad')) return { cut: 1, add: '' };
  if (/\s$/.test(before)) return GLUE;
  const [, first = '', hyphen = ''] = /([\p{L}\p{N}’'-]*)([-‐])$/u.exec(before) ?? [];
  if (hyphen !== '' && first !== '') {
    const [second = ''] = /^[\p{L}\p{N}’']+/u.exec(after) ?? [];
    if (second === '') return SPACE;
    return keepsHyphen(first, second, vocabulary) ? GLUE : { cut: hyphen.length, add: '' };
  }
  // A dash without a space in front of it, and the middle of an address.
  return /\S[—–]$/.test(before) || /(?:https?:|www\.)\S*[/.=&?_-]$/.test(before) ? GLUE : SPACE;
}

/** The hyphen is the word's own: it stands elsewhere with it, or both halves are words and the whole is none. */
function keepsHyphen(first: string, second: string, vocabulary: Vocabulary): boolean {
  if (!/^\p{Ll}/u.test(second) || /\p{N}|-/u.test(first) || /^\p{Lu}{2,}$/u.test(first)) return true;
  const [a, b] = [first.toLowerCase(), second.toLowerCase()];
  if (vocabulary.has(`${a}-${b}`)) return true;
  if (vocabulary.has(a + b)) return false;
  return a.length > 2 && b.length > 2 && vocabulary.has(a) && vocabulary.has(b);
}

/** Spaces have no look of their own, and spans of one look are one. */
export function tidySpans(spans: readonly Span[]): Span[] {
  const tidy: Span[] = [];
  for (const span of spans.flatMap(withoutSpaces)) {
    const last = tidy.at(-1);
    if (!last) tidy.push(span);
    else if (looksLike(last, span)) tidy[tidy.length - 1] = { ...last, text: last.text + span.text };
    else tidy.push(span);
  }
  return gathered(tidy).filter(({ text }) => text !== '');
}

const PLAIN: Omit<Span, 'text'> = { bold: false, italic: false, mono: false, math: false, raise: null, href: null };

/** A span with the spaces at its edges as plain ones of their own. */
function withoutSpaces(span: Span): Span[] {
  const text = span.text.replaceAll('\u00ad', '').replaceAll(/[ \t\u00a0\u2000-\u200a]+/g, ' ');
  const [, before = '', inner = '', after = ''] = /^( *)(.*?)( *)$/s.exec(text) ?? [];
  const parts: Span[] = [
    { ...PLAIN, text: before },
    { ...span, text: inner },
    { ...PLAIN, text: inner === '' ? '' : after },
  ];
  return parts.filter((part) => part.text !== '');
}

/** A space between two spans of one look is theirs. */
function gathered(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const space = result.at(-1);
    const before = result.at(-2);
    if (space && before && space.text.trim() === '' && looksLike(before, span)) {
      result.splice(-2, 2, { ...before, text: before.text + space.text + span.text });
    } else {
      result.push(span);
    }
  }
  return result;
}

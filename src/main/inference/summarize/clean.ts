/**
 * What is shown of what a model wrote: the summary alone, in the form that was asked for. Chat around it ("Here is a summary:", "Let me know
 * if …"), Markdown, sentences said before and whatever goes beyond the length are left out. Words are never changed, only left out, so that
 * what is shown can be traced to what was written.
 * The same for a text that still grows: what may yet turn out to be none of the summary is held back, so nothing shown goes away again
 * but by the model's own doing.
 */
import type { Range, SummaryForm, SummaryLength } from '../../../shared/inference';
import { preambleEnd } from './preamble';
import { sentenceRanges } from './sentence-ranges';
import { isStopWord, stemOf, wordsOf } from './words';

export interface Shape {
  readonly length: SummaryLength;
  readonly form: SummaryForm;
  /** The instruction: a model that has nothing more to say may repeat it. */
  readonly after?: string;
}

/** `growing`: more may come; `ended`: the model ended it; `cut`: it was stopped in the middle. */
export type Growth = 'growing' | 'ended' | 'cut';

/** A stretch of the text that stands for itself: `text.slice(start, end)` is what was written from `from` on. */
interface Stretch extends Range {
  readonly from: number;
}

export interface Cleaned {
  readonly text: string;
  /** In order; between them is what was put in: bullets, spaces, full stops. */
  readonly stretches: readonly Stretch[];
  /** All that was asked for is there, or nothing new comes: the model need not go on. */
  readonly isEnough: boolean;
  /** Whether there is a whole sentence or point. */
  readonly isSound: boolean;
}

/** Sentences or points. */
const MOST: Record<SummaryLength, number> = { headline: 1, short: 3, long: 10 };

/** Said after a summary. */
const CLOSERS = [
  'let me know',
  'i hope this',
  'i hope that',
  'feel free to',
  'please let me know',
  'if you have any',
  'if you need',
  'if you would like',
  "if you'd like",
  'is there anything',
  'would you like',
];
const LIST_MARK = /^\s*(?:(?:[-*+•‣◦–—]|\(?\d{1,2}[.)]|#{1,6})\s+)+/;
/** What may become a list mark. */
const LIST_MARK_BEGUN = /^\s*(?:[-*+•‣◦–—]|\(?\d{1,2}[.)]?|#{1,6}|\()?\s*$/;
const SENTENCE_END = /[.!?…:;]["'”’»)\]]*$/;
const BOLD = /\*\*/g;

interface Unit extends Range {
  readonly isListItem: boolean;
  /** Something comes after it, or it ends as sentences do. */
  readonly isWhole: boolean;
}

export function cleaned(written: string, shape: Shape, growth: Growth): Cleaned {
  const begin = preambleEnd(written, growth === 'growing');
  if (begin === null) return { text: '', stretches: [], isEnough: false, isSound: false };
  const { units, isEnough } = chosen(written, unitsOf(written, begin, growth), shape, growth);
  const composed = shape.length === 'headline' ? headline(written, units, growth) : laidOut(written, units, shape.form, growth);
  return { ...composed, isEnough, isSound: units.some(({ isWhole }) => isWhole) || (growth === 'ended' && units.length > 0) };
}

/** Ranges of what was written as ranges of what is shown. */
export function shownRanges({ stretches }: Cleaned, written: Range): Range[] {
  return stretches.flatMap(({ start, end, from }) => {
    const first = Math.max(start, written.start - from + start);
    const last = Math.min(end, written.end - from + start);
    return first < last ? [{ start: first, end: last }] : [];
  });
}

/** Sentences and list items of what was written from `begin` on. */
function unitsOf(written: string, begin: number, growth: Growth): Unit[] {
  const units: Unit[] = [];
  let lineStart = begin;
  for (const line of written.slice(begin).split('\n')) {
    const isLast = lineStart + line.length === written.length;
    const mark = LIST_MARK.exec(line)?.[0].length ?? 0;
    const isListItem = mark > 0;
    const body = line.slice(mark);
    const isBegun = growth === 'growing' && isLast && LIST_MARK_BEGUN.test(line);
    if (body.trim() !== '' && !isBegun) {
      const cuts = isListItem ? [0] : Array.from(sentenceRanges(body), ({ start }) => start);
      // What stands before the first sentence and between them goes with them: other scripts, for one.
      const starts = [0, ...cuts.slice(1)];
      for (const [index, start] of starts.entries()) {
        const end = starts[index + 1] ?? body.length;
        const text = body.slice(start, end);
        const from = lineStart + mark + start + text.length - text.trimStart().length;
        // A star at the end may be half of a bold mark.
        const half = growth === 'growing' && isLast && /(?<!\*)\*$/.test(text) ? 1 : 0;
        const to = lineStart + mark + start + text.trimEnd().length - half;
        const isWhole = index + 1 < starts.length || !isLast || (growth !== 'growing' && SENTENCE_END.test(text.trimEnd()));
        units.push({ start: from, end: to, isListItem, isWhole: isWhole || growth === 'ended' });
      }
    }
    lineStart += line.length + 1;
  }
  return units;
}

/** Without what was said before and what is no summary, and no more than was asked for. */
function chosen(
  written: string,
  units: readonly Unit[],
  { length, after = '' }: Shape,
  growth: Growth,
): { units: readonly Unit[]; isEnough: boolean } {
  const most = MOST[length];
  const instruction = plain(after);
  const kept: Unit[] = [];
  const said: Said[] = [];
  let repeats = 0;
  for (const unit of units) {
    const text = written.slice(unit.start, unit.end);
    const words = plain(text);
    if (words === '') continue;
    const isOpen = growth === 'growing' && !unit.isWhole;
    if (CLOSERS.some((closer) => words.startsWith(plain(closer)))) return { units: kept, isEnough: true };
    if (isOpen && CLOSERS.some((closer) => plain(closer).startsWith(words))) continue;
    if (instruction.includes(words) && (isOpen || words.includes(' '))) {
      if (isOpen) continue;
      return { units: kept, isEnough: true };
    }
    if (saysNothingNew(text, said, isOpen)) {
      if (isOpen) continue;
      // A sentence that comes again word for word is the first turn of a loop; others may be followed by something new, once.
      if (said.some((known) => known.words === words) || ++repeats > 1) return { units: kept, isEnough: true };
      continue;
    }
    if (growth === 'cut' && !unit.isWhole && kept.length > 0) continue;
    if (kept.length === most) return { units: kept, isEnough: true };
    kept.push(unit);
    said.push({ words, terms: new Set(termsOf(text)) });
  }
  return { units: kept, isEnough: kept.length === most && kept.every(({ isWhole }) => isWhole) };
}

interface Said {
  readonly words: string;
  readonly terms: ReadonlySet<string>;
}

/** Whether all words that say something, and all numbers, are in one sentence that was said; the last word may not be whole yet. */
function saysNothingNew(text: string, said: readonly Said[], isOpen: boolean): boolean {
  const terms = termsOf(isOpen ? text.replace(/[\p{L}\p{N}'’]+$/u, '') : text);
  return said.some((known) => terms.every((term) => known.terms.has(term)));
}

const termsOf = (text: string) => [
  ...wordsOf(text).flatMap((word) => (isStopWord(word.text) ? [] : [stemOf(word.text)])),
  ...(text.match(/\d+/g) ?? []),
];

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

class Composition {
  private text = '';
  private readonly stretches: Stretch[] = [];

  constructor(private readonly written: string) {}

  put(text: string): void {
    this.text += text;
  }

  /** A range of what was written, without bold marks. */
  take({ start, end }: Range): void {
    let from = start;
    const marks = [...this.written.slice(start, end).matchAll(BOLD)].map(({ index }) => start + index);
    for (const mark of [...marks, end]) {
      const stretch = this.written.slice(from, mark);
      if (stretch !== '') this.stretches.push({ start: this.text.length, end: this.text.length + stretch.length, from });
      this.text += stretch;
      from = mark + 2;
    }
  }

  /** A unit that was cut ends with its last whole word, and shows that it was cut. */
  takeUnit(unit: Unit, growth: Growth): void {
    if (growth !== 'cut' || unit.isWhole) {
      this.take(unit);
      return;
    }
    const end = unit.start + this.written.slice(unit.start, unit.end).replace(/(?<=\S)\s+\S*$/, '').length;
    this.take({ start: unit.start, end });
    this.put('…');
  }

  get composed(): Pick<Cleaned, 'text' | 'stretches'> {
    return { text: this.text, stretches: this.stretches };
  }
}

/** One line, without quotes around it and the full stop at its end. */
function headline(written: string, [unit]: readonly Unit[], growth: Growth): Pick<Cleaned, 'text' | 'stretches'> {
  const composition = new Composition(written);
  if (!unit) return composition.composed;
  let { start, end } = unit;
  const text = () => written.slice(start, end);
  const before = () => /^(?:\*\*|["“”‘«])+/.exec(text())?.[0].length ?? 0;
  const isQuoted = before() > 0;
  start += before();
  const after = isQuoted ? /(?:\*\*|[."”’»,;:])+$/ : /(?:\*\*|[,;:])+$|(?<![.\p{Lu}])\.(?:\*\*)?$/u;
  end -= after.exec(text())?.[0].length ?? 0;
  composition.takeUnit({ ...unit, start, end: Math.max(start, end) }, growth);
  return composition.composed;
}

function laidOut(written: string, units: readonly Unit[], form: SummaryForm, growth: Growth): Pick<Cleaned, 'text' | 'stretches'> {
  const composition = new Composition(written);
  for (const [index, unit] of units.entries()) {
    const isLast = index === units.length - 1;
    if (form === 'bullets') composition.put(index === 0 ? '- ' : '\n- ');
    else if (index > 0) composition.put(' ');
    const isOpen = isLast && growth === 'growing';
    // A star may be half of a bold mark.
    composition.takeUnit(unit, growth);
    if (form === 'paragraph' && unit.isListItem && !isOpen && !SENTENCE_END.test(written.slice(unit.start, unit.end))) composition.put('.');
  }
  return composition.composed;
}

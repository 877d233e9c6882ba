/**
 * What is shown of what a model wrote: the summary alone, in the form that was asked for. Chat around it ("Here is a summary:", "Let me know
 * if …"), Markdown, sentences said before and whatever goes beyond the length are left out. Words are never changed, only left out, so that
 * what is shown can be traced to what was written.
 * The same for a text that still grows: what may yet turn out to be none of the summary is held back, so nothing shown goes away again
 * but by the model's own doing.
 */
import type { SummaryForm, SummaryLength } from '../../../shared/pack';
import { headline, laidOut, SENTENCE_END, type Composed, type Growth, type Unit } from './layout';
import { preambleEnd } from './preamble';
import { plainWords, Said } from './said';
import { sentenceRanges } from './sentence-ranges';

export interface Shape {
  readonly length: SummaryLength;
  readonly form: SummaryForm;
  /** The instruction: a model that has nothing more to say may repeat it. */
  readonly after?: string;
}

export interface Cleaned extends Composed {
  /** All that was asked for is there, or nothing new comes: the model need not go on. */
  readonly isEnough: boolean;
  /** Whether there is a whole sentence or point. */
  readonly isSound: boolean;
  /** It was stopped in the middle of its last sentence. */
  readonly isCut: boolean;
  /** Sentences left out because they say again what another says. */
  readonly repeated: number;
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
/** A sentence of so many words that says nothing but what was asked is the instruction, a word left out or changed. */
const FEWEST_WORDS_ASKED = 6;
/** What may become a list mark. */
const LIST_MARK_BEGUN = /^\s*(?:[-*+•‣◦–—]|\(?\d{1,2}[.)]?|#{1,6}|\()?\s*$/;

export function cleaned(written: string, shape: Shape, growth: Growth): Cleaned {
  const begin = preambleEnd(written, growth === 'growing');
  if (begin === null) return { text: '', stretches: [], units: [], isEnough: false, isSound: false, isCut: false, repeated: 0 };
  const { kept: units, ...ending } = chosen(written, unitsOf(written, begin, growth), shape, growth);
  const composed = shape.length === 'headline' ? headline(written, units, growth) : laidOut(written, units, shape.form, growth);
  const isCut = growth === 'cut' && units.at(-1)?.isWhole === false;
  return { ...composed, ...ending, isCut, isSound: units.some(({ isWhole }) => isWhole) || (growth === 'ended' && units.length > 0) };
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
): { kept: readonly Unit[]; isEnough: boolean; repeated: number } {
  const most = MOST[length];
  const instruction = plainWords(after);
  const asked = new Said();
  asked.add(after);
  const kept: Unit[] = [];
  const said = new Said();
  let repeated = 0;
  for (const unit of units) {
    const text = written.slice(unit.start, unit.end);
    const words = plainWords(text);
    if (words === '') continue;
    const isOpen = growth === 'growing' && !unit.isWhole;
    if (CLOSERS.some((closer) => words.startsWith(plainWords(closer)))) return { kept, isEnough: true, repeated };
    if (isOpen && CLOSERS.some((closer) => plainWords(closer).startsWith(words))) continue;
    if (instruction.includes(words) && (isOpen || words.includes(' '))) {
      if (isOpen) continue;
      return { kept, isEnough: true, repeated };
    }
    if (!isOpen && words.split(' ').length >= FEWEST_WORDS_ASKED && asked.covers(text)) return { kept, isEnough: true, repeated };
    // The last word may not be whole yet.
    if (said.covers(isOpen ? text.replace(/[\p{L}\p{N}'’]+$/u, '') : text)) {
      if (isOpen) continue;
      repeated++;
      // A sentence that comes again word for word is the first turn of a loop; others may be followed by something new, once.
      if (said.holds(text) || repeated > 1) return { kept, isEnough: true, repeated };
      continue;
    }
    if (growth === 'cut' && !unit.isWhole && kept.length > 0) continue;
    if (kept.length === most) return { kept, isEnough: true, repeated };
    kept.push(unit);
    said.add(text);
  }
  return { kept, isEnough: kept.length === most && kept.every(({ isWhole }) => isWhole), repeated };
}

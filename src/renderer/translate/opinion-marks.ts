/** Opinions of tokens → marks on the words of the output. Pure. */
import type { Opinion } from '../../shared/inference/sentences';
import { type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { judgedSentences, type Opinions } from './opinion-store';
import { wordsOf } from './places';

/** A word that the large model would have chosen less often than this is far from what it would have written. */
const CLOSE = 0.1;

/** `close`: its second choice or so; `far`: another word; `more`: it would have gone on where the sentence ends. */
export type Distance = 'close' | 'far' | 'more';

export interface OpinionMark {
  /** In the output, UTF-16 code units. */
  start: number;
  end: number;
  distance: Distance;
  /** What the large model would have written; empty: nothing more. */
  instead: string;
}

export interface Judgement {
  /** In the order of the output, none over another. */
  marks: readonly OpinionMark[];
  /** Words and signs that were judged, and those that the large model would have written too. */
  words: number;
  same: number;
}

export function judgementOf(generation: Generation, opinions: Opinions): Judgement {
  const output = wholeText(generation.output);
  const marks: OpinionMark[] = [];
  let words = 0;
  for (const { written, start, end } of judgedSentences(generation)) {
    const heard = opinions.get(written);
    if (heard === undefined) continue;
    const ranges = wordsOf(output.slice(start, end));
    words += ranges.length;
    for (const range of ranges) {
      const mark = markOf(range, heard, written.ends);
      if (mark !== null) marks.push({ ...mark, start: start + range.start, end: start + range.end });
    }
    const last = ranges.at(-1);
    const atEnd = heard[written.ids.length];
    if (last !== undefined && atEnd !== undefined && atEnd.rank !== 0 && marks.at(-1)?.end !== start + last.end) {
      marks.push({ start: start + last.start, end: start + last.end, distance: 'more', instead: atEnd.instead ?? '' });
    }
  }
  return { marks, words, same: words - marks.filter(({ distance }) => distance !== 'more').length };
}

/** The first of the word's tokens that the large model would not have written decides. */
function markOf(
  range: { start: number; end: number },
  heard: readonly Opinion[],
  ends: readonly number[],
): Pick<OpinionMark, 'distance' | 'instead'> | null {
  for (const [token, end] of ends.entries()) {
    const tokenStart = token === 0 ? 0 : (ends[token - 1] ?? 0);
    if (end <= range.start || tokenStart >= range.end) continue;
    const opinion = heard[token];
    if (opinion === undefined || opinion.rank === 0) continue;
    return { distance: (opinion.probability ?? 0) >= CLOSE ? 'close' : 'far', instead: opinion.instead ?? '' };
  }
  return null;
}

/** The sentences that a summary is put together from: written by a model, or taken from the source as they are. */
import type { Range, Summary, SummarySentence } from '../../../shared/inference/summary';
import type { SummaryForm } from '../../../shared/pack';
import { isBeginning, isListItem, isReadable, isReadableItem, shownSentence } from './extract';
import { headlineRanges } from './headline';
import { SENTENCE_END, shownRanges, type Composed } from './layout';
import type { SourceIndex, Support } from './support';
import { isStopWord } from './words';

export interface Piece extends Pick<Composed, 'text' | 'stretches'> {
  /** The source sentence that it is; null where a model wrote it. */
  readonly origin: Range | null;
  /** Where the source says it. */
  readonly place: number;
}

/** A sentence that was written, as it is. */
export function writtenPiece(text: string, { start, end, sources }: Support): Piece {
  return { text: text.slice(start, end), stretches: [{ start: 0, end: end - start, from: start }], origin: null, place: firstOf(sources) };
}

/** A sentence that was written, as a headline; null where no whole one can be made of it. */
export function writtenHeadline(text: string, { start, end, sources }: Support, isCut: boolean): Piece | null {
  const sentence = text.slice(start, end);
  const ranges = headlineRanges(sentence, isCut);
  if (ranges === null) return null;
  let length = 0;
  const stretches = ranges.map((range) => {
    const from = length;
    length += range.end - range.start;
    return { start: from, end: length, from: start + range.start };
  });
  return { text: joined(sentence, ranges), stretches, origin: null, place: firstOf(sources) };
}

/** A sentence of the source, or an item of a list of its, which gets a full stop where it has none; null where it does not read as one. */
export function takenPiece(source: string, range: Range, isHeadline: boolean): Piece | null {
  const sentence = shownSentence(source, range);
  const isFit = isReadable(sentence) || (isListItem(source, range) && isReadableItem(sentence));
  if (!isFit || !isBeginning(source, range)) return null;
  const ranges = isHeadline ? headlineRanges(sentence, false) : null;
  const whole = SENTENCE_END.test(sentence) || isHeadline ? sentence : `${sentence}.`;
  return { text: capitalized(ranges ? joined(sentence, ranges) : whole), stretches: [], origin: range, place: range.start };
}

/** A line of the source that says what the text is. */
export function titlePiece(source: string, range: Range): Piece {
  return { text: capitalized(shownSentence(source, range)), stretches: [], origin: range, place: range.start };
}

/** The summary in its form, and what its sentences rest on. `copied`: ranges of what was written. */
export function laidOut(
  pieces: readonly Piece[],
  copied: readonly Range[],
  index: SourceIndex,
  form: SummaryForm,
): Pick<Summary, 'sentences' | 'copied'> & { text: string } {
  let text = '';
  const ranges = pieces.map((piece, place) => {
    if (form === 'bullets') text += place === 0 ? '- ' : '\n- ';
    else if (place > 0) text += ' ';
    const start = text.length;
    text += piece.text;
    return { start, end: text.length };
  });
  const stretches = pieces.flatMap((piece, place) => {
    const by = ranges[place]?.start ?? 0;
    return piece.stretches.map(({ start, end, from }) => ({ start: start + by, end: end + by, from }));
  });
  return {
    text,
    sentences: ranges.map((range, place) => sentenceOf(index.support(text, range), pieces[place]?.origin ?? null)),
    copied: copied.flatMap((range) => shownRanges({ stretches }, range)),
  };
}

export function sentenceOf({ start, end, sources, unknown }: Support, origin: Range | null): SummarySentence {
  if (origin === null) return { start, end, sources, unknown, isTaken: false };
  return { start, end, sources: [{ ...origin, score: 1 }], unknown: [], isTaken: true };
}

/** As long as the ranges together. */
function joined(sentence: string, ranges: readonly Range[]): string {
  const text = ranges.map(({ start, end }) => sentence.slice(start, end)).join('');
  const isIntroduced = (ranges[0]?.start ?? 0) > 0;
  return isIntroduced ? text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : text;
}

/** A name that begins with a small letter stays as it is. */
const capitalized = (text: string) =>
  text.replace(/^\p{Ll}+(?!\p{L})/u, (word) => (isStopWord(word) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word));

const firstOf = (sources: readonly Range[]) => sources[0]?.start ?? 0;

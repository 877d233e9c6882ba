/** Marked ranges of the output, cut to the piece of text that shows them. Pure. */
import type { Flag } from '../../shared/inference/flags';
import type { Range } from '../../shared/inference/summary';
import { type OpinionMark } from './opinion-marks';

export interface Run {
  text: string;
  /** Index into the flags; null for ordinary text. */
  flag: number | null;
  mark: OpinionMark | null;
  isChosen: boolean;
}

/** `start` is where `text` begins in the whole output. Neither flags nor marks lie over others of their kind. */
export function runsOf(
  text: string,
  start: number,
  flags: readonly Flag[],
  marks: readonly OpinionMark[] = [],
  chosen: Range | null = null,
): Run[] {
  const end = start + text.length;
  const isHere = (range: Range) => range.start < end && range.end > start;
  const flagsHere = flags.flatMap((flag, index) => (isHere(flag) ? [{ start: flag.start, end: flag.end, index }] : []));
  const marksHere = marks.filter(isHere);
  const ranges: Range[] = [...flagsHere, ...marksHere, ...(chosen === null ? [] : [chosen])];
  const inside = ranges.flatMap((range) => [range.start, range.end]).filter((at) => at > start && at < end);
  const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const holds = (range: Range) => range.start <= from && from < range.end;
    return {
      text: text.slice(from - start, (cuts[index + 1] ?? end) - start),
      flag: flagsHere.find(holds)?.index ?? null,
      mark: marksHere.find(holds) ?? null,
      isChosen: chosen !== null && holds(chosen),
    };
  });
}

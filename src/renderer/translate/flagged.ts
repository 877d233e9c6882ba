/** Flagged ranges of the output, cut to the piece of text that shows them. Pure. */
import { type Flag } from '../../shared/inference';

export const FLAG_MEANINGS: Record<Flag['reason'], string> = {
  glossary: 'A term of the glossary is not used.',
  numbers: 'The numbers are not those of the source.',
  short: 'Much shorter than the source, something may be missing.',
  length: 'Stopped at the length limit, the end may be missing.',
  loop: 'Began to repeat itself, the repetition was cut.',
  codes: 'A link, name or placeholder may stand in the wrong place.',
  empty: 'Nothing was written, the source is kept.',
};

export interface Run {
  text: string;
  /** Index into the flags; null for ordinary text. */
  flag: number | null;
}

/** `start` is where `text` begins in the whole output. Flags do not overlap and come in order. */
export function runsOf(text: string, start: number, flags: readonly Flag[]): Run[] {
  const runs: Run[] = [];
  const end = start + text.length;
  let at = start;
  flags.forEach((flag, index) => {
    const from = Math.max(flag.start, at);
    const to = Math.min(flag.end, end);
    if (from >= to) return;
    if (from > at) runs.push({ text: text.slice(at - start, from - start), flag: null });
    runs.push({ text: text.slice(from - start, to - start), flag: index });
    at = to;
  });
  if (at < end) runs.push({ text: text.slice(at - start), flag: null });
  return runs;
}

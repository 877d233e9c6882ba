/** A sentence of a finished output in other words. Pure. */
import type { Flag } from '../../shared/inference/flags';
import type { Written } from '../../shared/inference/sentences';
import type { Lane } from '../../shared/pack';
import { type Generation, type WrittenSentence } from '../generation';
import { growText, wholeText } from '../growing-text';

export interface Rewriting {
  text: string;
  lane: Lane;
  /** Null while it is being written, and where it cannot be asked about. */
  written: Written | null;
  /** Ranges of `text`. */
  flagged: readonly Flag[];
}

/** `sentence` is one of the generation's; what follows it moves. */
export function withRewritten(generation: Generation, sentence: WrittenSentence, rewriting: Rewriting): Generation {
  const { start, end } = sentence;
  const by = rewriting.text.length - (end - start);
  const moved = <Range extends { start: number; end: number }>(range: Range): Range =>
    range.start < end ? range : { ...range, start: range.start + by, end: range.end + by };
  const rewritten: WrittenSentence[] =
    rewriting.written === null
      ? []
      : [{ sentence: sentence.sentence, lane: rewriting.lane, written: rewriting.written, start, end: end + by }];
  return {
    ...generation,
    output: growText(generation.output, start, rewriting.text + wholeText(generation.output).slice(end)),
    sentences: generation.sentences.flatMap((other) => (other === sentence ? rewritten : [moved(other)])),
    flagged: [
      ...generation.flagged.filter((flag) => flag.end <= start),
      ...rewriting.flagged.map((flag) => ({ ...flag, start: flag.start + start, end: flag.end + start })),
      ...generation.flagged.filter((flag) => flag.start >= end).map(moved),
    ],
  };
}

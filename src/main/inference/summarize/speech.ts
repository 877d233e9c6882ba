/** What is said while thinking of what to say: in a transcript, beside its words. Knows English. */
import { blank } from './blank';

/** "um", "Mm-hmm.", "you know,", with the mark behind it. */
const FILLER = /(?<![\p{L}'’-])(?:u[mh]+|er+m|h?m+-h?m+|mhm|hm+|mm+|uh-huh|y['’]know|you know,|i mean,)(?![\p{L}'’-])[,.]*/giu;
/** What a turn begins with. */
const OPENER = /(?<=(?:^|[.?!])\s*)(?:(?:yeah|okay|ok|well|oh|ah)[,.]?\s+|so,\s+)+(?=\p{L})/giu;
/** A word, or the beginning of one, that is said again at once. */
const STUTTER = /(?<![\p{L}'’])(\p{L}+(?:['’]\p{L}+)?),?[ \t]+(?=\1(?![\p{L}'’]))|(?<![\p{L}'’])(\p{Ll}{1,2})[ \t]+(?=\2\p{L})/giu;
/** Words of one or two letters that other words begin with: "a apple" is a slip, "in inner" is none. */
const SHORT_WORD = /^(?:a|i|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|on|or|so|to|up|us|we)\s+$/i;

/** Where a sentence begins now. */
const BEGINNING = /(?<=^\s{2,}|[.?!]\s+)\p{Ll}/gu;

/** As long as the line. */
export function withoutHesitation(line: string): string {
  const fluent = line.replace(FILLER, blank).replace(OPENER, blank);
  return fluent
    .replace(STUTTER, (said, again: string | undefined) => (again === undefined && SHORT_WORD.test(said) ? said : blank(said)))
    .replace(BEGINNING, (letter) => (letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter));
}

/** What two texts have in common, word by word. Pure. */
import { diffArrays } from 'diff';

/** A stretch of a text, with the white space that follows its words. */
export interface WordRun {
  text: string;
  /** Other words than the reference has here. */
  differs: boolean;
  /** The reference's words in this place; empty where it has none, or the same. */
  instead: string;
}

export interface WordDifference {
  /** Line by line; the runs of all lines are the text. An empty run marks words of the reference that were left out. */
  lines: readonly (readonly WordRun[])[];
  /** Words in both, in the same order, of all words of both: from 0 to 1; 1 of two texts without words. */
  sameShare: number;
}

/** A word with what follows it, or one other sign; scripts that write no spaces go by the letter. */
const TOKEN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*|\S/gu;
const HAS_WORD = /[\p{L}\p{N}]/u;

/** Differences beyond this many words of one line are too many to mark, and a search for them takes long. */
const MOST_EDITS = 1_000;

interface Token {
  word: string;
  /** With the white space after it. */
  shown: string;
}

interface LineDifference {
  runs: WordRun[];
  same: number;
  words: number;
}

/** How `text` differs from `reference`. Null when it is too much to say. Lanes keep line breaks, so lines are compared in pairs. */
export function compareWords(reference: string, text: string): WordDifference | null {
  const referenceLines = reference.split('\n');
  const textLines = text.split('\n');
  const paired = referenceLines.length === textLines.length;
  const lines: (readonly WordRun[])[] = [];
  let same = 0;
  let words = 0;
  for (const [index, line] of (paired ? textLines : [text]).entries()) {
    const difference = compareLine(paired ? (referenceLines[index] ?? '') : reference, line);
    if (difference === null) return null;
    lines.push(difference.runs);
    same += difference.same;
    words += difference.words;
  }
  return { lines, sameShare: words === 0 ? 1 : (2 * same) / words };
}

function compareLine(reference: string, text: string): LineDifference | null {
  const before = tokensOf(reference);
  const after = tokensOf(text);
  const lead = /^\s*/.exec(text)?.[0] ?? '';
  const runs: WordRun[] = lead === '' ? [] : [{ text: lead, differs: false, instead: '' }];
  const changes = diffArrays(before, after, { comparator: (a, b) => a.word === b.word, maxEditLength: MOST_EDITS });
  if (changes === undefined) return null;
  let same = 0;
  let removed = '';
  let at = 0;
  for (const { value, added, removed: isRemoved } of changes) {
    if (isRemoved) {
      removed = shown(value).trimEnd();
      continue;
    }
    const own = after.slice(at, at + value.length);
    at += value.length;
    if (added) {
      pushDiffering(runs, shown(own), removed);
    } else {
      if (removed !== '') runs.push({ text: '', differs: true, instead: removed });
      same += wordCount(own);
      runs.push({ text: shown(own), differs: false, instead: '' });
    }
    removed = '';
  }
  if (removed !== '') runs.push({ text: '', differs: true, instead: removed });
  return { runs, same, words: wordCount(before) + wordCount(after) };
}

/** The white space after the last word is not a difference. */
function pushDiffering(runs: WordRun[], text: string, instead: string) {
  const marked = text.trimEnd();
  runs.push({ text: marked, differs: true, instead });
  if (marked.length < text.length) runs.push({ text: text.slice(marked.length), differs: false, instead: '' });
}

function tokensOf(text: string): Token[] {
  const matches = [...text.matchAll(TOKEN)];
  return matches.map((match, index) => ({
    word: match[0],
    shown: text.slice(match.index, matches[index + 1]?.index ?? text.length),
  }));
}

const shown = (tokens: readonly Token[]) => tokens.map((token) => token.shown).join('');
const wordCount = (tokens: readonly Token[]) => tokens.filter(({ word }) => HAS_WORD.test(word)).length;

/** Rows of tables: between bars, of values with the same separators, or in columns, as the head of an RFC is. Knows lines. */
import { blank } from './blank';
import { inRuns } from './lines';
import { isStopWord, wordsOf } from './words';

const BARS = /^\s*\|.*\|\s*$/;
const FEWEST_ROWS = 2;
const SEPARATORS = [',', ';', '\t'];
/** Of one separator in each row. */
const FEWEST_SEPARATORS = 3;
/** A row of a single line of values could be a list in a sentence. */
const FEWEST_ROWS_OF_VALUES = 3;
/** A wide gap between two words that each fill a column. */
const COLUMNS = /\S {3,}\S/;
/** A value has no more words. */
const MOST_WORDS_A_VALUE = 6;
/** A sentence has more words that say nothing. */
const MOST_STOP_WORDS = 2;
/** The foot and the head of a page of an RFC. */
const PAGE = /^\S.* {2,}\[Page \d+\]\s*$|^RFC \d+ {3,}\S.*\d{4}\s*$/;

export function withoutTables(lines: readonly string[]): string[] {
  const rows = inRuns(lines, (line) => BARS.test(line)).flatMap(({ run, is }) => (is && run.length >= FEWEST_ROWS ? run.map(blank) : run));
  return withoutValues(withoutColumns(rows)).map((line) => (PAGE.test(line) ? blank(line) : line));
}

/** Paragraphs of which at least half the lines are in columns: what is no sentence in them. */
function withoutColumns(lines: readonly string[]): string[] {
  return inRuns(lines, (line) => line.trim() !== '').flatMap(({ run }) => {
    const count = run.filter((line) => COLUMNS.test(line.trim())).length;
    return count >= FEWEST_ROWS && 2 * count >= run.length ? run.map((line) => (saysLittle(line) ? blank(line) : line)) : run;
  });
}

/** Rows next to each other that all have the same number of one separator. */
function withoutValues(lines: readonly string[]): string[] {
  return SEPARATORS.reduce<string[]>(
    (left, separator) =>
      inRuns(left, (line) => isOfValues(line, separator)).flatMap(({ run, is }) => {
        const counts = new Set(run.map((line) => line.split(separator).length));
        return is && run.length >= FEWEST_ROWS_OF_VALUES && counts.size === 1 ? run.map(blank) : run;
      }),
    [...lines],
  );
}

function isOfValues(line: string, separator: string): boolean {
  const values = line.split(separator);
  return values.length > FEWEST_SEPARATORS && saysLittle(line) && values.every((value) => wordsOf(value).length <= MOST_WORDS_A_VALUE);
}

const saysLittle = (line: string) => wordsOf(line).filter(({ text }) => isStopWord(text)).length <= MOST_STOP_WORDS;

/** The sentences of a text as ranges of it. */
import type { Range } from '../../../shared/inference/summary';
import { segment } from '../../../shared/segment';

/** Lines between empty lines. */
const PARAGRAPH = /(?:[^\n]*\S[^\n]*(?:\n|$))+/g;
const LINE = /[^\n]+\n?/g;
/** Lines of mail, manuals and commit messages are broken between these widths, in UTF-16 code units. */
const NARROWEST = 50;
const WIDEST = 160;
/** What a list item, heading, quote or field ("Date: ") begins with: it does not go on from the line before. */
const NEW_ITEM = /^\s*(?:[-*+•‣◦–—>#|=]|\(?\d{1,3}[.)]\s|\(?[A-Za-z]\)\s|[A-Z][a-z]{2,15}:\s)/;

/** In order, lazily. A sentence goes on behind a line that was broken because it was full. */
export function* sentenceRanges(text: string): Generator<Range> {
  let start = 0;
  for (const piece of segment(unwrapped(text))) {
    const end = start + piece.text.length;
    if (piece.kind === 'sentence') yield { start, end };
    start = end;
  }
}

/** The text with spaces for the breaks between full lines; as long as it was. */
export function unwrapped(text: string): string {
  return text.replace(PARAGRAPH, (paragraph) => {
    const lines = paragraph.match(LINE) ?? [];
    const width = Math.max(...lines.map((line) => line.trimEnd().length));
    if (width < NARROWEST || width > WIDEST) return paragraph;
    return lines.map((line, index) => (isFull(line, lines[index + 1], width) ? line.replace(/[\r\n]/g, ' ') : line)).join('');
  });
}

/** Whether the next line's first word did not fit. */
function isFull(line: string, next: string | undefined, width: number): boolean {
  if (next === undefined || NEW_ITEM.test(next)) return false;
  const [word = ''] = next.trimStart().split(/\s/, 1);
  return line.trimEnd().length + 1 + word.length > width;
}

/** Paragraphs that go on in the next column or on the next page. Pure. */
import { textOfLine, type Line } from './lines';
import { isLarge, isWholeBold, type Paragraph, type Usual } from './paragraphs';
import type { FoundTable } from './tables';

export type Unit =
  | { readonly kind: 'table'; readonly table: FoundTable; readonly first: Line }
  | { readonly kind: 'paragraph'; readonly paragraph: Paragraph };

/** Units of the next column that may stand between a paragraph and its rest: figures, tables, notes. */
const MOST_BETWEEN = 6;

/** Paragraphs that go on in the next column or on the next page are put together. */
export function continued(units: readonly Unit[], usual: Usual): Unit[] {
  const gone = new Set<Unit>();
  units.forEach((unit, at) => {
    if (gone.has(unit) || unit.kind !== 'paragraph' || !isText(unit.paragraph, usual)) return;
    const { paragraph } = unit;
    for (;;) {
      const end = paragraph.lines.at(-1);
      const rest = end && restOf(units, at, end, usual, gone);
      if (!end || !rest || !isContinued(end, rest.paragraph, paragraph)) return;
      paragraph.lines.push(...rest.paragraph.lines);
      gone.add(rest);
    }
  });
  return units.filter((unit) => !gone.has(unit));
}

/** The first paragraph of text in the next column, if none stands between in this one. */
function restOf(
  units: readonly Unit[],
  at: number,
  end: Line,
  usual: Usual,
  gone: ReadonlySet<Unit>,
): Extract<Unit, { kind: 'paragraph' }> | null {
  let between = 0;
  for (const unit of units.slice(at + 1, at + 2 + MOST_BETWEEN + 20)) {
    if (gone.has(unit)) continue;
    const first = unit.kind === 'table' ? unit.first : unit.paragraph.lines[0];
    if (!first || first.page > end.page + 1) return null;
    const isHere = first.column === end.column;
    if (unit.kind === 'paragraph' && isText(unit.paragraph, usual)) return isHere ? null : unit;
    if (unit.kind === 'paragraph' && isLarge(first, usual)) return null;
    if (!isHere && ++between > MOST_BETWEEN) return null;
  }
  return null;
}

/** Running text, neither code nor a title, a note or a figure's words. */
function isText({ lines, isCode }: Paragraph, usual: Usual): boolean {
  const [first] = lines;
  if (!first || isCode || isLarge(first, usual) || usual.contents.entry(first) !== null) return false;
  return first.size > 0.93 * usual.size && !(lines.length === 1 && isWholeBold(first)) && !CAPTION.test(textOfLine(first));
}

export const CAPTION = /^(?:fig(?:ure|\.)|table|listing|abbildung|tabelle)\s*[\dIVX]/i;

function isContinued(end: Line, rest: Paragraph, whole: Paragraph): boolean {
  const [first] = rest.lines;
  if (!first || rest.mark || Math.abs(first.size - end.size) > 0.09 * end.size || isWholeBold(first) !== isWholeBold(end)) return false;
  const before = textOfLine(end);
  const after = textOfLine(first);
  if (/[.!?:]["”’')\]]*$/.test(before)) return false;
  if (/^\p{Ll}/u.test(after)) return true;
  const isFull = end.right > end.column.right - 1.5 * end.size && end.right - end.left > 20 * end.size;
  const isIndented =
    first.left - first.column.left > 0.5 * first.size && rest.lines[1] !== undefined && rest.lines[1].left < first.left - 0.5 * first.size;
  return isFull && !isIndented && !/[;”"]$/.test(before) && whole.lines.length > 1;
}

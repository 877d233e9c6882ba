/** Tables without their rules: rows of cells that stand below each other. Only what is sure to be one is taken for one. Pure. */
import type { Contents } from './contents';
import type { Edges, Line } from './lines';
import { listMark } from './list-mark';
import { textOfSpans, type Stretch } from './stretches';

export interface FoundTable {
  /** Index behind its last line. */
  readonly end: number;
  /** Row → column → the cell's lines. */
  readonly rows: readonly (readonly (readonly Stretch[])[])[];
  /** Its second column is text that explains what the first one names. */
  readonly isDefinitions: boolean;
}

const LEAST_ROWS = 3;
/** From row to row, in sizes. */
const FARTHEST = 3;
const SAME_SIZE = 0.16;
/** Lines of one cell are so close, in sizes. */
const CLOSE = 1.45;

/** The table that begins at a line; `isCode` tells lines that are none of a table. */
export function tableAt(lines: readonly Line[], from: number, contents: Contents, isCode: (line: Line) => boolean): FoundTable | null {
  const first = lines[from];
  if (!first || !isRow(first)) return null;
  const taken: Line[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    const before = taken.at(-1);
    if (!line || isCode(line) || contents.entry(line) !== null) break;
    if (before && !isNear(before, line, first)) break;
    if (line.stretches.length === 1 && (!before || !isRest(line, before, taken))) break;
    if (startsWithMark(line)) break;
    taken.push(line);
  }
  const rowLines = taken.filter(isRow);
  const columns = columnsOf(rowLines);
  if (rowLines.length < LEAST_ROWS || columns.length < 2) return null;
  const rows: Stretch[][][] = [];
  for (const line of taken) {
    const places = line.stretches.map((stretch) => columns.findIndex(({ left, right }) => stretch.left < right && stretch.right > left));
    if (places.includes(-1) || new Set(places).size < places.length) return null;
    const row = rows.at(-1);
    const continues = row && !places.includes(0) && line.y - (lastOf(row)?.y ?? line.y) < CLOSE * line.size;
    const target = continues ? row : columns.map((): Stretch[] => []);
    if (!continues) rows.push(target);
    line.stretches.forEach((stretch, at) => target[places[at] ?? 0]?.push(stretch));
  }
  if (rows.length < LEAST_ROWS) return null;
  return { end: from + taken.length, rows, isDefinitions: columns.length === 2 && areDefinitions(rows) };
}

const isRow = ({ stretches }: Line): boolean => stretches.length > 1;

function startsWithMark({ stretches }: Line): boolean {
  const [first] = stretches;
  return first !== undefined && stretches.length > 1 && listMark(textOfSpans(first.spans), true) !== null;
}

function isNear(before: Line, line: Line, first: Line): boolean {
  const pitch = line.y - before.y;
  return (
    line.column === first.column && pitch > 0 && pitch < FARTHEST * line.size && Math.abs(line.size - first.size) < SAME_SIZE * first.size
  );
}

/** A line of one stretch that goes on with a cell of the row before it. */
function isRest(line: Line, before: Line, taken: readonly Line[]): boolean {
  if (line.y - before.y > CLOSE * line.size) return false;
  const row = taken.findLast(isRow);
  return row?.stretches.slice(1).some(({ left }) => Math.abs(left - line.left) < 0.6 * line.size) ?? false;
}

function columnsOf(rows: readonly Line[]): Edges[] {
  const columns: { left: number; right: number }[] = [];
  for (const { left, right } of rows.flatMap(({ stretches }) => stretches).sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else columns.push({ left, right });
  }
  return columns;
}

const lastOf = (row: readonly (readonly Stretch[])[]): Stretch | undefined => row.flat().sort((a, b) => b.y - a.y)[0];

const lengthOf = (cell: readonly Stretch[]): number => cell.reduce((sum, { spans }) => sum + textOfSpans(spans).length, 0);

/** Text over several lines, or long, in the second column. */
function areDefinitions(rows: readonly (readonly (readonly Stretch[])[])[]): boolean {
  const seconds = rows.map((row) => row[1] ?? []);
  const wrapped = seconds.filter((cell) => cell.length > 1).length;
  const average = seconds.reduce((sum, cell) => sum + lengthOf(cell), 0) / seconds.length;
  return wrapped >= 0.2 * rows.length || average > 45;
}

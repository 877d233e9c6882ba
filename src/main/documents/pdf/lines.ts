/**
 * A page's stretches of text as lines in reading order: stretches are put into columns, those side by side in a column make a line. Pure;
 * lengths in points.
 */
import { textOfSpans, type PageText, type Stretch } from './stretches';

export interface Line {
  readonly page: number;
  /** From left to right; at least one. */
  readonly stretches: readonly Stretch[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** Edges of the column it is in. */
  readonly column: Edges;
}

export interface Edges {
  readonly left: number;
  readonly right: number;
}

export const textOfLine = ({ stretches }: Pick<Line, 'stretches'>): string => stretches.map(({ spans }) => textOfSpans(spans)).join(' ');

/** In reading order. */
export function linesOf({ page, stretches }: PageText): Line[] {
  return columnsOf(stretches).flatMap(({ stretches: own, edges }) => linesIn(own, page, edges));
}

interface Region {
  readonly stretches: readonly Stretch[];
  readonly edges: Edges;
}

/** Parts of the page, each of one column, in reading order. */
function columnsOf(stretches: readonly Stretch[]): Region[] {
  if (stretches.length === 0) return [];
  const gutter = gutterOf(stretches);
  if (gutter === null) return [{ stretches, edges: edgesOf(stretches) }];
  // What crosses the gutter parts the page into bands, which are read one after the other.
  const rows = [...stretches].sort((a, b) => a.y - b.y);
  const regions: Region[] = [];
  let across: Stretch[] = [];
  let left: Stretch[] = [];
  let right: Stretch[] = [];
  const endBand = () => {
    regions.push(...columnsOf(left), ...columnsOf(right));
    [left, right] = [[], []];
  };
  const endAcross = () => {
    if (across.length > 0) regions.push({ stretches: across, edges: edgesOf(across) });
    across = [];
  };
  for (const stretch of rows) {
    if (stretch.right <= gutter.right && stretch.left < gutter.left) {
      endAcross();
      left.push(stretch);
    } else if (stretch.left >= gutter.left) {
      endAcross();
      right.push(stretch);
    } else {
      endBand();
      across.push(stretch);
    }
  }
  endBand();
  endAcross();
  return regions;
}

function edgesOf(stretches: readonly Stretch[]): Edges {
  return { left: Math.min(...stretches.map(({ left }) => left)), right: Math.max(...stretches.map(({ right }) => right)) };
}

/** Lines of text on each side that make columns, at least. */
const COLUMN_LINES = 5;
/** Of a column's width that a line of text fills, the words it has, and how much of the column such lines are, at least. */
const LINE_FILL = 0.6;
const LINE_WORDS = 4;
const COLUMN_SHARE_OF_LINES = 0.5;
/** Of the lines that may cross the space between two columns: titles, figures. */
const CROSSING = 0.35;
/** Of the width of all text that a column has at least. */
const COLUMN_SHARE = 0.2;

/** The space between two columns of running text, or null. Columns of tables are none: their lines are short and belong to rows. */
function gutterOf(stretches: readonly Stretch[]): Edges | null {
  if (stretches.length < 2 * COLUMN_LINES) return null;
  const edges = edgesOf(stretches);
  const width = edges.right - edges.left;
  let best: { gutter: Edges; crossing: number } | null = null;
  for (const gutter of gapsOf(stretches, edges)) {
    const left = stretches.filter((stretch) => stretch.right <= gutter.left + 0.01);
    const right = stretches.filter((stretch) => stretch.left >= gutter.right - 0.01);
    const crossing = stretches.length - left.length - right.length;
    const isDivided = gutter.left - edges.left >= COLUMN_SHARE * width && edges.right - gutter.right >= COLUMN_SHARE * width;
    if (!isDivided || crossing > CROSSING * stretches.length || (best && crossing >= best.crossing)) continue;
    if (isColumn(left) && isColumn(right) && !areRows(left, right, stretches)) best = { gutter, crossing };
  }
  return best?.gutter ?? null;
}

/** Vertical strips that few stretches cross, each as wide as it can be. */
function gapsOf(stretches: readonly Stretch[], edges: Edges): Edges[] {
  const usual = [...stretches].map(({ size }) => size).sort((a, b) => a - b)[stretches.length >> 1] ?? 10;
  const step = usual / 4;
  const count = Math.ceil((edges.right - edges.left) / step);
  const covered = new Array<number>(count).fill(0);
  for (const { left, right } of stretches) {
    const from = Math.floor((left - edges.left) / step);
    const to = Math.ceil((right - edges.left) / step);
    for (let at = from; at < to && at < count; at++) covered[at] = (covered[at] ?? 0) + 1;
  }
  const most = CROSSING * stretches.length;
  const gaps: Edges[] = [];
  for (let at = 0; at < count;) {
    const level = covered[at] ?? 0;
    if (level > most) {
      at++;
      continue;
    }
    let end = at;
    while (end < count && (covered[end] ?? 0) === level) end++;
    const left = edges.left + at * step;
    const right = edges.left + end * step;
    if (right - left >= 0.7 * usual) gaps.push(tightened(stretches, left, right));
    at = end;
  }
  return gaps;
}

/** As wide as the text on both sides leaves it. */
function tightened(stretches: readonly Stretch[], left: number, right: number): Edges {
  const middle = (left + right) / 2;
  const before = stretches.filter((stretch) => stretch.right <= middle).map((stretch) => stretch.right);
  const after = stretches.filter((stretch) => stretch.left >= middle).map((stretch) => stretch.left);
  return { left: Math.min(left, Math.max(...before, -Infinity)), right: Math.max(right, Math.min(...after, Infinity)) };
}

/** Whether enough of it is lines that fill it; tables and the words of figures may stand among them. */
function isColumn(stretches: readonly Stretch[]): boolean {
  const { left, right } = edgesOf(stretches);
  const widthOf = (stretch: Stretch) => stretch.right - stretch.left;
  const lines = stretches.filter((stretch) => {
    const words = textOfSpans(stretch.spans).split(/\s+/).length;
    return widthOf(stretch) >= LINE_FILL * (right - left) && words >= LINE_WORDS;
  });
  const sum = (some: readonly Stretch[]) => some.reduce((all, stretch) => all + widthOf(stretch), 0);
  return lines.length >= COLUMN_LINES && sum(lines) >= COLUMN_SHARE_OF_LINES * sum(stretches);
}

/** Whether both sides were painted row by row, as tables are. */
function areRows(left: readonly Stretch[], right: readonly Stretch[], painted: readonly Stretch[]): boolean {
  const isLeft = new Set(left);
  const isRight = new Set(right);
  const sides = painted.flatMap((stretch) => (isLeft.has(stretch) ? ['left'] : isRight.has(stretch) ? ['right'] : []));
  const changes = sides.filter((side, at) => at > 0 && side !== sides[at - 1]).length;
  return changes > 0.6 * 2 * Math.min(left.length, right.length);
}

/** Top to bottom; what stands side by side makes one line. */
function linesIn(stretches: readonly Stretch[], page: number, column: Edges): Line[] {
  const rows: Stretch[][] = [];
  for (const stretch of [...stretches].sort((a, b) => a.y - b.y || a.left - b.left)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && stretch.y - first.y <= 0.35 * Math.max(first.size, stretch.size)) row.push(stretch);
    else rows.push([stretch]);
  }
  return rows.map((row): Line => {
    const across = row.toSorted((a, b) => a.left - b.left);
    const widest = row.reduce((best, stretch) => (textOfSpans(stretch.spans).length > textOfSpans(best.spans).length ? stretch : best));
    const { left, right } = edgesOf(across);
    return { page, stretches: across, left, right, y: widest.y, size: widest.size, column };
  });
}

/**
 * Headers, footers and page numbers: what stands at the same place at the edge of page after page. A reflowed document has pages of its
 * own, so they are taken out. Pure.
 */
import { reason } from '../../reasons';
import type { Left } from '../format';
import { textOfSpans, type PageText, type Stretch } from './stretches';

/** Of a page's height, at the top and at the bottom, where headers and footers are looked for. */
const EDGE = 0.16;
/** Rows of a header or footer, at most. */
const MOST_ROWS = 3;
/** Rows within so many points are at the same place. */
const SAME_PLACE = 4;
/** Larger text is a title, also where it repeats; in sizes of most of the text. */
const LARGEST = 1.15;

interface Row {
  readonly page: number;
  /** From the page's edge, in points: pages may be of several sizes. */
  readonly y: number;
  readonly size: number;
  readonly text: string;
  /** `text` with every number the same. */
  readonly key: string;
  readonly isNumber: boolean;
  readonly stretches: readonly Stretch[];
}

export function withoutFurniture(pages: readonly PageText[], bodySize: number): { pages: PageText[]; left: Left[] } {
  const tops = pages.map((page) => edgeRows(page, 'top', bodySize));
  const bottoms = pages.map((page) => edgeRows(page, 'bottom', bodySize));
  const taken = [...repeatedRows(tops), ...repeatedRows(bottoms)];
  if (taken.length === 0) return { pages: [...pages], left: [] };
  const gone = new Set(taken.flatMap(({ stretches }) => stretches));
  const rest = pages.map((page) => ({ ...page, stretches: page.stretches.filter((stretch) => !gone.has(stretch)) }));
  return { pages: rest, left: [told(taken)] };
}

/** From the edge inwards. */
function edgeRows({ page, height, stretches }: PageText, edge: 'top' | 'bottom', bodySize: number): Row[] {
  const isAtEdge = ({ y }: Stretch) => (edge === 'top' ? y < EDGE * height : y > (1 - EDGE) * height);
  const sorted = stretches.filter(isAtEdge).sort((a, b) => (edge === 'top' ? a.y - b.y : b.y - a.y));
  const rows: Stretch[][] = [];
  for (const stretch of sorted) {
    const row = rows.at(-1);
    if (row?.[0] && Math.abs(row[0].y - stretch.y) <= SAME_PLACE / 2) row.push(stretch);
    else rows.push([stretch]);
  }
  const found = rows.slice(0, MOST_ROWS).map((row): Row => {
    const across = row.toSorted((a, b) => a.left - b.left);
    const text = across.map(({ spans }) => textOfSpans(spans)).join(' | ');
    return {
      page,
      y: Math.abs((row[0]?.y ?? 0) - (edge === 'top' ? 0 : height)),
      size: Math.max(...row.map(({ size }) => size)),
      text,
      ...keyOf(text),
      stretches: row,
    };
  });
  const large = found.findIndex(({ size }) => size > LARGEST * bodySize);
  return large < 0 ? found : found.slice(0, large);
}

const ROMAN = String.raw`(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})`;
const NUMBER_ALONE = new RegExp(
  String.raw`^(?:page\s*)?[-–—[(\s]*(?:\d+|${ROMAN}|[a-z]?\d+[-.–]\d+)(?:\s*(?:of|/)\s*\d+)?[-–—\])\s]*$`,
  'i',
);

function keyOf(text: string): { key: string; isNumber: boolean } {
  const key = text
    .toLowerCase()
    .replaceAll(/\d+/g, '#')
    .replaceAll(new RegExp(String.raw`(?<=^|\| |– )${ROMAN}(?=$| \|)`, 'g'), '#');
  return { key, isNumber: NUMBER_ALONE.test(text) };
}

/** `byPage`: rows from the edge inwards. */
function repeatedRows(byPage: readonly (readonly Row[])[]): Row[] {
  const rows = byPage.flat();
  const pageCount = byPage.length;
  const isSamePlace = (a: Row, b: Row) => Math.abs(a.y - b.y) <= SAME_PLACE;
  const repeated = new Set<Row>();
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.isNumber ? '#' : row.key);
    if (group) group.push(row);
    else groups.set(row.isNumber ? '#' : row.key, [row]);
  }
  const enough = pageCount <= 5 ? 2 : 3;
  for (const group of groups.values()) {
    if (group.length < enough) continue;
    const sorted = group.toSorted((a, b) => a.y - b.y);
    for (let from = 0, to = 0; from < sorted.length; from = to) {
      const first = sorted[from];
      to = from;
      while (first && sorted[to] && isSamePlace(first, sorted[to] ?? first)) to++;
      const place = sorted.slice(from, to);
      if (new Set(place.map(({ page }) => page)).size >= enough) place.forEach((row) => repeated.add(row));
    }
  }
  // Where most pages have one, what else stands there is one too: the names of chapters.
  const places = [...repeated];
  for (const row of rows) {
    const there = new Set(
      places.filter((other) => isSamePlace(row, other) && Math.abs(row.size - other.size) < 0.5).map(({ page }) => page),
    );
    if (there.size >= Math.max(4, pageCount * 0.4)) repeated.add(row);
  }
  for (const row of numberedRows(byPage)) repeated.add(row);
  return byPage.flatMap((page) => {
    const end = page.findIndex((row) => !repeated.has(row));
    return end < 0 ? page : page.slice(0, end);
  });
}

/** Outermost rows at one place of nearly all pages that hold the page's number, whatever else they say. */
function numberedRows(byPage: readonly (readonly Row[])[]): Row[] {
  const outermost = byPage.flatMap((page) => page.slice(0, 1));
  const offsets = new Map<number, Row[]>();
  for (const row of outermost) {
    for (const number of new Set([...row.text.matchAll(/(?<![\p{L}\d.])\d{1,4}(?![\p{L}\d])/gu)].map(([digits]) => Number(digits)))) {
      const same = offsets.get(number - row.page);
      if (same) same.push(row);
      else offsets.set(number - row.page, [row]);
    }
  }
  return [...offsets.values()].flatMap((rows) => {
    const [first] = rows;
    const there = rows.filter((row) => first && Math.abs(row.y - first.y) <= SAME_PLACE);
    return there.length >= Math.max(2, byPage.length * 0.7) ? there : [];
  });
}

/** Examples are cut to so many characters. */
const EXAMPLE = 60;

function told(rows: readonly Row[]): Left {
  const counts = new Map<string, { text: string; count: number }>();
  for (const { key, text } of rows) {
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { text, count: 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  const example = most && most.text.length > EXAMPLE ? `${most.text.slice(0, EXAMPLE)}…` : (most?.text ?? '');
  const pages = new Set(rows.map(({ page }) => page)).size;
  return {
    what: pages === 1 ? reason`headers, footers and page numbers of 1 page` : reason`headers, footers and page numbers of ${pages} pages`,
    why: reason`They repeat from page to page (“${example}”), and the new document has pages of its own.`,
  };
}

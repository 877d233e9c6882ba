/** Lines in reading order → the flow: tables are taken out, paragraphs are told apart, named, and put together over columns and pages. Pure. */
import { reason } from '../../reasons';
import type { Left } from '../format';
import { LEFT_OUT } from '../left-out';
import { CAPTION, continued, type Unit } from './continued';
import type { FlowBlock } from './flow';
import { joinLines, vocabularyOf, tidySpans, type Vocabulary } from './join-lines';
import { textOfLine, type Line } from './lines';
import type { OutlineEntry } from './pages';
import { isAllMono, isLarge, isWholeBold, paragraphsOf, usualOf, type Paragraph, type Usual } from './paragraphs';
import { textOfSpans, type Span, type Stretch } from './stretches';
import { tableAt, type FoundTable } from './tables';

export function blocksOf(read: readonly Line[], outline: readonly OutlineEntry[]): { blocks: FlowBlock[]; left: Left[] } {
  const lines = isMostlyMono(read) ? read.map(withoutMono) : read;
  const usual = usualOf(lines);
  const vocabulary = vocabularyOf(wordsIn(lines));
  const units = continued(unitsOf(lines, usual), usual);
  const namer = new Namer(usual, vocabulary, outline, units);
  const blocks = units.flatMap((unit) => namer.blocks(unit));
  return { blocks, left: namer.left() };
}

/** Where most letters have one width, that does not make them code. */
function isMostlyMono(lines: readonly Line[]): boolean {
  let letters = 0;
  let mono = 0;
  for (const span of lines.flatMap(spansOf)) {
    letters += span.text.length;
    if (span.mono) mono += span.text.length;
  }
  return mono > letters / 2;
}

const withoutMono = (line: Line): Line => ({
  ...line,
  stretches: line.stretches.map((stretch) => ({ ...stretch, spans: stretch.spans.map((span) => ({ ...span, mono: false })) })),
});

function* wordsIn(lines: readonly Line[]): Generator<string> {
  for (const line of lines) yield textOfLine(line);
}

function unitsOf(lines: readonly Line[], usual: Usual): Unit[] {
  const units: Unit[] = [];
  let from = 0;
  const paragraphs = (end: number) => {
    units.push(...paragraphsOf(lines.slice(from, end), usual).map((paragraph) => ({ kind: 'paragraph', paragraph }) as const));
  };
  for (let at = 0; at < lines.length;) {
    const first = lines[at];
    const table = first ? tableAt(lines, at, usual.contents, isAllMono) : null;
    if (!first || !table) {
      at++;
      continue;
    }
    paragraphs(at);
    units.push({ kind: 'table', table, first });
    at = table.end;
    from = at;
  }
  paragraphs(lines.length);
  return units;
}

const MOST_LEVELS = 4;
/** A step of indentation, and what may be that of a first line, in sizes. */
const INDENT = 2.4;
const FIRST_INDENT = 3;

class Namer {
  private readonly titles: ReadonlyMap<string, number>;
  /** Sizes of large headings. */
  private readonly levels: readonly { readonly size: number; readonly level: number }[];
  private readonly boldIsUsual: boolean;
  private formulas = 0;
  private contents = 0;
  /** Left edges of the marks of the lists that are open. */
  private lists: number[] = [];

  constructor(
    private readonly usual: Usual,
    private readonly vocabulary: Vocabulary,
    outline: readonly OutlineEntry[],
    units: readonly Unit[],
  ) {
    this.titles = new Map(outline.map(({ title, level }) => [normalTitle(title), level]));
    const paragraphs = units.flatMap((unit) => (unit.kind === 'paragraph' ? [unit.paragraph] : []));
    this.boldIsUsual = shareOfBold(paragraphs) > 0.4;
    this.levels = this.levelsOf(paragraphs.filter((paragraph) => this.isHeading(paragraph) && isLarge(firstOf(paragraph), usual)));
  }

  private levelsOf(headings: readonly Paragraph[]): { size: number; level: number }[] {
    const levels: { size: number; level: number }[] = [];
    for (const size of distinct(headings.map((heading) => firstOf(heading).size)).slice(0, MOST_LEVELS)) {
      const named = headings
        .filter((heading) => Math.abs(firstOf(heading).size - size) < 0.04 * size)
        .flatMap((heading) => this.titles.get(normalTitle(textOf(heading))) ?? []);
      levels.push({ size, level: named.length > 0 ? Math.min(...named) : Math.max(0, ...levels.map(({ level }) => level)) + 1 });
    }
    return levels;
  }

  left(): Left[] {
    const left: Left[] = [];
    if (this.formulas > 0)
      left.push({ what: LEFT_OUT.formulas(this.formulas), why: reason`The signs stay as they are; how they were arranged is lost.` });
    if (this.contents > 0) {
      left.push({ what: LEFT_OUT.pageNumbers(this.contents), why: reason`The new document has pages of its own.` });
    }
    return left;
  }

  blocks(unit: Unit): FlowBlock[] {
    if (unit.kind === 'table') return this.table(unit.table, unit.first);
    const { paragraph } = unit;
    const first = firstOf(paragraph);
    const { page } = first;
    if (!paragraph.mark) this.lists = this.isInList(first) ? this.lists : [];
    if (paragraph.isCode) return [{ kind: 'verbatim', page, lines: codeLines(paragraph.lines, this.usual) }];
    const entry = paragraph.lines.length === 1 ? this.usual.contents.entry(first) : null;
    if (entry !== null) {
      this.contents++;
      return [
        {
          kind: 'paragraph',
          page,
          depth: depthOf(paragraph.lines),
          spans: cutTo(joinLines([spansOf(first)], this.vocabulary), entry.length),
        },
      ];
    }
    const spans = this.joined(paragraph.lines);
    if (!/\p{L}/u.test(textOfSpans(spans)) && !spans.some(({ text }) => /\p{N}/u.test(text))) return [];
    if (isFormula(spans)) {
      this.formulas++;
      return [{ kind: 'verbatim', page, lines: [textOfSpans(spans)] }];
    }
    if (this.isHeading(paragraph)) {
      const whole = paragraph.mark ? tidySpans([...paragraph.mark.spans, { ...PLAIN, text: ' ' }, ...spans]) : spans;
      const plain = tidySpans(whole.map((span) => ({ ...span, bold: false })));
      return [{ kind: 'heading', page, level: this.levelOf(paragraph, textOfSpans(whole)), spans: plain }];
    }
    const { mark } = paragraph;
    if (!mark) return [{ kind: 'paragraph', page, depth: depthOf(paragraph.lines), spans }];
    while (this.lists.length > 0 && (this.lists.at(-1) ?? 0) > mark.left + first.size * 0.7) this.lists.pop();
    if (this.lists.length === 0 || (this.lists.at(-1) ?? 0) < mark.left - first.size * 0.7) this.lists.push(mark.left);
    return [{ kind: 'item', page, depth: this.lists.length - 1, mark, spans }];
  }

  /** Text right of the open list's marks belongs to it. */
  private isInList(line: Line): boolean {
    const mark = this.lists.at(-1);
    return mark !== undefined && line.left > mark + line.size * 0.7;
  }

  private joined(lines: readonly Line[]): Span[] {
    return joinLines(lines.map(spansOf), this.vocabulary);
  }

  private table({ rows, isDefinitions }: FoundTable, { page, column, size }: Line): FlowBlock[] {
    const cells = rows.map((row) =>
      row.map((cell) =>
        joinLines(
          cell.map(({ spans }) => spans),
          this.vocabulary,
        ),
      ),
    );
    if (!isDefinitions) return [{ kind: 'table', page, rows: cells }];
    const left = Math.min(...rows.flat(2).map((stretch) => stretch.left));
    const depth = Math.min(3, Math.round((left - column.left) / (INDENT * size)));
    return cells.flatMap(([term = [], text = []]) => [
      ...(term.length > 0 ? [{ kind: 'paragraph', page, depth, spans: term } as const] : []),
      ...(text.length > 0 ? [{ kind: 'paragraph', page, depth: depth + 1, spans: text } as const] : []),
    ]);
  }

  private isHeading({ lines, mark, isCode }: Paragraph): boolean {
    const [first] = lines;
    if (!first || isCode || lines.length > 4 || (mark && mark.kind === 'bullet')) return false;
    const text = textOf({ lines });
    if (text.length > 200 || !/\p{L}/u.test(text)) return false;
    if (this.titles.has(normalTitle(text)) && (isLarge(first, this.usual) || lines.every(isWholeBold))) return true;
    if (isLarge(first, this.usual)) return text.length < 150 && !/[.;,]$/.test(text);
    if (this.boldIsUsual || !lines.every(isWholeBold) || first.size < 0.95 * this.usual.size) return false;
    return lines.length <= 2 && text.length <= 110 && !/[.,;:]$/.test(text) && !CAPTION.test(text) && /^[\p{Lu}\p{N}]/u.test(text);
  }

  /** As the outline says; a heading that it lacks is one of its size, or below all larger ones. */
  private levelOf(paragraph: Paragraph, text: string): number {
    const fromOutline = this.titles.get(normalTitle(text));
    if (fromOutline !== undefined) return Math.min(6, fromOutline);
    const { size } = firstOf(paragraph);
    const larger = this.levels.filter((known) => known.size * 0.96 > size);
    const same = this.levels.find((known) => Math.abs(known.size - size) < 0.04 * size);
    return Math.min(6, same?.level ?? Math.max(0, ...larger.map(({ level }) => level)) + 1);
  }
}

const PLAIN: Omit<Span, 'text'> = { bold: false, italic: false, mono: false, math: false, raise: null, href: null };

const textOf = ({ lines }: Pick<Paragraph, 'lines'>): string => lines.map(textOfLine).join(' ');

const firstOf = (paragraph: Paragraph): Line => {
  const [first] = paragraph.lines;
  if (!first) throw new Error('A paragraph has no line.');
  return first;
};

/** Stretches of a line with a space between. */
function spansOf({ stretches }: { stretches: readonly Stretch[] }): Span[] {
  return stretches.flatMap(({ spans }, at) => (at === 0 ? [...spans] : [{ ...PLAIN, text: ' ' }, ...spans]));
}

/** Titles as outlines and pages both have them: without numbers and signs. */
const normalTitle = (title: string): string =>
  title
    .toLowerCase()
    .replace(/^(?:chapter|section|appendix|part)?\s*(?:[\d.]+|[a-z]\.|[ivx]+\.)\s+/u, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

function shareOfBold(paragraphs: readonly Paragraph[]): number {
  let bold = 0;
  let all = 0;
  for (const { lines } of paragraphs) {
    for (const span of lines.flatMap(spansOf)) {
      all += span.text.length;
      if (span.bold) bold += span.text.length;
    }
  }
  return bold / Math.max(1, all);
}

/** Largest first; near ones are one. */
function distinct(sizes: readonly number[]): number[] {
  const found: number[] = [];
  for (const size of sizes.toSorted((a, b) => b - a)) if ((found.at(-1) ?? Infinity) * 0.96 > size) found.push(size);
  return found;
}

/** A first line's own indentation is none. */
function depthOf([first, second]: readonly Line[]): number {
  if (!first) return 0;
  const left = second ? Math.min(first.left, second.left) : first.left;
  const indent = (left - first.column.left) / first.size;
  return indent < FIRST_INDENT && !second ? 0 : Math.max(0, Math.min(3, Math.floor(indent / INDENT + 0.3)));
}

/** Signs of formulas, and no word of three letters. */
function isFormula(spans: readonly Span[]): boolean {
  const words = spans
    .filter(({ math, mono }) => !math && !mono)
    .map(({ text }) => text)
    .join(' ');
  return spans.some(({ math }) => math) && !/\p{L}{3}/u.test(words);
}

function codeLines(lines: readonly Line[], usual: Usual): string[] {
  const left = Math.min(...lines.map((line) => line.left));
  const letters = lines.reduce((sum, line) => sum + line.stretches.reduce((all, { spans }) => all + textOfSpans(spans).length, 0), 0);
  const widths = lines.reduce((sum, line) => sum + line.stretches.reduce((all, stretch) => all + stretch.right - stretch.left, 0), 0);
  const width = letters > 0 ? widths / letters : usual.size / 2;
  return lines.flatMap((line, at) => {
    const before = lines[at - 1];
    let text = '';
    for (const { spans, left: from } of line.stretches) {
      text = text.padEnd(Math.round((from - left) / width), ' ') + (text === '' || text.endsWith(' ') ? '' : ' ') + textOfSpans(spans);
    }
    const isApart = before !== undefined && before.column === line.column && line.y - before.y > 1.7 * line.size;
    return isApart ? ['', text] : [text];
  });
}

function cutTo(spans: readonly Span[], length: number): Span[] {
  let room = length;
  return tidySpans(
    spans.map((span) => {
      const text = span.text.slice(0, Math.max(0, room));
      room -= span.text.length;
      return { ...span, text };
    }),
  );
}

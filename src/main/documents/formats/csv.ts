/** Tables as text: comma, semicolon, tab or bar between cells. Cells that read like text for people are blocks; quotes stay as they are. */
import { textOf } from '../../../shared/inlines';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { LEFT_OUT } from '../left-out';
import { isHumanText } from './human-text';
import { readSourceText } from './source-text';
import { spliced, type Spot } from './splice';

export const csv: Format = tableFormat('csv', 'CSV table', ['csv']);
export const tsv: Format = tableFormat('tsv', 'TSV table', ['tsv', 'tab']);

function tableFormat(id: string, name: string, extensions: readonly string[]): Format {
  return {
    id,
    name,
    extensions,
    read: (bytes) =>
      new Promise((resolve) => {
        const source = readSourceText(bytes);
        const delimiter = id === 'tsv' ? '\t' : delimiterOf(source.text);
        const all = [...cells(source.text, delimiter)];
        const names = columnNames(all);
        const data = new Set(all.slice(0, names).flatMap(({ value, column }) => (DATA_COLUMN.test(value.trim()) ? [column] : [])));
        const text = all.slice(names).filter(({ value, column }) => !data.has(column) && isHumanText(value, '', { smallWords: true }));
        const left = names === 0 ? [] : [{ what: LEFT_OUT.columnNames(names), why: reason`Programs find the columns by them.` }];
        resolve(
          spliced(
            source,
            text.map((cell) => cellSpot(cell, delimiter)),
            left,
          ),
        );
      }),
  };
}

/** Columns whose cells programs read, where the first row names them for programs. */
const DATA_COLUMN = /^(?:id|uuid|guid|key|slug|url|uri|href|email|path|file|filename|locale|flags|icon|image)$/;

interface Cell {
  /** As written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly quoted: boolean;
  /** From 0. */
  readonly row: number;
  readonly column: number;
}

/** How many cells of the first row are names for a program: `id`, `created_at`, `lifeExp`. One that people read says so by all its cells. */
function columnNames(all: readonly Cell[]): number {
  const row = all.filter((cell) => cell.row === 0);
  const isForPrograms = row.length > 1 && all.length > row.length && row.every(({ value }) => /^(?:[a-z_][\w.-]*)?$/.test(value.trim()));
  return isForPrograms ? row.length : 0;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE = 20_000;
const SAMPLE_ROWS = 50;

/** The one that gives most cells a row, and the same number in most rows. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE);
  const scores = DELIMITERS.map((delimiter) => {
    const counts: number[] = [];
    try {
      for (const { row, column } of cells(sample, delimiter)) {
        if (row >= SAMPLE_ROWS) break;
        counts[row] = column;
      }
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
    }
    // The sample may end inside a row.
    if (sample.length < text.length && counts.length > 1) counts.pop();
    const common = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 0;
    return {
      delimiter,
      score: common === 0 ? 0 : counts.filter((count) => count === common).length / counts.length + Math.min(common, 50) / 1000,
    };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** RFC 4180, with any line ends, and spaces before a quoted cell; quotes inside an unquoted cell are characters. */
function* cells(text: string, delimiter: string): Generator<Cell> {
  const plainEnd = new RegExp(String.raw`[\n\r${delimiter === '|' ? String.raw`\|` : delimiter}]|$`, 'g');
  let row = 0;
  let column = 0;
  for (let at = 0; at < text.length;) {
    const spaces = spacesBeforeQuotes(text, at, delimiter);
    const start = at + spaces;
    let value: string;
    const quoted = text[start] === '"';
    if (quoted) {
      at = closingQuote(text, start) + 1;
      value = text.slice(start + 1, at - 1).replaceAll('""', '"');
    } else value = '';
    const contentEnd = at;
    plainEnd.lastIndex = at;
    at = plainEnd.exec(text)?.index ?? text.length;
    if (!quoted) value = text.slice(start, at);
    // What follows a closing quote before the delimiter makes the quotes part of a cell that is no text.
    if (!quoted || text.slice(contentEnd, at).trim() === '') yield { start, end: quoted ? contentEnd : at, value, quoted, row, column };
    if (text[at] === delimiter) column++;
    else {
      row++;
      column = 0;
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
    }
    at++;
  }
}

const SPACED_QUOTES = / +(?="(?:[^"\n\r]|"")*" *(.|$))/suy;

/** How many spaces stand before a cell in quotes that ends in its line; not RFC 4180, which has them in the cell, but widespread. */
function spacesBeforeQuotes(text: string, at: number, delimiter: string): number {
  if (text[at] !== ' ') return 0;
  SPACED_QUOTES.lastIndex = at;
  const match = SPACED_QUOTES.exec(text);
  return match && [delimiter, '\n', '\r', ''].includes(match[1] ?? '') ? match[0].length : 0;
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  const line = text.slice(0, opening).split('\n').length;
  throw new DocumentError(
    reason`The quoted cell that begins in line ${line} is not closed. Add the missing quotation mark and start again.`,
  );
}

function cellSpot({ start, end, value, quoted, row, column }: Cell, delimiter: string): Spot {
  const text = value.trim();
  const lead = value.slice(0, value.indexOf(text));
  const tail = value.slice(lead.length + text.length);
  return {
    block: { inlines: [text], codes: [], place: reason`cell ${`${columnName(column)}${row + 1}`}` },
    start,
    end,
    replace: (translation) => {
      const written = lead + textOf(translation).trim() + tail;
      const needsQuotes = quoted || /^"|[\n\r]/.test(written) || written.includes(delimiter);
      return [{ start, end, text: needsQuotes ? `"${written.replaceAll('"', '""')}"` : written }];
    },
  };
}

/** As spreadsheets name them: A to Z, AA, AB, … */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

/** Strings of Excel workbooks: what a cell or comment holds as pieces, and which texts are no language. Knows no sheets. */
import type { Piece, Range, TextFormat } from './text-layout';
import { childOf, contentOf, described, elementsOf, escapeText, type XmlElement } from './xml';

export interface SheetString {
  readonly pieces: readonly Piece[];
  readonly range: Range;
  readonly text: string;
}

/** An `si`, `is` or `text` element of the source. Hints for pronunciation are dropped from what is written: they would fit no longer. */
export function sheetString(source: string, element: XmlElement): SheetString {
  const prefix = element.tag.slice(0, element.tag.lastIndexOf(':') + 1);
  const pieces: Piece[] = [];
  for (const child of elementsOf(element)) {
    const text = child.name === 'x:t' ? child : child.name === 'x:r' ? childOf(child, 'x:t') : undefined;
    if (text) pieces.push({ kind: 'text', text: unescaped(contentOf(text)), format: formatOf(source, child, prefix), markup: [child] });
  }
  const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
  return { pieces, range: { start: element.contentStart, end: element.contentEnd }, text };
}

function formatOf(source: string, element: XmlElement, prefix: string): TextFormat {
  const written = (text: string): string => `<${prefix}t xml:space="preserve">${escapeText(escaped(text))}</${prefix}t>`;
  if (element.name === 'x:t') return { key: 'plain', write: written };
  const properties = childOf(element, 'x:rPr');
  const look = properties ? source.slice(properties.start, properties.end) : '';
  return { key: properties ? described(properties) : '', write: (text) => `<${prefix}r>${look}${written(text)}</${prefix}r>` };
}

/** Excel writes characters that XML lacks as `_x000D_`. */
export function unescaped(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function escaped(text: string): string {
  return text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

const ADDRESS = /^(?:[a-z][\w+.-]*:\/\/|www\.|mailto:)\S+$|^[^\s@]+@[^\s@]+\.[^\s@]+$|^(?:[A-Za-z]:|~|\.{0,2})?[\\/][^\s]+$/i;

/** One word with a digit and at most three letters in a row (`AB-123`, `Q4`), an address, a path. */
export function isSheetCode(text: string): boolean {
  const word = text.trim();
  if (/\s/.test(word)) return false;
  return ADDRESS.test(word) || (/\d/.test(word) && !/\p{L}{4}/u.test(word));
}

/** The texts that a formula compares or looks up: `"Yes"`, and each of `"Yes,No"` in a list of permitted values. */
export function textsInFormula(formula: string): string[] {
  const literals = Array.from(formula.matchAll(/"((?:[^"]|"")*)"/g), (match) => (match[1] ?? '').replaceAll('""', '"'));
  return literals.flatMap((literal) => [literal, ...literal.split(',').map((part) => part.trim())]);
}

const HEADER_CODE = /&(?:&|"[^"]*"|K(?:[\dA-F]{6}|\d\d[+-]\d{3})|\d+|[A-Z])/gi;

/** A page header or footer: `&L&"Arial,Bold"Costs&RPage &P`. */
export function pageHeaderPieces(element: XmlElement): Piece[] {
  const header = contentOf(element);
  const format = { key: '', write: (text: string) => escapeText(text.replaceAll('&', '&&')) };
  const pieces: Piece[] = [];
  const addText = (text: string): void => {
    if (text !== '') pieces.push({ kind: 'text', text, format, markup: [] });
  };
  let done = 0;
  for (const match of header.matchAll(HEADER_CODE)) {
    addText(header.slice(done, match.index));
    if (match[0] === '&&') addText('&');
    else pieces.push({ kind: 'alone', markup: [escapeText(match[0])] });
    done = match.index + match[0].length;
  }
  addText(header.slice(done));
  return pieces;
}

/**
 * Excel workbooks: cells, comments, page headers, drawings and charts. A string that several cells share is one block. Sheet names, formulas
 * and every text that a formula, table or pivot table names by its wording are left: translating them would break the workbook.
 */
import { reason } from '../../reasons';
import { openContainer } from '../container-kind';
import { ContainerDocument, readPart, type XmlPart } from '../container-document';
import { addDrawing, addDrawingParts } from '../drawing-text';
import type { Format, OpenDocument } from '../format';
import { LEFT_OUT } from '../left-out';
import { leaveOfficeParts } from '../ooxml-left';
import { OFFICE_LANGUAGES, OFFICE_VOCABULARY, relationsOf } from '../ooxml-package';
import { inPlace } from '../place';
import { columnName, columnNumber } from '../sheet-cells';
import { isSheetCode, pageHeaderPieces, type SheetString, sheetString, textsInFormula, unescaped } from '../sheet-strings';
import { attributeOf, childOf, contentOf, elementsOf, escapeText, within, type XmlElement } from '../xml';
import type { ZipArchive } from '../zip';

export const xlsx: Format = { id: 'xlsx', name: 'Excel workbook', extensions: ['xlsx', 'xlsm', 'xltx', 'xltm'], read };

async function read(bytes: Uint8Array): Promise<OpenDocument> {
  const { archive, mainPart } = await openContainer(bytes, xlsx);
  const document = new ContainerDocument(archive, OFFICE_LANGUAGES);
  const relations = (await relationsOf(archive, mainPart)).filter(({ target }) => archive.has(target));
  const { root } = await readPart(archive, mainPart, OFFICE_VOCABULARY);
  const definitions = [...within(root)].filter(({ name }) => name === 'x:definedName');
  const list = childOf(root, 'x:sheets');
  const sheets: Sheet[] = [];
  for (const entry of list ? elementsOf(list) : []) {
    const target = relations.find(({ id }) => id === attributeOf(entry, 'r:id'))?.target;
    if (target !== undefined) sheets.push(await readSheet(archive, target, reason`sheet "${attributeOf(entry, 'name') ?? ''}"`));
  }
  const strings = await sharedStrings(archive, relations.find(({ type }) => type === 'sharedStrings')?.target);
  const named = new Set([
    ...sheets.flatMap((sheet) => [...sheet.named]),
    ...definitions.flatMap((definition) => textsInFormula(contentOf(definition)).map(folded)),
    ...(await namesInTables(archive)),
  ]);
  const book: Book = { archive, document, strings, named, uses: usesOf(sheets), added: new Set(), left: new Set() };
  for (const sheet of sheets) await addSheet(book, sheet);
  document.leave(LEFT_OUT.sheetNames, reason`Formulas refer to sheets by their names.`, sheets.length);
  document.leave(LEFT_OUT.texts, reason`Formulas, tables or pivot tables refer to it by its wording.`, book.left.size);
  document.leave(
    LEFT_OUT.formulas,
    reason`Its result follows from other cells.`,
    sheets.reduce((sum, sheet) => sum + sheet.formulas, 0),
  );
  leaveOfficeParts(document, archive);
  return document.open();
}

type CellText = { readonly kind: 'shared'; readonly index: number } | ({ readonly kind: 'inline' } & SheetString);

interface Cell {
  readonly reference: string;
  readonly content: CellText;
}

interface Sheet {
  readonly part: XmlPart;
  readonly place: string;
  /** Inline texts, and of each shared string its first use on the sheet, in reading order. */
  readonly cells: readonly Cell[];
  /** Number of cells by shared string. */
  readonly uses: ReadonlyMap<number, number>;
  /** Texts that formulas and filters here name. */
  readonly named: ReadonlySet<string>;
  readonly formulas: number;
}

interface Book {
  readonly archive: ZipArchive;
  readonly document: ContainerDocument;
  readonly strings: SharedStrings | null;
  readonly named: ReadonlySet<string>;
  /** Number of cells by shared string, in all sheets. */
  readonly uses: ReadonlyMap<number, number>;
  /** Shared strings that are listed. */
  readonly added: Set<number>;
  /** Texts that are left because something names them. */
  readonly left: Set<string>;
}

interface SharedStrings {
  readonly part: XmlPart;
  readonly items: readonly XmlElement[];
}

async function sharedStrings(archive: ZipArchive, name: string | undefined): Promise<SharedStrings | null> {
  if (name === undefined) return null;
  const part = await readPart(archive, name, OFFICE_VOCABULARY);
  return { part, items: elementsOf(part.root).filter((element) => element.name === 'x:si') };
}

function usesOf(sheets: readonly Sheet[]): Map<number, number> {
  const uses = new Map<number, number>();
  for (const sheet of sheets) for (const [index, count] of sheet.uses) uses.set(index, (uses.get(index) ?? 0) + count);
  return uses;
}

/** A sheet may be very long: its rows are read one by one and forgotten. */
async function readSheet(archive: ZipArchive, name: string, place: string): Promise<Sheet> {
  const cells: Cell[] = [];
  const uses = new Map<number, number>();
  const named = new Set<string>();
  let formulas = 0;
  let rowNumber = 0;
  const addNamed = (formula: XmlElement): void => textsInFormula(contentOf(formula)).forEach((text) => named.add(folded(text)));
  const part = await readPart(archive, name, OFFICE_VOCABULARY, (element, source) => {
    if (element.name !== 'x:row') return false;
    rowNumber = Number(attributeOf(element, 'r') ?? rowNumber + 1);
    let column = 0;
    for (const cell of elementsOf(element)) {
      const given = attributeOf(cell, 'r');
      column = given === undefined ? column + 1 : columnNumber(given);
      const formula = childOf(cell, 'x:f');
      if (formula) {
        formulas++;
        addNamed(formula);
      }
      const content = cellText(source, cell);
      if (!content) continue;
      const isFirst = content.kind === 'inline' || !uses.has(content.index);
      if (content.kind === 'shared') uses.set(content.index, (uses.get(content.index) ?? 0) + 1);
      if (isFirst) cells.push({ reference: given ?? `${columnName(column)}${rowNumber}`, content });
    }
    return true;
  });
  for (const element of within(part.root)) {
    if (FORMULAS.has(element.name)) addNamed(element);
    else if (FILTERS.has(element.name)) named.add(folded(unescaped(attributeOf(element, 'val') ?? '')));
  }
  return { part, place, cells, uses, named, formulas };
}

/** Of permitted values and of formats that depend on values. */
const FORMULAS = new Set(['x:formula', 'x:formula1', 'x:formula2']);

/** Which rows are shown, by what they say. */
const FILTERS = new Set(['x:filter', 'x:customFilter']);

function cellText(source: string, cell: XmlElement): CellText | null {
  const type = attributeOf(cell, 't');
  if (type === 's') {
    const value = childOf(cell, 'x:v');
    const index = value ? Number(contentOf(value)) : -1;
    return Number.isInteger(index) && index >= 0 ? { kind: 'shared', index } : null;
  }
  const inline = type === 'inlineStr' ? childOf(cell, 'x:is') : undefined;
  return inline ? { kind: 'inline', ...sheetString(source, inline) } : null;
}

/** Excel compares texts without regard to case. */
const folded = (text: string): string => text.trim().toLowerCase();

/** Names of the columns of tables, and of the fields of pivot tables: the cells above them must say the same; and what tables are filtered by. */
async function namesInTables(archive: ZipArchive): Promise<Set<string>> {
  const names = new Set<string>();
  for (const name of archive.names) {
    if (!/^xl\/(?:tables\/|pivotCache\/pivotCacheDefinition)[^/]*\.xml$/.test(name)) continue;
    const { root } = await readPart(archive, name, OFFICE_VOCABULARY);
    for (const element of within(root)) {
      const isName = element.name === 'x:tableColumn' || element.name === 'x:cacheField';
      if (isName || FILTERS.has(element.name)) names.add(folded(unescaped(attributeOf(element, isName ? 'name' : 'val') ?? '')));
    }
  }
  return names;
}

async function addSheet(book: Book, sheet: Sheet): Promise<void> {
  const { document, archive } = book;
  for (const cell of sheet.cells) addCell(book, sheet, cell);
  for (const element of within(sheet.part.root)) {
    if (!/^x:(?:odd|even|first)(?:Header|Footer)$/.test(element.name)) continue;
    const range = { start: element.contentStart, end: element.contentEnd };
    document.addText(
      sheet.part,
      pageHeaderPieces(element),
      range,
      inPlace(sheet.place, element.name.endsWith('Header') ? reason`page header` : reason`page footer`),
    );
  }
  for (const { type, target } of await relationsOf(archive, sheet.part.name)) {
    if (!archive.has(target)) continue;
    if (type === 'comments' || type === 'threadedComment') await addComments(book, target, sheet.place);
    if (type === 'pivotTable') document.leave(LEFT_OUT.pivotTables, reason`It shows the texts it was made from until it is refreshed.`);
    if (type !== 'drawing') continue;
    const drawing = await readPart(archive, target, OFFICE_VOCABULARY);
    addDrawing(document, drawing, drawing.root, inPlace(sheet.place, reason`drawing`));
    await addDrawingParts(document, archive, target, sheet.place);
  }
}

function addCell(book: Book, sheet: Sheet, { reference, content }: Cell): void {
  const { document, strings } = book;
  let { part } = sheet;
  let place = inPlace(sheet.place, reference);
  let string: SheetString;
  if (content.kind === 'inline') {
    string = content;
  } else {
    const item = strings?.items[content.index];
    if (!strings || !item || book.added.has(content.index)) return;
    book.added.add(content.index);
    part = strings.part;
    string = sheetString(part.source.text, item);
    const more = (book.uses.get(content.index) ?? 1) - 1;
    if (more > 0) place = reason`${place} and ${more} more`;
  }
  if (isSheetCode(string.text)) return;
  if (book.named.has(folded(string.text))) book.left.add(folded(string.text));
  else document.addText(part, string.pieces, string.range, place);
}

async function addComments({ archive, document }: Book, name: string, place: string): Promise<void> {
  const part = await readPart(archive, name, OFFICE_VOCABULARY);
  for (const element of within(part.root)) {
    if (element.name === 'x:comment') {
      const text = childOf(element, 'x:text');
      const { pieces, range } = sheetString(part.source.text, text ?? element);
      document.addText(part, pieces, range, inPlace(inPlace(place, attributeOf(element, 'ref') ?? ''), reason`comment`));
    } else if (element.name === 'tc:text') {
      const range = { start: element.contentStart, end: element.contentEnd };
      const format = { key: '', write: escapeText };
      const piece = { kind: 'text' as const, text: contentOf(element), format, markup: [range] };
      document.addText(part, [piece], range, inPlace(inPlace(place, attributeOf(element.parent ?? element, 'ref') ?? ''), reason`comment`));
    }
  }
}

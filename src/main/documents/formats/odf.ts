/**
 * OpenDocument texts, presentations and spreadsheets: paragraphs with notes, comments and frames, slides with notes, cells, page headers,
 * titles of charts, descriptions of pictures, labels of forms. In spreadsheets, formulas, sheet names and every text that a formula names are left.
 */
import { reason } from '../../reasons';
import { openContainer } from '../container-kind';
import { ContainerDocument, readPart, type XmlPart } from '../container-document';
import { FILE_NAME } from '../drawing-text';
import { DocumentError, type Format, type OpenDocument } from '../format';
import { LEFT_OUT } from '../left-out';
import { inPlace } from '../place';
import { columnName } from '../sheet-cells';
import { odfPieces, plainTextStyles } from '../odf-paragraph';
import { ODF_LANGUAGES, ODF_MANIFEST, ODF_VOCABULARY } from '../odf-vocabulary';
import { isSheetCode, textsInFormula } from '../sheet-strings';
import { attributeOf, childOf, contentOf, elementsOf, escapeText, within, type XmlElement } from '../xml';
import type { ZipArchive } from '../zip';

export const odt: Format = { id: 'odt', name: 'OpenDocument text', extensions: ['odt', 'ott'], read: (bytes) => read(bytes, odt) };
export const odp: Format = { id: 'odp', name: 'OpenDocument presentation', extensions: ['odp', 'otp'], read: (bytes) => read(bytes, odp) };
export const ods: Format = { id: 'ods', name: 'OpenDocument spreadsheet', extensions: ['ods', 'ots'], read: (bytes) => read(bytes, ods) };

async function read(bytes: Uint8Array, format: Format): Promise<OpenDocument> {
  const { archive } = await openContainer(bytes, format);
  await checkUnlocked(archive);
  const document = new ContainerDocument(archive, ODF_LANGUAGES);
  const content = await readPart(archive, 'content.xml', ODF_VOCABULARY);
  const walker = new Walker(document, content, namedIn(content.root));
  const body = childOf(content.root, 'office:body');
  if (body) walker.walkChildren(body, '');
  if (archive.has('styles.xml')) await addPageHeaders(document, archive, format);
  await addCharts(document, archive, walker.objects);
  leaveParts(document, archive);
  return document.open();
}

async function checkUnlocked(archive: ZipArchive): Promise<void> {
  if (!archive.has(ODF_MANIFEST)) return;
  const { root } = await readPart(archive, ODF_MANIFEST, ODF_VOCABULARY);
  for (const { name } of within(root)) {
    if (name !== 'manifest:encryption-data') continue;
    throw new DocumentError(
      reason`The file is locked with a password. Open it in the program that wrote it, remove the password and save it again.`,
    );
  }
}

/** Page styles hold headers and footers; what else they show (sample text of presentations) is left. */
async function addPageHeaders(document: ContainerDocument, archive: ZipArchive, format: Format): Promise<void> {
  const part = await readPart(archive, 'styles.xml', ODF_VOCABULARY);
  const walker = new Walker(document, part, new Set());
  const masters = childOf(part.root, 'office:master-styles');
  for (const page of masters ? elementsOf(masters) : []) {
    if (format === odp) document.leave(LEFT_OUT.slideMasters, reason`Slides do not show its sample text.`);
    for (const area of elementsOf(page)) {
      if (/^style:header/.test(area.name)) walker.walk(area, reason`page header`);
      if (/^style:footer/.test(area.name)) walker.walk(area, reason`page footer`);
    }
  }
}

/** Charts are documents in the document; their labels come from a copy of the cells and are left. */
async function addCharts(document: ContainerDocument, archive: ZipArchive, objects: readonly string[]): Promise<void> {
  let charts = 0;
  for (const object of new Set(objects)) {
    const name = `${object}/content.xml`;
    const part = archive.has(name) ? await readPart(archive, name, ODF_VOCABULARY) : null;
    const body = part && childOf(part.root, 'office:body');
    const chart = body && childOf(body, 'office:chart');
    if (part && chart) new Walker(document, part, new Set()).walk(chart, reason`chart ${String(++charts)}`);
    else document.leave(LEFT_OUT.objects, reason`Other programs write what is in it, or it is a formula.`);
  }
}

function leaveParts(document: ContainerDocument, archive: ZipArchive): void {
  const count = (pattern: RegExp): number => archive.names.filter((name) => pattern.test(name)).length;
  const macros = count(/^(?:Basic\/.*\/(?!script-lb\.xml|dialog-lb\.xml)[^/]+\.xml|Scripts\/.+)$/);
  if (macros > 0) document.leave(LEFT_OUT.macros, reason`Macros are programs; they are kept as they are.`, macros);
  const signatures = count(/^META-INF\/documentsignatures\.xml$/);
  if (signatures > 0) {
    document.leave(LEFT_OUT.signatures, reason`It signs the text as it was; a translated document no longer fits it.`, signatures);
  }
}

/** Texts that formulas, conditions and pivot tables of a spreadsheet name, in small letters. */
function namedIn(root: XmlElement): Set<string> {
  const named = new Set<string>();
  for (const { name, attributes } of within(root)) {
    if (!name.startsWith('table:')) continue;
    for (const attribute of attributes) {
      if (attribute.name === 'table:source-field-name') named.add(folded(attribute.value));
      if (attribute.name !== 'table:formula' && attribute.name !== 'table:condition') continue;
      for (const text of textsInFormula(attribute.value)) named.add(folded(text));
    }
  }
  return named;
}

const folded = (text: string): string => text.trim().toLowerCase();

/** Elements that hold no text of the document: what was deleted, how indexes are made. */
const SKIPPED = new Set(['text:tracked-changes', 'table:tracked-changes', 'office:settings', 'math:math']);
const IS_INDEX_SOURCE = /^text:[a-z-]+-source$/;

class Walker {
  /** Folders of the documents inside the document. */
  readonly objects: string[] = [];
  private readonly plainStyles: ReadonlySet<string>;
  private slides = 0;

  constructor(
    private readonly document: ContainerDocument,
    private readonly part: XmlPart,
    private readonly named: ReadonlySet<string>,
  ) {
    this.plainStyles = plainTextStyles(childOf(part.root, 'office:automatic-styles'));
  }

  walkChildren(element: XmlElement, place: string): void {
    for (const child of elementsOf(element)) this.walk(child, place);
  }

  walk(element: XmlElement, place: string): void {
    const { document } = this;
    if (SKIPPED.has(element.name) || IS_INDEX_SOURCE.test(element.name)) {
      if (element.name.endsWith('tracked-changes')) document.leave(LEFT_OUT.records, reason`They keep deleted text.`);
      return;
    }
    switch (element.name) {
      case 'text:p':
      case 'text:h':
        this.addParagraph(element, place);
        return;
      case 'svg:title':
      case 'svg:desc':
        if (!FILE_NAME.test(contentOf(element))) this.addPlain(element, inPlace(place, reason`picture description`));
        return;
      case 'office:forms':
        this.addForms(element, inPlace(place, reason`form`));
        return;
      case 'presentation:header-decl':
      case 'presentation:footer-decl':
        this.addPlain(element, reason`slide footer`);
        return;
      case 'draw:page':
        this.walkChildren(element, reason`slide ${String(++this.slides)}`);
        return;
      case 'presentation:notes':
        this.walkChildren(element, inPlace(place, reason`notes`));
        return;
      case 'office:annotation':
        this.walkChildren(element, inPlace(place, reason`comment`));
        return;
      case 'text:note':
        this.walkChildren(element, inPlace(place, noteName(element)));
        return;
      case 'draw:text-box':
        this.walkChildren(element, this.slides > 0 ? place : inPlace(place, reason`text box`));
        return;
      case 'draw:frame':
        if (childOf(element, 'draw:image') && !childOf(element, 'draw:object')) {
          document.leave(LEFT_OUT.images, reason`Text in images cannot be read.`);
        }
        break;
      case 'draw:object':
        this.objects.push((attributeOf(element, 'xlink:href') ?? '').replace(/^\.\//, ''));
        break;
      case 'table:table':
        if (element.parent?.name === 'office:spreadsheet') {
          this.walkSheet(element);
          return;
        }
        // A chart's copy of its cells.
        if (element.parent?.name === 'chart:chart') return;
        break;
    }
    this.walkChildren(element, place);
  }

  private walkSheet(sheet: XmlElement): void {
    const place = reason`sheet "${attributeOf(sheet, 'table:name') ?? ''}"`;
    this.document.leave(LEFT_OUT.sheetNames, reason`Formulas refer to sheets by their names.`);
    let row = 1;
    const walkRows = (rows: XmlElement): void => {
      for (const element of elementsOf(rows)) {
        if (element.name === 'table:table-row') {
          this.walkRow(element, row, place);
          row += repeats(element, 'table:number-rows-repeated');
        } else if (/^table:table-(?:rows|header-rows|row-group)$/.test(element.name)) {
          walkRows(element);
        } else {
          this.walk(element, place);
        }
      }
    };
    walkRows(sheet);
  }

  private walkRow(row: XmlElement, rowNumber: number, place: string): void {
    let column = 1;
    for (const cell of elementsOf(row)) {
      this.walkCell(cell, inPlace(place, `${columnName(column)}${rowNumber}`));
      column += repeats(cell, 'table:number-columns-repeated');
    }
  }

  private walkCell(cell: XmlElement, place: string): void {
    const isFormula = attributeOf(cell, 'table:formula') !== undefined;
    if (isFormula) this.document.leave(LEFT_OUT.formulas, reason`Its result follows from other cells.`);
    const isText = !isFormula && (attributeOf(cell, 'office:value-type') ?? 'string') === 'string';
    const text = folded(
      elementsOf(cell)
        .filter(({ name }) => name === 'text:p')
        .map(contentOf)
        .join('\n'),
    );
    const isNamed = this.named.has(text) && text !== '';
    if (isText && isNamed) this.document.leave(LEFT_OUT.texts, reason`Formulas refer to it by its wording.`);
    for (const child of elementsOf(cell)) {
      if (child.name !== 'text:p' || (isText && !isNamed && !isSheetCode(contentOf(child)))) this.walk(child, place);
    }
  }

  private addParagraph(paragraph: XmlElement, place: string): void {
    const { pieces, nested } = odfPieces(this.part.source.text, paragraph, this.plainStyles);
    this.document.addText(this.part, pieces, { start: paragraph.contentStart, end: paragraph.contentEnd }, place);
    for (const element of nested) this.walk(element, place);
  }

  /** What controls show: their labels and tips. Names and values are for programs. */
  private addForms(forms: XmlElement, place: string): void {
    for (const { attributes } of within(forms)) {
      for (const attribute of attributes)
        if (attribute.name === 'form:label' || attribute.name === 'form:title') this.document.addAttribute(this.part, attribute, place);
    }
  }

  private addPlain(element: XmlElement, place: string): void {
    const range = { start: element.contentStart, end: element.contentEnd };
    const format = { key: '', write: escapeText };
    this.document.addText(this.part, [{ kind: 'text', text: contentOf(element), format, markup: [range] }], range, place);
  }
}

function noteName(note: XmlElement): string {
  const citation = childOf(note, 'text:note-citation');
  const isEndnote = attributeOf(note, 'text:note-class') === 'endnote';
  if (!citation) return isEndnote ? reason`endnote` : reason`footnote`;
  return isEndnote ? reason`endnote ${contentOf(citation)}` : reason`footnote ${contentOf(citation)}`;
}

function repeats(element: XmlElement, name: string): number {
  return Math.max(1, Number(attributeOf(element, name) ?? 1) || 1);
}

/** What a paragraph of a Word document holds, as pieces: runs become text with its look, the rest becomes codes. */
import type { XmlPart } from './container-document';
import { hasLetter } from './formats/splice';
import type { Markup, Piece, Range, TextFormat } from './text-layout';
import { attributeOf, childOf, contentOf, described, elementsOf, escapeText, type XmlElement } from './xml';

export interface ParagraphPieces {
  readonly pieces: readonly Piece[];
  /** Elements inside codes that may hold paragraphs or descriptions of their own. */
  readonly nested: readonly XmlElement[];
  /** Of all content behind the paragraph's properties. */
  readonly range: Range;
  /** Number of fields whose result is not for translation. */
  readonly keptFields: number;
}

export function paragraphPieces(part: XmlPart, paragraph: XmlElement): ParagraphPieces {
  const reader = new ParagraphReader(part.source.text);
  reader.readChildren(paragraph);
  const start = childOf(paragraph, 'w:pPr')?.end ?? paragraph.contentStart;
  const { pieces, keptFields } = withFields(reader.pieces);
  return { pieces, nested: reader.nested, range: { start, end: paragraph.contentEnd }, keptFields: keptFields + reader.keptFields };
}

/** Elements around runs, which stay around their text. */
const CONTAINERS = new Set(['w:hyperlink', 'w:ins', 'w:moveTo', 'w:smartTag', 'w:customXml', 'w:dir', 'w:bdo']);
const PROPERTIES = new Set(['w:pPr', 'w:rPr', 'w:smartTagPr', 'w:customXmlPr', 'w:sdtPr', 'w:sdtEndPr', 'w:fldData']);
/** What Word works out anew. */
const DROPPED = new Set(['w:proofErr', 'w:lastRenderedPageBreak']);

/** Fields whose result is text that a reader reads; all others are numbers, dates, names and the like. */
const TEXT_FIELDS = new Set([
  'HYPERLINK',
  'REF',
  'TOC',
  'TOA',
  'INDEX',
  'QUOTE',
  'TITLE',
  'SUBJECT',
  'IF',
  'FILLIN',
  'FORMTEXT',
  'MACROBUTTON',
]);

function isTextField(instruction: string): boolean {
  return TEXT_FIELDS.has(/^\s*(\w+)/.exec(instruction)?.[1]?.toUpperCase() ?? '');
}

/** The language of text that is in none, such as code. */
const NO_LANGUAGE = 'zxx';

type Mark = { readonly field: 'begin' | 'separate' | 'end' } | { readonly instruction: string };
type Marked = Piece & { readonly mark?: Mark };

class ParagraphReader {
  readonly pieces: Marked[] = [];
  readonly nested: XmlElement[] = [];
  keptFields = 0;
  private readonly formats = new Map<string, TextFormat>();

  constructor(private readonly source: string) {}

  readChildren(element: XmlElement): void {
    for (const child of elementsOf(element)) this.read(child);
  }

  private read(element: XmlElement): void {
    const { name } = element;
    if (PROPERTIES.has(name) || DROPPED.has(name)) return;
    const content = name === 'w:sdt' ? childOf(element, 'w:sdtContent') : element;
    if (name === 'w:r') {
      this.readRun(element);
    } else if (CONTAINERS.has(name) || (name === 'w:sdt' && content)) {
      this.readContainer(element, content ?? element);
    } else if (name === 'w:fldSimple') {
      if (isTextField(attributeOf(element, 'w:instr') ?? '')) this.readContainer(element, element);
      else {
        this.keptFields++;
        this.addAlone(element, [element]);
      }
    } else {
      this.addAlone(element, [element]);
    }
  }

  private readContainer(element: XmlElement, content: XmlElement): void {
    if (content.contentStart === element.end) {
      this.addAlone(element, [element]);
      return;
    }
    const first = elementsOf(content).find((child) => !PROPERTIES.has(child.name));
    const start = first?.start ?? content.contentEnd;
    this.pieces.push({ kind: 'open', markup: [{ start: element.start, end: start }] });
    this.readChildren(content);
    this.pieces.push({ kind: 'close', markup: [{ start: content.contentEnd, end: element.end }] });
  }

  private addAlone(element: XmlElement, markup: Markup, mark?: Mark): void {
    this.pieces.push({ kind: 'alone', markup, ...(mark && { mark }) });
    this.nested.push(element);
  }

  private readRun(run: XmlElement): void {
    if (run.contentStart === run.end) return;
    const properties = childOf(run, 'w:rPr');
    const format = this.formatOf(run, properties);
    const open: Range = { start: run.start, end: run.contentStart };
    const close: Range = { start: run.contentEnd, end: run.end };
    const around = (child: XmlElement): Markup => [open, ...(properties ? [properties] : []), child, close];
    const language = properties && childOf(properties, 'w:lang');
    const isOfNoLanguage = language !== undefined && attributeOf(language, 'w:val') === NO_LANGUAGE;
    for (const child of elementsOf(run)) {
      const text = isOfNoLanguage ? null : textIn(child);
      if (text !== null) this.pieces.push({ kind: 'text', text, format, markup: around(child) });
      else if (child.name === 'w:fldChar') this.addAlone(child, around(child), fieldMark(child));
      else if (child.name === 'w:instrText') this.addAlone(child, around(child), { instruction: contentOf(child) });
      else if (!PROPERTIES.has(child.name) && !DROPPED.has(child.name)) this.addAlone(child, around(child));
    }
  }

  private formatOf(run: XmlElement, properties: XmlElement | undefined): TextFormat {
    const key = properties ? lookOf(properties) : '';
    const known = this.formats.get(key);
    if (known) return known;
    const prefix = run.tag.slice(0, run.tag.lastIndexOf(':') + 1);
    const written = properties ? this.source.slice(properties.start, properties.end) : '';
    const format = { key, write: (text: string) => `<${run.tag}>${written}${runContent(text, prefix)}</${run.tag}>` };
    this.formats.set(key, format);
    return format;
  }
}

function fieldMark(element: XmlElement): Mark | undefined {
  const type = attributeOf(element, 'w:fldCharType');
  return type === 'begin' || type === 'separate' || type === 'end' ? { field: type } : undefined;
}

function textIn(element: XmlElement): string | null {
  if (element.name === 'w:noBreakHyphen') return '\u2011';
  if (element.name === 'w:softHyphen') return '\u00ad';
  if (element.name !== 'w:t') return null;
  const text = contentOf(element).replace(/[\t\n]/g, ' ');
  return keepsSpaces(element) ? text : text.replace(/^ +| +$/g, '');
}

function keepsSpaces(element: XmlElement): boolean {
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const space = attributeOf(at, 'xml:space');
    if (space !== undefined) return space === 'preserve';
  }
  return false;
}

function runContent(text: string, prefix: string): string {
  return text
    .split(/([\t\n\u2011\u00ad])/)
    .map((part) => {
      if (part === '\t') return `<${prefix}tab/>`;
      if (part === '\n') return `<${prefix}br/>`;
      if (part === '\u2011') return `<${prefix}noBreakHyphen/>`;
      if (part === '\u00ad') return `<${prefix}softHyphen/>`;
      return part === '' ? '' : `<${prefix}t xml:space="preserve">${escapeText(part)}</${prefix}t>`;
    })
    .join('');
}

/** Properties that say nothing about the look. */
const LOOKLESS = new Set(['w:lang', 'w:noProof', 'w:rPrChange', 'w:ins', 'w:moveTo', 'w:webHidden']);

function lookOf(properties: XmlElement): string {
  return elementsOf(properties)
    .filter(({ name }) => !LOOKLESS.has(name))
    .map(described)
    .sort()
    .join('');
}

/**
 * Fields as one code, or as a pair around their result where that is text. A field may reach over several paragraphs, or begin inside a link
 * and end outside; its marks stay single codes then.
 */
function withFields(pieces: readonly Marked[]): { pieces: Piece[]; keptFields: number } {
  let keptFields = 0;
  const result: Marked[] = [];
  let depth = 0;
  const begun: { at: number; depth: number; instruction: string; separateAt: number | null }[] = [];
  for (const piece of pieces) {
    const field = begun.at(-1);
    const mark = piece.mark;
    if (piece.kind === 'open') depth++;
    if (piece.kind === 'close') depth--;
    while (begun.length > 0 && (begun.at(-1)?.depth ?? 0) > depth) begun.pop();
    result.push(piece);
    if (!mark) continue;
    if ('instruction' in mark) {
      if (field?.separateAt === null) field.instruction += mark.instruction;
    } else if (mark.field === 'begin') {
      begun.push({ at: result.length - 1, depth, instruction: '', separateAt: null });
    } else if (mark.field === 'separate') {
      if (field?.depth === depth) field.separateAt ??= result.length - 1;
    } else if (field?.depth === depth) {
      begun.pop();
      const whole = result.splice(field.at);
      const inside = field.separateAt === null ? [] : whole.slice(field.separateAt - field.at + 1, -1);
      if (isTextField(field.instruction) && inside.some((part) => part.kind === 'text' && hasLetter(part.text))) {
        const before = whole.slice(0, whole.length - inside.length - 1);
        result.push({ kind: 'open', markup: markupOf(before) }, ...inside, { kind: 'close', markup: piece.markup });
      } else {
        keptFields++;
        result.push({ kind: 'alone', markup: markupOf(whole) });
      }
    }
  }
  return { pieces: result, keptFields };
}

function markupOf(pieces: readonly Piece[]): Markup {
  return pieces.flatMap((piece) => piece.markup);
}

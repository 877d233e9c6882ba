/**
 * Word documents with each paragraph of the body followed by its translation; notes, headers and the like are in the translation alone.
 * What a document may hold once (bookmarks, pictures, notes' marks, page breaks, numbers of lists) stays with the source's paragraph.
 */
import { reason } from '../reasons';
import { readPart, type XmlPart } from './container-document';
import { DocumentError, type Format } from './format';
import { OFFICE_VOCABULARY } from './ooxml-package';
import { attributeOf, childOf, contentOf, elementsOf, within, type XmlElement } from './xml';
import { openContainer } from './container-kind';

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Left out of the translation's paragraph with all that is in them. */
const ONCE = new Set([
  ...['w:bookmarkStart', 'w:bookmarkEnd', 'w:commentRangeStart', 'w:commentRangeEnd', 'w:commentReference', 'w:permStart', 'w:permEnd'],
  ...['w:footnoteReference', 'w:endnoteReference', 'w:drawing', 'w:pict', 'w:object', 'mc:AlternateContent', 'w:pageBreakBefore'],
]);
/** A paragraph with one of these has the translation alone: a second one would change what it says. */
const TRACKED = new Set(['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo', 'w:pPrChange', 'w:rPrChange']);
/** Of a form's field that holds one line. */
const ONE_LINE_CONTROLS = new Set(['w:text', 'w:date', 'w:dropDownList', 'w:comboBox']);
/** Stand before a paragraph's numbering, in this order. */
const BEFORE_NUMBERING = new Set(['w:pStyle', 'w:keepNext', 'w:keepLines', 'w:framePr', 'w:widowControl']);

export async function bilingualDocx(format: Format, source: Uint8Array, translation: Uint8Array): Promise<Uint8Array> {
  const own = await openContainer(source, format);
  const other = await openContainer(translation, format);
  const part = await readPart(own.archive, own.mainPart, OFFICE_VOCABULARY);
  const twin = await readPart(other.archive, other.mainPart, OFFICE_VOCABULARY);
  const paragraphs = innermost(part);
  const twins = innermost(twin);
  if (paragraphs.length !== twins.length) {
    throw new DocumentError(reason`The paragraphs of source and translation do not match one by one, so there is no bilingual file.`);
  }
  const cuts = paragraphs.flatMap((paragraph, at): Cut[] => {
    const translated = twins[at];
    if (!translated || contentOf(paragraph) === contentOf(translated) || !isRepeatable(translated)) return [];
    const before = withCuts(part.source.text, paragraph, sectionOf(paragraph));
    const after = withCuts(twin.source.text, translated, onceOf(translated));
    return [{ start: translated.start, end: translated.end, text: before + after }];
  });
  if (cuts.length === 0) return translation;
  const text = withCuts(twin.source.text, { start: 0, end: twin.source.text.length }, cuts);
  return other.archive.write(new Map([[other.mainPart, twin.source.encode(text)]]));
}

/** Paragraphs that hold no others (text boxes do), in document order. */
function innermost({ root }: XmlPart): XmlElement[] {
  return [...within(root)].filter((element) => {
    if (element.name !== 'w:p') return false;
    const inside = within(element);
    inside.next();
    for (const inner of inside) if (inner.name === 'w:p') return false;
    return true;
  });
}

function isRepeatable(paragraph: XmlElement): boolean {
  const elements = [...within(paragraph)];
  if (elements.some(({ name }) => TRACKED.has(name))) return false;
  const fields = elements.filter(({ name }) => name === 'w:fldChar').map((mark) => attributeOf(mark, 'w:fldCharType'));
  const isWhole = fields.filter((kind) => kind === 'begin').length === fields.filter((kind) => kind === 'end').length;
  for (let at = paragraph.parent; at; at = at.parent) {
    const properties = at.name === 'w:sdt' ? childOf(at, 'w:sdtPr') : undefined;
    if (properties && elementsOf(properties).some(({ name }) => ONE_LINE_CONTROLS.has(name))) return false;
  }
  return isWhole;
}

/** A section ends behind its last paragraph, so the source's must not say so. */
function sectionOf(paragraph: XmlElement): Cut[] {
  const properties = childOf(paragraph, 'w:pPr');
  const section = properties && childOf(properties, 'w:sectPr');
  return section ? [{ start: section.start, end: section.end, text: '' }] : [];
}

function onceOf(paragraph: XmlElement): Cut[] {
  const cuts: Cut[] = [];
  const add = (element: XmlElement) => void cuts.push({ start: element.start, end: element.end, text: '' });
  for (const { name, start, end, value } of paragraph.attributes) {
    // In place: an attribute's name is not among the offsets.
    if (/:(?:paraId|textId)$/.test(name)) cuts.push({ start, end, text: otherId(value) });
  }
  for (const element of within(paragraph)) {
    const { name, parent } = element;
    const isPageBreak = name === 'w:br' && ['page', 'column'].includes(attributeOf(element, 'w:type') ?? '');
    if (ONCE.has(name) || isPageBreak || (name === 'w:id' && parent?.name === 'w:sdtPr')) add(element);
  }
  return [...cuts, ...unnumbered(paragraph)];
}

/** Eight hexadecimal digits below 80000000 that another paragraph hardly has. */
const otherId = (id: string): string => ((Number.parseInt(id, 16) ^ 0x2d5a96c3) & 0x7fffffff).toString(16).toUpperCase().padStart(8, '0');

/** Whether from its own properties or its style's, a number would count the paragraph again. */
function unnumbered(paragraph: XmlElement): Cut[] {
  const properties = childOf(paragraph, 'w:pPr');
  if (!properties || elementsOf(properties).length === 0) return [];
  const prefix = paragraph.tag.slice(0, paragraph.tag.length - 1);
  const none = `<${prefix}numPr><${prefix}numId ${prefix}val="0"/></${prefix}numPr>`;
  const numbering = childOf(properties, 'w:numPr');
  if (numbering) return [{ start: numbering.start, end: numbering.end, text: none }];
  if (!childOf(properties, 'w:pStyle')) return [];
  const last = elementsOf(properties).findLast(({ name }) => BEFORE_NUMBERING.has(name));
  const at = last?.end ?? properties.contentStart;
  return [{ start: at, end: at, text: none }];
}

/** A range of the text with some of its ranges replaced; of nested ones the outermost counts. */
function withCuts(text: string, { start, end }: { start: number; end: number }, cuts: readonly Cut[]): string {
  let done = start;
  let result = '';
  for (const cut of cuts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (cut.start < done) continue;
    result += text.slice(done, cut.start) + cut.text;
    done = cut.end;
  }
  return result + text.slice(done, end);
}

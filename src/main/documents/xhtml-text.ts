/** The text of an XHTML page: each block element's content as one text with codes; attributes that a reader reads as their own. */
import { reason } from '../reasons';
import type { ContainerDocument, XmlPart } from './container-document';
import { LEFT_OUT } from './left-out';
import { inPlace } from './place';
import type { Piece, TextFormat } from './text-layout';
import { attributeOf, elementsOf, escapeText, type XmlElement, type XmlNode } from './xml';

/** Inline elements around text. */
const AROUND_TEXT = new Set(
  'a abbr acronym b bdi bdo big cite del dfn em font i ins label mark q s small span strike strong sub sup time tt u'.split(' '),
);
/** Inline elements whose content is no text, or not for translation. */
const WITHOUT_TEXT = new Set(
  'audio br button canvas code data embed iframe img input kbd map math meter object output picture progress ruby samp script select style svg template textarea var video wbr'.split(
    ' ',
  ),
);
/** Blocks that are kept whole. */
const KEPT_BLOCKS = new Set(['pre', 'script', 'style', 'template', 'svg', 'math', 'textarea', 'select']);
const READ_ATTRIBUTES = new Set(['alt', 'title', 'aria-label']);

const XHTML = 'h:';
const FORMAT: TextFormat = { key: '', write: escapeText };

export function addXhtml(document: ContainerDocument, part: XmlPart, place: string): void {
  new XhtmlWalker(document, part, place).walk(part.root);
}

function localName({ name }: XmlElement): string {
  return name.startsWith(XHTML) ? name.slice(XHTML.length) : name;
}

function isInline(node: XmlNode): boolean {
  if (node.kind !== 'element') return true;
  const name = localName(node);
  if (WITHOUT_TEXT.has(name) || isUntranslated(node)) return !KEPT_BLOCKS.has(name) || name === 'svg' || name === 'math';
  return AROUND_TEXT.has(name) && node.children.every(isInline);
}

function isUntranslated(element: XmlElement): boolean {
  return attributeOf(element, 'translate') === 'no' && AROUND_TEXT.has(localName(element));
}

class XhtmlWalker {
  constructor(
    private readonly document: ContainerDocument,
    private readonly part: XmlPart,
    private readonly place: string,
  ) {}

  walk(element: XmlElement): void {
    const name = localName(element);
    if (attributeOf(element, 'translate') === 'no') return;
    if (KEPT_BLOCKS.has(name)) {
      if (name === 'pre') this.document.leave(LEFT_OUT.blocks, reason`It is program code, as a rule.`);
      return;
    }
    this.addAttributes(element);
    let run: XmlNode[] = [];
    for (const child of element.children) {
      if (isInline(child)) {
        run.push(child);
        continue;
      }
      this.addRun(run);
      run = [];
      if (child.kind === 'element') this.walk(child);
    }
    this.addRun(run);
  }

  private addAttributes(element: XmlElement): void {
    for (const attribute of element.attributes) {
      if (READ_ATTRIBUTES.has(attribute.name)) this.document.addAttribute(this.part, attribute, inPlace(this.place, reason`description`));
    }
  }

  private addRun(nodes: readonly XmlNode[]): void {
    const start = nodes[0]?.start;
    const end = nodes.at(-1)?.end;
    if (start === undefined || end === undefined) return;
    this.document.addText(this.part, nodes.flatMap(piecesOf), { start, end }, this.place);
    for (const node of nodes) this.addAttributesWithin(node);
  }

  private addAttributesWithin(node: XmlNode): void {
    if (node.kind !== 'element') return;
    const name = localName(node);
    if (name === 'img') this.document.leave(LEFT_OUT.images, reason`Text in images cannot be read.`);
    this.addAttributes(node);
    if (AROUND_TEXT.has(name)) for (const child of elementsOf(node)) this.addAttributesWithin(child);
  }
}

function piecesOf(node: XmlNode): Piece[] {
  if (node.kind === 'text') return [{ kind: 'text', text: node.text.replace(/[ \t\n\f]+/g, ' '), format: FORMAT, markup: [node] }];
  if (node.kind === 'other' || !AROUND_TEXT.has(localName(node)) || isUntranslated(node) || node.contentStart === node.end) {
    return [{ kind: 'alone', markup: [node] }];
  }
  return [
    { kind: 'open', markup: [{ start: node.start, end: node.contentStart }] },
    ...node.children.flatMap(piecesOf),
    { kind: 'close', markup: [{ start: node.contentEnd, end: node.end }] },
  ];
}

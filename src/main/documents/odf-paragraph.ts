/** What a paragraph of an OpenDocument file holds, as pieces. Spans become looks of text; notes, frames and fields become codes. */
import type { Piece, TextFormat } from './text-layout';
import { attributeOf, elementsOf, escapeText, type XmlElement } from './xml';

export interface OdfPieces {
  readonly pieces: readonly Piece[];
  /** Elements inside codes that may hold paragraphs of their own. */
  readonly nested: readonly XmlElement[];
}

/** `plainStyles` are the names of automatic text styles that do not change the look. */
export function odfPieces(source: string, paragraph: XmlElement, plainStyles: ReadonlySet<string>): OdfPieces {
  const reader = new OdfReader(source, plainStyles, paragraph.tag.slice(0, paragraph.tag.lastIndexOf(':') + 1));
  reader.read(paragraph, []);
  return reader;
}

const CONTAINERS = new Set(['text:a', 'text:meta']);

class OdfReader {
  readonly pieces: Piece[] = [];
  readonly nested: XmlElement[] = [];
  private readonly formats = new Map<string, TextFormat>();

  constructor(
    private readonly source: string,
    private readonly plainStyles: ReadonlySet<string>,
    private readonly prefix: string,
  ) {}

  read(element: XmlElement, spans: readonly XmlElement[]): void {
    for (const child of element.children) {
      if (child.kind === 'text') {
        const text = child.text.replace(/[ \t\n]+/g, ' ');
        this.pieces.push({ kind: 'text', text, format: this.formatOf(spans), markup: [child] });
      } else if (child.kind === 'element') {
        this.readElement(child, spans);
      }
    }
  }

  private readElement(element: XmlElement, spans: readonly XmlElement[]): void {
    if (element.name === 'text:span') {
      const isPlain = this.plainStyles.has(attributeOf(element, 'text:style-name') ?? '');
      this.read(element, isPlain ? spans : [...spans, element]);
    } else if (CONTAINERS.has(element.name) && element.contentStart !== element.end) {
      this.pieces.push({ kind: 'open', markup: [{ start: element.start, end: element.contentStart }] });
      this.read(element, spans);
      this.pieces.push({ kind: 'close', markup: [{ start: element.contentEnd, end: element.end }] });
    } else if (element.name !== 'text:soft-page-break') {
      const [open, close] = this.around(spans);
      this.pieces.push({ kind: 'alone', markup: [open, element, close] });
      this.nested.push(element);
    }
  }

  private around(spans: readonly XmlElement[]): [open: string, close: string] {
    const open = spans.map((span) => this.source.slice(span.start, span.contentStart)).join('');
    return [
      open,
      spans
        .map((span) => `</${span.tag}>`)
        .reverse()
        .join(''),
    ];
  }

  private formatOf(spans: readonly XmlElement[]): TextFormat {
    const key = spans.map((span) => span.attributes.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(' ')).join('\n');
    const known = this.formats.get(key);
    if (known) return known;
    const [open, close] = this.around(spans);
    const format = { key, write: (text: string) => `${open}${this.written(text)}${close}` };
    this.formats.set(key, format);
    return format;
  }

  /** Tabs and line breaks are elements; spaces next to each other count once. */
  private written(text: string): string {
    const { prefix } = this;
    return escapeText(text).replaceAll('\t', `<${prefix}tab/>`).replaceAll('\n', `<${prefix}line-break/>`);
  }
}

const LOOKLESS =
  /^(?:\?:(?:paragraph-)?rsid|fo:language|fo:country|fo:script|style:(?:language|country|script|rfc-language-tag)-(?:asian|complex))$/;

/** Automatic text styles that only say who changed the text when, or in which language it is. */
export function plainTextStyles(styles: XmlElement | undefined): Set<string> {
  const plain = new Set<string>();
  for (const style of styles ? elementsOf(styles) : []) {
    if (style.name !== 'style:style' || attributeOf(style, 'style:family') !== 'text') continue;
    if (attributeOf(style, 'style:parent-style-name') !== undefined) continue;
    const isPlain = elementsOf(style).every((properties) => properties.attributes.every(({ name }) => LOOKLESS.test(name)));
    if (isPlain) plain.add(attributeOf(style, 'style:name') ?? '');
  }
  return plain;
}

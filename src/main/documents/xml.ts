/**
 * XML with the offsets of everything in it, so that a change replaces exactly what it means to. Own code: a general parser gives no
 * offsets of attribute values, and resolves what here must be refused. A document type is skipped, never loaded; one that declares
 * anything (entities above all) is refused. Knows the document's characters only, no files. Offsets are UTF-16 code units.
 */
import { reason } from '../reasons';
import { DocumentError } from './format';

const MOST_DEPTH = 512;
/** Elements, texts and attributes kept at a time. */
const MOST_NODES = 4_000_000;
const MOST_ATTRIBUTES = 500;

export interface XmlAttribute {
  /** As `XmlElement.name`; without a prefix, the plain name. */
  readonly name: string;
  readonly value: string;
  /** Of the value as written, between its quotes. */
  readonly start: number;
  readonly end: number;
}

export interface XmlElement {
  readonly kind: 'element';
  /** `prefix:local`, with the prefix that the caller's vocabulary gives the namespace; `?:local` for namespaces that it lacks. */
  readonly name: string;
  /** As written. */
  readonly tag: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | null;
  /** Of `<`, behind the start tag, of the end tag, and behind it. Without an end tag the last three are equal. */
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

export interface XmlText {
  readonly kind: 'text';
  /** References resolved, line ends as `\n`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A comment or processing instruction. */
export interface XmlOther {
  readonly kind: 'other';
  readonly start: number;
  readonly end: number;
}

export type XmlNode = XmlElement | XmlText | XmlOther;

export interface XmlVocabulary {
  /** Prefix by namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Replacement by name, for documents whose (unread) document type has more than the five of XML. */
  readonly entities?: ReadonlyMap<string, string>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenElement = Mutable<Omit<XmlElement, 'children'>> & { children: XmlNode[]; scope: Scope; nodesBefore: number };

/** The namespaces declared on an element, and those around it; `names` is what has been looked up. */
interface Scope {
  readonly uris: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
  readonly names: Map<string, string>;
}

/**
 * `leave` is asked for every element behind its end; one it says true to is not kept (for long sheets, row by row).
 * Throws `DocumentError`: not well-formed, too deep, too large, or declaring entities.
 */
export function parseXml(text: string, partName: string, vocabulary: XmlVocabulary, leave?: (element: XmlElement) => boolean): XmlElement {
  return new Parser(text, partName, vocabulary, leave ?? (() => false)).parse();
}

const NAME = /[^\s"'<>/=&!?]+/y;
const SPACE = /[ \t\r\n]*/y;
const REFERENCE = /&([^;&\s]{1,32};)?/g;
const XML_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

class Parser {
  private at = 0;
  private nodes = 0;
  private root: XmlElement | null = null;
  private readonly open: OpenElement[] = [];
  private readonly rootScope: Scope = {
    uris: new Map([
      ['', ''],
      ['xml', XML_NAMESPACE],
    ]),
    outer: null,
    names: new Map(),
  };

  constructor(
    private readonly text: string,
    private readonly partName: string,
    private readonly vocabulary: XmlVocabulary,
    private readonly leave: (element: XmlElement) => boolean,
  ) {}

  parse(): XmlElement {
    const { text } = this;
    while (this.at < text.length) {
      if (text.charCodeAt(this.at) !== 0x3c) this.readText();
      else if (text.startsWith('<!--', this.at)) this.readOther('-->', 4);
      else if (text.startsWith('<?', this.at)) this.readOther('?>', 2);
      else if (text.startsWith('<![CDATA[', this.at)) this.readCdata();
      else if (text.startsWith('<!', this.at)) this.skipDocumentType();
      else if (text.startsWith('</', this.at)) this.readEndTag();
      else this.readStartTag();
    }
    if (this.open.length > 0) throw this.damaged(reason`<${this.open.at(-1)?.tag ?? ''}> has no end`);
    if (!this.root) throw this.damaged(reason`it holds no element`);
    return this.root;
  }

  private damaged(why: string): DocumentError {
    const line = this.text.slice(0, this.at).split('\n').length;
    return new DocumentError(
      reason`The part ${this.partName} is not well-formed XML: ${why} (line ${line}). Get the file again, or save it again.`,
    );
  }

  private behind(mark: string, from: number): number {
    const found = this.text.indexOf(mark, from);
    if (found < 0) throw this.damaged(reason`“${mark}” is missing`);
    return found + mark.length;
  }

  private add(node: XmlNode): void {
    if (++this.nodes > MOST_NODES) throw new DocumentError(reason`The part ${this.partName} is too large to be read. Split the document.`);
    this.open.at(-1)?.children.push(node);
  }

  private readText(): void {
    const { text, at: start } = this;
    const found = text.indexOf('<', start);
    const end = found < 0 ? text.length : found;
    const written = text.slice(start, end);
    if (this.open.length > 0) this.add({ kind: 'text', text: this.resolved(written), start, end });
    else if (/[^\s\ufeff]/.test(written)) throw this.damaged(reason`text stands outside of its elements`);
    this.at = end;
  }

  private readOther(mark: string, markLength: number): void {
    const start = this.at;
    this.at = this.behind(mark, start + markLength);
    if (this.open.length > 0) this.add({ kind: 'other', start, end: this.at });
  }

  private readCdata(): void {
    const start = this.at;
    const end = this.behind(']]>', start);
    if (this.open.length === 0) throw this.damaged(reason`text stands outside of its elements`);
    this.add({ kind: 'text', text: normalized(this.text.slice(start + 9, end - 3)), start, end });
    this.at = end;
  }

  private skipDocumentType(): void {
    const end = this.behind('>', this.at);
    const declaration = this.text.slice(this.at, end);
    if (!/^<!DOCTYPE\s/i.test(declaration) || this.root || this.open.length > 0)
      throw this.damaged(reason`a declaration stands where none may`);
    if (declaration.includes('[')) {
      throw new DocumentError(
        reason`The part ${this.partName} declares entities of its own, which documents never need. It is not to be trusted.`,
      );
    }
    this.at = end;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private readStartTag(): void {
    const { text, at: start } = this;
    const parent = this.open.at(-1) ?? null;
    if (!parent && this.root) throw this.damaged(reason`it holds more than one element at the top`);
    if (this.open.length >= MOST_DEPTH) {
      throw new DocumentError(reason`The part ${this.partName} nests its elements more than ${MOST_DEPTH} deep; no document does.`);
    }
    this.at++;
    const tag = this.match(NAME);
    if (tag === '') throw this.damaged(reason`“<” does not begin a tag`);
    const written = this.readAttributes(tag);
    const isEmpty = text.charCodeAt(this.at) === 0x2f;
    if (isEmpty) this.at++;
    if (text.charCodeAt(this.at) !== 0x3e) throw this.damaged(reason`the tag <${tag}> has no end`);
    this.at++;
    const scope = scopeOf(parent?.scope ?? this.rootScope, written);
    const attributes = written.map((attribute) =>
      attribute.name.includes(':') && !attribute.name.startsWith('xmlns:')
        ? { ...attribute, name: this.canonical(scope, attribute.name) }
        : attribute,
    );
    const { at: contentStart } = this;
    const name = this.canonical(scope, tag);
    const nodesBefore = this.nodes;
    const element: OpenElement = {
      kind: 'element',
      ...{ name, tag, attributes, children: [], parent, scope, nodesBefore },
      ...{ start, contentStart, contentEnd: contentStart, end: contentStart },
    };
    this.nodes += attributes.length;
    this.add(element);
    if (!parent) this.root = element;
    if (isEmpty) this.closed(element);
    else this.open.push(element);
  }

  private readAttributes(tag: string): XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    for (;;) {
      const space = this.match(SPACE);
      const code = this.text.charCodeAt(this.at);
      if (code === 0x3e || code === 0x2f || Number.isNaN(code)) return attributes;
      const name = space === '' ? '' : this.match(NAME);
      if (name === '') throw this.damaged(reason`the tag <${tag}> holds what is no attribute`);
      this.match(SPACE);
      const isAssigned = this.text[this.at] === '=';
      if (isAssigned) this.at++;
      this.match(SPACE);
      const quote = this.text[this.at];
      if (!isAssigned || (quote !== '"' && quote !== "'")) throw this.damaged(reason`the attribute ${name} has no value`);
      const start = this.at + 1;
      this.at = this.behind(quote, start);
      const end = this.at - 1;
      const value = this.text.slice(start, end);
      if (value.includes('<')) throw this.damaged(reason`the attribute ${name} holds a “<”`);
      if (attributes.some((attribute) => attribute.name === name)) throw this.damaged(reason`the attribute ${name} is given twice`);
      if (attributes.length >= MOST_ATTRIBUTES) throw this.damaged(reason`the tag <${tag}> holds more than ${MOST_ATTRIBUTES} attributes`);
      attributes.push({ name, value: this.resolved(value), start, end });
    }
  }

  private readEndTag(): void {
    const { at: start } = this;
    this.at += 2;
    const tag = this.match(NAME);
    this.match(SPACE);
    const element = this.open.pop();
    if (element?.tag !== tag || this.text[this.at] !== '>') {
      this.at = start;
      throw this.damaged(
        element ? reason`</${tag}> ends nothing; expected </${element.tag}>` : reason`</${tag}> ends nothing; expected nothing more`,
      );
    }
    this.at++;
    element.contentEnd = start;
    element.end = this.at;
    this.closed(element);
  }

  private closed(element: OpenElement): void {
    if (!this.leave(element)) return;
    const parent = this.open.at(-1);
    if (parent?.children.at(-1) !== element) return;
    parent.children.pop();
    this.nodes = element.nodesBefore;
  }

  private canonical(scope: Scope, written: string): string {
    const before = scope.names.get(written);
    if (before !== undefined) return before;
    const colon = written.indexOf(':');
    const prefix = colon < 0 ? '' : written.slice(0, colon);
    let uri: string | undefined;
    for (let at: Scope | null = scope; at && uri === undefined; at = at.outer) uri = at.uris.get(prefix);
    if (uri === undefined) throw this.damaged(reason`the prefix of ${written} is not declared`);
    const known = uri === XML_NAMESPACE ? 'xml' : (this.vocabulary.prefixes.get(uri) ?? '?');
    const name = `${known}:${written.slice(colon + 1)}`;
    scope.names.set(written, name);
    return name;
  }

  private resolved(written: string): string {
    const text = normalized(written);
    if (!text.includes('&')) return text;
    return text.replace(REFERENCE, (reference, body: string | undefined) => {
      const value = body === undefined ? undefined : this.referenced(body.slice(0, -1));
      if (value === undefined) throw this.damaged(reason`“${reference}” stands for nothing known`);
      return value;
    });
  }

  private referenced(name: string): string | undefined {
    if (!name.startsWith('#')) return XML_ENTITIES.get(name) ?? this.vocabulary.entities?.get(name);
    const isHex = name[1] === 'x';
    const digits = name.slice(isHex ? 2 : 1);
    if (!(isHex ? /^[\da-f]{1,6}$/i : /^\d{1,7}$/).test(digits)) return undefined;
    const point = Number.parseInt(digits, isHex ? 16 : 10);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
  }
}

function normalized(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function scopeOf(outer: Scope, attributes: readonly XmlAttribute[]): Scope {
  const declared = attributes.filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return { uris: new Map(declared.map(({ name, value }) => [name.slice(6), value])), outer, names: new Map() };
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child): child is XmlElement => child.kind === 'element' && child.name === name);
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.kind === 'element');
}

/** The element and all below it, in document order. */
export function* within(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (child.kind === 'element') yield* within(child);
}

/** Name, attributes and elements of an element in a form that is equal for elements that mean the same. */
export function described(element: XmlElement): string {
  const attributes = element.attributes.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).sort();
  return `<${[element.name, ...attributes].join(' ')}>${elementsOf(element).map(described).join('')}</>`;
}

/** All text below an element. */
export function contentOf(element: XmlElement): string {
  return element.children.map((child) => (child.kind === 'text' ? child.text : child.kind === 'element' ? contentOf(child) : '')).join('');
}

const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Characters that XML cannot hold become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replace(UNWRITABLE, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/**
 * XLIFF 1.2 and 2.0 (and 2.1). Units without a translation get one, marked as to be reviewed (1.2: `needs-review-translation`) or as
 * `translated` (2.0); those that are approved, final or translated already stay. Inline elements are codes, and so is all they hold of
 * the original format. A file that names no target language, or another one, and has no translation yet, names the one it gets.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Inlines } from '../../../shared/inlines';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { primaryLanguage } from '../language-names';
import { withoutAccelerator } from './accelerators';
import { runSpot, type Piece } from './inline-run';
import { type Declaration, readSourceText } from './source-text';
import { type Replacement, type Slice, spliced, type Spot } from './splice';

const DECLARATION: Declaration = {
  pattern: /<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i,
  substitute: (character) => `&#${character.codePointAt(0) ?? 0};`,
};

export const xliff: Format = {
  id: 'xliff',
  name: 'XLIFF',
  extensions: ['xlf', 'xliff'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes, DECLARATION);
      const { text } = source;
      const root = rootOf(text);
      const document = spliced(source, unitSpots(text, root).map(withoutAccelerator), [], ({ to }) => languageNames(text, root, to));
      resolve({ ...document, ...translatedInto(root) });
    }),
};

const DEEPEST = 200;

/** An element with its place in the text. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: Element | null;
  readonly start: number;
  /** Behind the start tag. */
  readonly from: number;
  /** Before the end tag; the same as `from` for an empty element. */
  to: number;
  end: number;
  readonly children: (Element | Text)[];
}

interface Text {
  readonly name: null;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function parse(xml: string): Element {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const roots: Element[] = [];
  let open: Element | null = null;
  let depth = 0;
  let textStart = 0;
  const place = (): number => parser.position;
  parser.on('error', (error) => {
    throw new DocumentError(reason`The file is not well-formed XML: ${error.message}. Repair it in the program that wrote it.`);
  });
  parser.on('doctype', () => {
    throw new DocumentError(
      reason`The file has a document type declaration, which XLIFF does not use and which may hold harmful entities. Remove it.`,
    );
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const from = place();
    const name = tag.name.replace(/^.*:/, '');
    // "<" cannot stand inside a tag.
    const start = xml.lastIndexOf('<', from - 1);
    const element: Element = { name, attributes: tag.attributes, parent: open, start, from, to: from, end: from, children: [] };
    if (++depth > DEEPEST)
      throw new DocumentError(reason`Elements are nested more than ${DEEPEST} deep. Is it XLIFF? Choose another file.`);
    open?.children.push(element);
    if (!open) roots.push(element);
    open = element;
    textStart = from;
  });
  parser.on('closetag', (tag) => {
    const element: Element | null = open;
    if (!element) return;
    const end = place();
    element.end = end;
    element.to = tag.isSelfClosing ? element.from : xml.lastIndexOf('<', end - 1);
    open = element.parent;
    depth--;
    textStart = end;
  });
  const onText = (text: string, end: number): void => {
    open?.children.push({ name: null, text, start: textStart, end });
    textStart = end;
  };
  parser.on('text', (text) => {
    // Reported when the next tag, comment or section has begun; its "<" is the next one behind the text.
    const next = xml.indexOf('<', textStart);
    onText(text, next < 0 ? xml.length : next);
  });
  parser.on('cdata', (text) => onText(text, place()));
  parser.on('comment', () => (textStart = place()));
  parser.on('processinginstruction', () => (textStart = place()));
  parser.write(xml).close();
  const [root] = roots;
  if (!root) throw new DocumentError(reason`The file has no element. Choose an XLIFF file.`);
  return root;
}

/** Throws `DocumentError` where the file is none of a known version. */
function rootOf(xml: string): Element {
  const root = parse(xml);
  const version = root.attributes['version'] ?? '';
  if (root.name !== 'xliff' || !/^(?:1\.[0-2]|2\.\d)$/.test(version)) {
    const got = `<${root.name}${version === '' ? '' : ` version="${version}"`}>`;
    throw new DocumentError(reason`The file's root is ${got}; <xliff> 1.2 or 2.0 was expected.`);
  }
  return root;
}

const versionOf = (root: Element): string => root.attributes['version'] ?? '';

/** Elements that name the target language, by their attribute: the root (2.0), or each file in it (1.2). */
function namingElements(root: Element): [elements: readonly Element[], attribute: string] {
  return versionOf(root).startsWith('1')
    ? [root.children.filter((child): child is Element => child.name === 'file'), 'target-language']
    : [[root], 'trgLang'];
}

function translatedInto(root: Element): { translatedInto?: string } {
  const [elements, attribute] = namingElements(root);
  const names = elements.filter(hasTarget).flatMap(({ attributes }) => primaryLanguage(attributes[attribute] ?? '') ?? []);
  return names[0] === undefined ? {} : { translatedInto: names[0] };
}

function languageNames(xml: string, root: Element, to: string): Replacement[] {
  const [elements, attribute] = namingElements(root);
  return elements
    .filter((element) => isForeign(element.attributes[attribute], to) && !hasTarget(element))
    .map(({ start, from }) => ({ start, end: from, text: withAttribute(xml.slice(start, from), attribute, to) }));
}

/** `de-AT` names German well. */
const isForeign = (named: string | undefined, to: string): boolean => primaryLanguage(named ?? '') !== to;

/** Whether there are translations already, which are in the language that the file names; a target that repeats its source is none. */
function hasTarget(element: Element): boolean {
  const source = childNamed(element, 'source');
  const target = childNamed(element, 'target');
  const text = target ? plainText(target).trim() : '';
  if (text !== '' && text !== plainText(source ?? element).trim()) return true;
  return element.children.some((child) => child.name !== null && hasTarget(child));
}

function unitSpots(xml: string, root: Element): Spot[] {
  const version = versionOf(root);
  const spots: Spot[] = [];
  const visit = (element: Element): void => {
    if (element.attributes['translate'] === 'no') return;
    const isUnit = version.startsWith('1') ? element.name === 'trans-unit' : element.name === 'segment';
    const spot = isUnit ? (version.startsWith('1') ? unitSpot12(xml, element) : segmentSpot20(xml, element)) : null;
    if (spot) spots.push(spot);
    if (!isUnit) for (const child of element.children) if (child.name !== null) visit(child);
  };
  visit(root);
  return spots;
}

const childNamed = (element: Element, name: string): Element | undefined =>
  element.children.find((child): child is Element => child.name === name);

const plainText = (element: Element): string =>
  element.children.map((child) => (child.name === null ? child.text : plainText(child))).join('');

/** States of XLIFF 1.2 whose targets wait for a translator. */
const UNTRANSLATED_12 = /^(?:new|needs-(?:translation|l10n|adaptation))$/;

function unitSpot12(xml: string, unit: Element): Spot | null {
  const source = childNamed(unit, 'source');
  const target = childNamed(unit, 'target');
  if (!source || unit.attributes['approved'] === 'yes') return null;
  if (target && hasTranslation(source, target, target.attributes['state'], UNTRANSLATED_12)) return null;
  const segmented = childNamed(unit, 'seg-source');
  return targetSpot(xml, segmented ?? source, target, placeOf(unit), (content, indent) => {
    const behind = segmented ?? source;
    const qualified = prefixOf(xml, source);
    if (!target) {
      return [
        {
          start: behind.end,
          end: behind.end,
          text: `${indent}<${qualified}target state="needs-review-translation">${content}</${qualified}target>`,
        },
      ];
    }
    return [{ start: target.start, end: target.end, text: withContent(xml, target, content, 'needs-review-translation') }];
  });
}

function segmentSpot20(xml: string, segment: Element): Spot | null {
  const source = childNamed(segment, 'source');
  const target = childNamed(segment, 'target');
  if (!source) return null;
  if (target && hasTranslation(source, target, segment.attributes['state'], /^initial$/)) return null;
  const place = segment.parent ? placeOf(segment.parent) : '';
  return targetSpot(xml, source, target, place, (content, indent) => {
    const qualified = prefixOf(xml, source);
    const tag = xml.slice(segment.start, segment.from);
    const state = { start: segment.start, end: segment.from, text: withAttribute(tag, 'state', 'translated') };
    if (!target)
      return [state, { start: source.end, end: source.end, text: `${indent}<${qualified}target>${content}</${qualified}target>` }];
    return [state, { start: target.start, end: target.end, text: withContent(xml, target, content, null) }];
  });
}

/** A target that only repeats the source is none. */
function hasTranslation(source: Element, target: Element, state: string | undefined, untranslated: RegExp): boolean {
  if (plainText(target).trim() === '' && target.children.length === 0) return false;
  if (state === undefined) return plainText(target) !== plainText(source);
  return !untranslated.test(state);
}

function placeOf(unit: Element): string {
  const id = unit.attributes['resname'] ?? unit.attributes['name'] ?? unit.attributes['id'];
  return id === undefined ? '' : reason`unit ${id}`;
}

const prefixOf = (xml: string, element: Element): string => /^<([\w.-]+:)?/.exec(xml.slice(element.start, element.from))?.[1] ?? '';

function withContent(xml: string, target: Element, content: string, state: string | null): string {
  const tag = xml.slice(target.start, target.from).replace(/\s*\/>$/, '>');
  const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? 'target';
  return `${state === null ? tag : withAttribute(tag, 'state', state)}${content}</${name}>`;
}

/** A start tag with an attribute set. */
function withAttribute(tag: string, name: string, value: string): string {
  const attribute = new RegExp(String.raw`(\s${name}\s*=\s*)(?:"[^"]*"|'[^']*')`);
  if (attribute.test(tag)) return tag.replace(attribute, `$1"${value}"`);
  return tag.replace(/\s*\/?>$/, (end) => ` ${name}="${value}"${end}`);
}

/** The block of a source; its edges that are no text are copied into the target as they are. */
function targetSpot(
  xml: string,
  source: Element,
  target: Element | undefined,
  place: string,
  write: (content: string, indent: string) => { start: number; end: number; text: string }[],
): Spot | null {
  const spot = runSpot(xml, inlinePieces(xml, source), place, escapeText);
  if (!spot) return null;
  const indent = /(?:\r?\n|\r)[ \t]*$/.exec(xml.slice(0, source.start))?.[0] ?? '';
  return {
    ...spot,
    replace: (translation: Inlines, slice: Slice) => {
      const inner = spot.replace(translation, slice)[0]?.text ?? '';
      return write(xml.slice(source.from, spot.start) + inner + xml.slice(spot.end, source.to), target ? '' : indent);
    },
  };
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Elements whose content is text; all others stand alone with what they hold. */
const HOLDS_TEXT = /^(?:g|mrk|pc)$/;
/** Elements of which two make a pair: what opens, what closes, and how they name the pair. */
const OPENS: Readonly<Record<string, string>> = { bpt: 'rid', bx: 'rid', sc: 'id', sm: 'id' };
const CLOSES: Readonly<Record<string, string>> = { ept: 'rid', ex: 'rid', ec: 'startRef', em: 'startRef' };

function inlinePieces(xml: string, element: Element): Piece[] {
  const preserves = keepsSpace(element);
  return element.children.flatMap((child): Piece[] => {
    const { start, end } = child;
    if (child.name === null) {
      const text = preserves ? child.text : child.text.replaceAll(/[ \t]*\n[ \t\n]*/g, ' ');
      return [{ kind: 'text', text, start, end }];
    }
    if (
      HOLDS_TEXT.test(child.name) &&
      child.attributes['translate'] !== 'no' &&
      child.attributes['mtype'] !== 'protected' &&
      child.from < child.end
    ) {
      const name = `${child.name} ${child.start}`;
      return [{ kind: 'open', name, start, end: child.from }, ...inlinePieces(xml, child), { kind: 'close', name, start: child.to, end }];
    }
    const opens = OPENS[child.name];
    if (opens !== undefined) return [{ kind: 'open', name: `pair ${child.attributes[opens] ?? child.attributes['id'] ?? ''}`, start, end }];
    const closes = CLOSES[child.name];
    if (closes !== undefined)
      return [{ kind: 'close', name: `pair ${child.attributes[closes] ?? child.attributes['id'] ?? ''}`, start, end }];
    return [{ kind: 'alone', spoken: child.name !== 'it', start, end }];
  });
}

function keepsSpace(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parent) {
    const space = at.attributes['xml:space'];
    if (space !== undefined) return space === 'preserve';
  }
  return false;
}

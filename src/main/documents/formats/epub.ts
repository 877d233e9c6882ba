/** E-books: the title and description, the chapters in reading order, the table of contents. Copies protected by a shop are refused. */
import { reason } from '../../reasons';
import { openContainer } from '../container-kind';
import { ContainerDocument, readPart } from '../container-document';
import { DocumentError, type Format, type OpenDocument } from '../format';
import { HTML_ENTITIES } from '../html-entities';
import { resolved } from '../ooxml-package';
import { LEFT_OUT } from '../left-out';
import type { PartLanguages } from '../part-languages';
import type { Piece, Range } from '../text-layout';
import { attributeOf, childOf, contentOf, elementsOf, escapeText, within, type XmlElement, type XmlVocabulary } from '../xml';
import { addXhtml } from '../xhtml-text';
import type { ZipArchive } from '../zip';

export const epub: Format = { id: 'epub', name: 'e-book', extensions: ['epub'], read };

const VOCABULARY: XmlVocabulary = {
  prefixes: new Map([
    ['http://www.w3.org/1999/xhtml', 'h'],
    ['http://www.idpf.org/2007/opf', 'opf'],
    ['http://openebook.org/namespaces/oeb-package/1.0/', 'opf'],
    ['http://purl.org/dc/elements/1.1/', 'dc'],
    ['http://www.daisy.org/z3986/2005/ncx/', 'ncx'],
    ['urn:oasis:names:tc:opendocument:xmlns:container', 'ocf'],
    ['http://www.w3.org/2001/04/xmlenc#', 'enc'],
  ]),
  entities: HTML_ENTITIES,
};

const LANGUAGES: PartLanguages = {
  parts: /\.(?:x?html?|opf|ncx|xml)$/i,
  vocabulary: VOCABULARY,
  elements: new Set(['dc:language']),
  attributes: new Set(['lang', 'xml:lang']),
};

async function read(bytes: Uint8Array): Promise<OpenDocument> {
  const { archive } = await openContainer(bytes, epub);
  await checkUnprotected(archive);
  const document = new ContainerDocument(archive, LANGUAGES);
  const packageName = await packagePart(archive);
  const { root } = await readPart(archive, packageName, VOCABULARY);
  const items = itemsOf(root, packageName.slice(0, packageName.lastIndexOf('/') + 1));
  await addMetadata(document, archive, packageName);
  const chapters = chaptersOf(root, items).filter(({ name }) => archive.has(name));
  for (const [index, { name }] of chapters.entries())
    addXhtml(document, await readPart(archive, name, VOCABULARY), reason`chapter ${String(index + 1)}`);
  const listed = new Set(chapters.map(({ name }) => name));
  for (const item of items.values()) {
    if (!archive.has(item.name) || listed.has(item.name)) continue;
    if (item.properties.includes('nav')) addXhtml(document, await readPart(archive, item.name, VOCABULARY), reason`table of contents`);
    if (item.mediaType === 'application/x-dtbncx+xml') await addContents(document, archive, item.name);
  }
  return document.open();
}

/** Fonts may be scrambled; anything else that is encrypted is a shop's protection. */
async function checkUnprotected(archive: ZipArchive): Promise<void> {
  const name = 'META-INF/encryption.xml';
  if (!archive.has(name)) return;
  const { root } = await readPart(archive, name, VOCABULARY);
  for (const element of within(root)) {
    const algorithm = element.name === 'enc:EncryptionMethod' ? attributeOf(element, 'Algorithm') : undefined;
    if (algorithm === undefined || /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc/.test(algorithm)) continue;
    throw new DocumentError(
      reason`The e-book is locked by copy protection (DRM), and its text cannot be read. Get a copy without it from the publisher.`,
    );
  }
}

async function packagePart(archive: ZipArchive): Promise<string> {
  const { root } = await readPart(archive, 'META-INF/container.xml', VOCABULARY);
  for (const element of within(root)) {
    const path = element.name === 'ocf:rootfile' ? attributeOf(element, 'full-path') : undefined;
    if (path !== undefined && archive.has(path)) return path;
  }
  throw new DocumentError(
    reason`The e-book does not name its package document in META-INF/container.xml; it is damaged. Get the file again.`,
  );
}

interface Item {
  readonly name: string;
  readonly mediaType: string;
  readonly properties: readonly string[];
}

/** By id. */
function itemsOf(root: XmlElement, folder: string): Map<string, Item> {
  const manifest = childOf(root, 'opf:manifest');
  const items = (manifest ? elementsOf(manifest) : []).map((item): [string, Item] => [
    attributeOf(item, 'id') ?? '',
    {
      name: resolved(folder, decoded(attributeOf(item, 'href') ?? '')),
      mediaType: attributeOf(item, 'media-type') ?? '',
      properties: (attributeOf(item, 'properties') ?? '').split(/\s+/),
    },
  ]);
  return new Map(items);
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** In reading order, each once. */
function chaptersOf(root: XmlElement, items: ReadonlyMap<string, Item>): Item[] {
  const spine = childOf(root, 'opf:spine');
  const chapters = (spine ? elementsOf(spine) : []).flatMap((reference) => items.get(attributeOf(reference, 'idref') ?? '') ?? []);
  const pages = chapters.filter(({ mediaType }) => mediaType === 'application/xhtml+xml' || mediaType === 'text/x-oeb1-document');
  return [...new Map(pages.map((page) => [page.name, page])).values()];
}

const TAG = /<\/?[a-z][^<>]*>/i;
const DESCRIBING = new Map([
  ['dc:title', () => reason`title`],
  ['dc:description', () => reason`description`],
]);

async function addMetadata(document: ContainerDocument, archive: ZipArchive, name: string): Promise<void> {
  const part = await readPart(archive, name, VOCABULARY);
  for (const element of within(part.root)) {
    const place = DESCRIBING.get(element.name);
    if (place === undefined || elementsOf(element).length > 0) continue;
    if (TAG.test(contentOf(element))) {
      document.leave(LEFT_OUT.passages, reason`The book's description is written as a page.`);
      continue;
    }
    const range = { start: element.contentStart, end: element.contentEnd };
    document.addText(part, [plainText(element, range)], range, place());
  }
}

async function addContents(document: ContainerDocument, archive: ZipArchive, name: string): Promise<void> {
  const part = await readPart(archive, name, VOCABULARY);
  for (const element of within(part.root)) {
    if (element.name !== 'ncx:text') continue;
    const range = { start: element.contentStart, end: element.contentEnd };
    document.addText(part, [plainText(element, range)], range, reason`table of contents`);
  }
}

function plainText(element: XmlElement, range: Range): Piece {
  return { kind: 'text', text: contentOf(element).replace(/\s+/g, ' '), format: { key: '', write: escapeText }, markup: [range] };
}

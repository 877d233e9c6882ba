/** Opens the archive of a document and says what it is by its content: a wrong extension must not be believed. */
import { reason, worded } from '../reasons';
import { DocumentError, type Format } from './format';
import { readPart } from './container-document';
import { ODF_MANIFEST, ODF_VOCABULARY } from './odf-vocabulary';
import { mainPartOf } from './ooxml-package';
import { attributeOf, elementsOf } from './xml';
import { ZipArchive } from './zip';

interface Kind {
  readonly id: string;
  name(): string;
}

const WORD: Kind = { id: 'docx', name: () => reason`a Word document (.docx)` };
const POWERPOINT: Kind = { id: 'pptx', name: () => reason`a PowerPoint presentation (.pptx)` };
const EXCEL: Kind = { id: 'xlsx', name: () => reason`an Excel workbook (.xlsx)` };
const EPUB: Kind = { id: 'epub', name: () => reason`an e-book (.epub)` };
const OPEN_DOCUMENTS: ReadonlyMap<string, Kind> = new Map([
  ['text', { id: 'odt', name: () => reason`an OpenDocument text (.odt)` }],
  ['presentation', { id: 'odp', name: () => reason`an OpenDocument presentation (.odp)` }],
  ['spreadsheet', { id: 'ods', name: () => reason`an OpenDocument spreadsheet (.ods)` }],
]);
const OPEN_DOCUMENT_TYPE = /^application\/(?:vnd\.oasis\.opendocument|x-vnd\.oasis\.opendocument)\.([\w-]+)/;
const MOST_TYPE_BYTES = 200;

/** Old Office files and encrypted new ones are of this kind. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

const TYPES_PART = '[Content_Types].xml';

export interface Container {
  readonly archive: ZipArchive;
  /** Of the main part, where the archive is an Office Open XML package. */
  readonly mainPart: string;
  /** The media type that it gives itself. */
  readonly mediaType: string;
}

/** Throws `DocumentError`: not an archive, locked, hostile, or a document of another kind than the format. */
export async function openContainer(bytes: Uint8Array, format: Pick<Format, 'id' | 'name' | 'extensions'>): Promise<Container> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expected = reason`Expected: ${worded(format.name)} (.${format.extensions[0] ?? format.id})`;
  if (file.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) throw new DocumentError(compoundMessage(file, expected, format));
  if (file.toString('latin1', 0, 2) !== 'PK') {
    throw new DocumentError(
      reason`The file is not of the kind its name says: it is no zip archive, which such documents are. ${expected}.`,
    );
  }
  const archive = ZipArchive.open(bytes);
  const container = await kindOf(archive);
  if (container.kind?.id !== format.id) {
    const found =
      container.kind?.name() ??
      (container.mediaType === '' ? reason`a zip archive that is no document` : reason`of the type ${container.mediaType}`);
    throw new DocumentError(reason`The file is ${found}. ${expected}. Rename the file to what it is, or choose another.`);
  }
  return container;
}

function compoundMessage(file: Buffer, expected: string, format: Pick<Format, 'extensions'>): string {
  const extension = `.${format.extensions[0] ?? ''}`;
  return file.includes(ENCRYPTED_PACKAGE)
    ? reason`The file is locked with a password. Open it in the program that wrote it, remove the password and save it again.`
    : reason`The file is an Office document of the kind used before 2007. ${expected}. Open it in the program that wrote it and save it as ${extension}.`;
}

async function kindOf(archive: ZipArchive): Promise<Container & { kind: Kind | undefined }> {
  if (archive.has(TYPES_PART)) {
    const { mainPart, mediaType } = await mainPartOf(archive);
    return { archive, mainPart, mediaType, kind: officeKind(mediaType) };
  }
  const mediaType = await ownType(archive);
  const kind = mediaType === 'application/epub+zip' || archive.has('META-INF/container.xml') ? EPUB : openDocumentKind(mediaType);
  return { archive, mainPart: '', mediaType, kind };
}

/** What the archive says of itself: first in its `mimetype`, else in the manifest of an OpenDocument file. */
async function ownType(archive: ZipArchive): Promise<string> {
  if (archive.has('mimetype')) return new TextDecoder().decode((await archive.read('mimetype')).subarray(0, MOST_TYPE_BYTES)).trim();
  if (!archive.has(ODF_MANIFEST)) return '';
  const { root } = await readPart(archive, ODF_MANIFEST, ODF_VOCABULARY);
  const whole = elementsOf(root).find((element) => attributeOf(element, 'manifest:full-path') === '/');
  return (whole && attributeOf(whole, 'manifest:media-type')) ?? '';
}

function openDocumentKind(type: string): Kind | undefined {
  const name = OPEN_DOCUMENT_TYPE.exec(type)?.[1]?.replace(/-template$/, '');
  return OPEN_DOCUMENTS.get(name ?? '');
}

function officeKind(mediaType: string): Kind | undefined {
  if (/word|wordprocessingml/.test(mediaType)) return WORD;
  if (/powerpoint|presentationml/.test(mediaType)) return POWERPOINT;
  return /excel|spreadsheetml/.test(mediaType) && !mediaType.includes('binary') ? EXCEL : undefined;
}

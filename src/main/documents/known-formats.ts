/** The formats that documents can have, and which one a file has: its name says so, and its first bytes must agree. */
import { basename, extname } from 'node:path';
import { reason, worded } from '../reasons';
import { DocumentError, type Format, type Reflow } from './format';
import { csv, tsv } from './formats/csv';
import { docx } from './formats/docx';
import { epub } from './formats/epub';
import { html } from './formats/html';
import { json } from './formats/json';
import { markdown } from './formats/markdown';
import { odp, ods, odt } from './formats/odf';
import { pdf } from './formats/pdf';
import { po } from './formats/po';
import { pptx } from './formats/pptx';
import { srt } from './formats/srt';
import { txt } from './formats/txt';
import { vtt } from './formats/vtt';
import { xliff } from './formats/xliff';
import { xlsx } from './formats/xlsx';
import { yaml } from './formats/yaml';

interface KnownFormat {
  readonly format: Format;
  /** What its bytes must look like. */
  readonly container: 'text' | 'zip' | 'pdf';
}

const KNOWN: readonly KnownFormat[] = [
  ...[txt, markdown, html, srt, vtt, po, xliff, json, yaml, csv, tsv].map((format) => ({ format, container: 'text' }) as const),
  ...[docx, pptx, xlsx, odt, odp, ods, epub].map((format) => ({ format, container: 'zip' }) as const),
  { format: pdf, container: 'pdf' },
];

export const FORMATS: readonly Format[] = KNOWN.map(({ format }) => format);

/** `name` is the file's name, with or without folders. Throws `DocumentError`: an unknown extension, an empty file, other content. */
export function formatOf(name: string, bytes: Uint8Array): Format {
  const extension = extname(name).slice(1).toLowerCase();
  const known = KNOWN.find(({ format }) => format.extensions.includes(extension));
  if (!known) {
    const said =
      extension === '' ? reason`has no extension that says its format` : reason`ends in “.${extension}”, which is no format known here`;
    const extensions = FORMATS.map((format) => `.${format.extensions[0] ?? ''}`).join(', ');
    throw new DocumentError(reason`“${name}” ${said}. Known are ${extensions}: save it as one of these, or rename it if it is one.`);
  }
  if (bytes.length === 0) throw new DocumentError(reason`“${name}” is empty: 0 bytes. Choose the file that holds the text.`);
  const content = contentOf(bytes);
  // A locked Word file is of the old kind by its content; who opens it sees which of the two it is.
  const isToldByContainer = content === 'ole' && known.container === 'zip';
  if (content !== known.container && !isToldByContainer && !(known.container === 'pdf' && hasPdfHead(bytes))) {
    const expected = `${worded(known.format.name)} (${CONTAINER_NAMES[known.container]()})`;
    throw new DocumentError(
      reason`“${name}” is, by its content, ${CONTENT_NAMES[content]()}; ${expected} was expected. Rename it to the extension of what it is, or save it as .${extension} in the program that wrote it.`,
    );
  }
  return known.format;
}

const CONTAINER_NAMES = {
  text: () => reason`text`,
  zip: () => reason`a zip archive`,
  pdf: () => reason`it begins with “%PDF-”`,
} as const;

/** What programs for PDFs accept: something else may stand in front. */
const hasPdfHead = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');

/** The format that a document is written in, by the name of its translation. Throws `DocumentError`. */
export function writtenFormat({ name, reflow }: Format & { reflow: Reflow }, output: string): Format {
  const extension = extname(output).slice(1).toLowerCase();
  const format = reflow.into.find(({ extensions }) => extensions.includes(extension));
  if (format) return format;
  const known = reflow.into.map(({ extensions }) => `.${extensions[0] ?? ''}`).join(', ');
  throw new DocumentError(
    reason`A ${worded(name)} is translated into a document of another format (${known}), not into “${basename(output)}”. Choose a name that ends in one of these.`,
  );
}

type Content = 'text' | 'zip' | 'pdf' | 'ole' | 'rtf' | 'gzip' | 'image' | 'media' | 'binary';

const CONTENT_NAMES: Record<Content, () => string> = {
  text: () => reason`plain text`,
  zip: () => reason`a zip archive (as Word, PowerPoint, Excel, OpenDocument and EPUB files are)`,
  pdf: () => reason`a PDF`,
  ole: () => reason`an old (before 2007) or password-protected Office document`,
  rtf: () => reason`a rich text (RTF) document`,
  gzip: () => reason`a compressed file`,
  image: () => reason`an image`,
  media: () => reason`audio or video`,
  binary: () => reason`data that is not text`,
};

/** First bytes, as Latin-1. */
const SIGNATURES: readonly (readonly [Content, RegExp])[] = [
  ['zip', /^PK(?:\x03\x04|\x05\x06|\x07\x08)/],
  ['pdf', /^%PDF-/],
  ['ole', /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/],
  ['rtf', /^\{\\rtf/],
  ['gzip', /^(?:\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!)/],
  ['image', /^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF.{4}WEBP)/s],
  ['media', /^(?:ID3|OggS|fLaC|RIFF.{4}(?:WAVE|AVI )|\x1a\x45\xdf\xa3|.{4}ftyp)/s],
];

const HEAD_BYTES = 4096;

function contentOf(bytes: Uint8Array): Content {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const signature = SIGNATURES.find(([, pattern]) => pattern.test(head));
  if (signature) return signature[0];
  const isUtf16 = head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff');
  return !isUtf16 && head.includes('\0') ? 'binary' : 'text';
}

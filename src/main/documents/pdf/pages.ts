/**
 * The pages of a PDF as pieces of text with places and looks, by PDF.js in this process: no worker, no network, no code made from strings,
 * no drawing. Knows no lines, no paragraphs and no reading order.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { reason } from '../../reasons';
import { DocumentError } from '../format';
import { CMapReader } from './character-maps';
import { fontLook, type FontLook } from './font-look';

/** Lengths in points; `y` grows downwards. As the page is shown: its own rotation is undone. */
export interface TextPiece {
  readonly text: string;
  /** Where its baseline begins. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: FontLook;
}

/** An address and the rectangle that leads to it. */
export interface PageLink {
  readonly href: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PdfPage {
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** In the order in which they are painted. Horizontal ones; those in another direction are counted in `turned`. */
  readonly pieces: readonly TextPiece[];
  readonly turned: number;
  readonly links: readonly PageLink[];
  /** Filled form fields and comments, which are not part of the page's text. */
  readonly fields: number;
  readonly comments: number;
  /** Letters whose font does not say what they are. */
  readonly unreadable: number;
}

export interface OutlineEntry {
  readonly title: string;
  /** From 1. */
  readonly level: number;
}

export interface PdfFile {
  readonly pageCount: number;
  /** As its properties say; null where they do not. */
  readonly title: string | null;
  readonly outline: readonly OutlineEntry[];
  /** In order. Throws `DocumentError`, or the signal's reason; what a page needed is let go before the next one. */
  pages(signal?: AbortSignal): AsyncGenerator<PdfPage>;
  close(): Promise<void>;
}

const again = () => reason`Get the file again, or print it into a new PDF from a program that shows it.`;

/** Throws `DocumentError`: damaged, locked, or a form without pages of its own. */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  const { getDocument } = await loadPdfJs();
  const task = getDocument({
    // PDF.js takes the buffer away.
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    // Images are not decoded.
    maxImageSize: 1,
    CMapReaderFactory: CMapReader,
  });
  let pdf: PDFDocumentProxy;
  try {
    pdf = await task.promise;
  } catch (error) {
    await task.destroy();
    throw refusal(error);
  }
  try {
    const { info } = infoSchema.parse(await pdf.getMetadata().catch(() => ({ info: {} })));
    if (info.IsXFAPresent && !info.IsAcroFormPresent) {
      throw new DocumentError(
        reason`The PDF is an XFA form, which has no pages of its own. Print it into a new PDF from the program that shows it.`,
      );
    }
    const outline = flattened(outlineSchema.safeParse(await pdf.getOutline().catch(() => null)).data ?? [], 1);
    const title = info.Title?.trim() ?? '';
    return {
      pageCount: pdf.numPages,
      title: title === '' ? null : title,
      outline,
      pages: (signal) => pagesOf(pdf, signal),
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    throw error;
  }
}

const infoSchema = z.object({
  info: z.object({
    Title: z.string().optional().catch(undefined),
    IsXFAPresent: z.boolean().default(false),
    IsAcroFormPresent: z.boolean().default(false),
  }),
});

type OutlineNode = { title: string; items: OutlineNode[] };
const outlineNodeSchema: z.ZodType<OutlineNode> = z.object({
  title: z.string(),
  get items() {
    return z.array(outlineNodeSchema);
  },
});
const outlineSchema = z.array(outlineNodeSchema);

function flattened(nodes: readonly OutlineNode[], level: number): OutlineEntry[] {
  return nodes.flatMap(({ title, items }) => [{ title, level }, ...flattened(items, level + 1)]);
}

function refusal(error: unknown): DocumentError {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    return new DocumentError(
      reason`The PDF is locked with a password. Open it in a program that shows PDFs, save it without the password, and add that file.`,
    );
  }
  return new DocumentError(reason`The PDF is damaged: ${messageOf(error)}. ${again()}`);
}

/** Pages after which PDF.js lets go of the fonts and objects that it keeps. */
const CLEAN_EVERY = 50;

async function* pagesOf(pdf: PDFDocumentProxy, signal?: AbortSignal): AsyncGenerator<PdfPage> {
  const fonts = new Map<string, FontLook>();
  for (let number = 1; number <= pdf.numPages; number++) {
    signal?.throwIfAborted();
    await nextTurn();
    yield await readNumbered(pdf, number, fonts);
    if (number % CLEAN_EVERY === 0) {
      await pdf.cleanup();
      fonts.clear();
    }
  }
}

async function readNumbered(pdf: PDFDocumentProxy, number: number, fonts: Map<string, FontLook>): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    try {
      return await readPage(page, number, fonts);
    } finally {
      page.cleanup();
    }
  } catch (error) {
    throw new DocumentError(reason`Page ${number} of ${pdf.numPages} cannot be read: ${messageOf(error)}. The PDF is damaged. ${again()}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

async function readPage(page: PDFPageProxy, number: number, fonts: Map<string, FontLook>): Promise<PdfPage> {
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  await learnFonts(page, content.styles, fonts);
  const toPage = viewport.transform as Matrix;
  const raw: RawPiece[] = [];
  let unreadable = 0;
  for (const item of content.items) {
    if (!('str' in item) || item.str === '') continue;
    const text = item.str.replaceAll(SYMBOL_BULLETS, '•');
    unreadable += text.match(UNREADABLE)?.length ?? 0;
    const [a, b, c, d, x, y] = multiplied(toPage, item.transform as Matrix);
    raw.push({
      text: text.replaceAll(UNREADABLE, ''),
      angle: Math.atan2(b, a),
      x,
      y,
      width: item.width,
      size: Math.hypot(c, d),
      font: fonts.get(item.fontName) ?? fontLook('', content.styles[item.fontName]?.fontFamily ?? ''),
    });
  }
  const quarter = mainDirection(raw);
  const size = quarter % 2 === 0 ? viewport : { width: viewport.height, height: viewport.width };
  const upright = raw.map((piece) => turnedBack(piece, quarter, viewport));
  const pieces = upright.filter(({ angle }) => Math.abs(angle) < LEVEL).map(({ angle: _, ...piece }) => piece);
  const annotations = annotationsSchema.safeParse(await page.getAnnotations().catch(() => [])).data ?? [];
  return {
    number,
    width: size.width,
    height: size.height,
    pieces,
    turned: upright.filter(({ angle, text }) => Math.abs(angle) >= LEVEL && text.trim() !== '').length,
    links: quarter === 0 ? linksOf(annotations, toPage) : [],
    fields: annotations.filter(({ subtype, fieldValue }) => subtype === 'Widget' && isFilled(fieldValue)).length,
    comments: annotations.filter(({ subtype, contentsObj }) => !NO_COMMENTS.test(subtype) && contentsObj.str.trim() !== '').length,
    unreadable,
  };
}

/** Bullets of the fonts Symbol and Wingdings. */
const SYMBOL_BULLETS = /[\uF06C\uF06E\uF071\uF076\uF0A7\uF0A8\uF0B7\uF0D8\uF0FC]/g;
/** Control characters, and those for private use, which fonts without names for their letters bring. */
const UNREADABLE = /[\p{Cc}\p{Co}\uFFFD]/gu;

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

function multiplied(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

interface RawPiece extends TextPiece {
  /** Radians, clockwise. */
  readonly angle: number;
}

/** Text that is less aslant counts as horizontal, in radians. */
const LEVEL = 0.05;

/** In which of the four directions most of the text runs, in quarter turns clockwise. */
function mainDirection(pieces: readonly RawPiece[]): number {
  const lengths = [0, 0, 0, 0];
  for (const { angle, text } of pieces) {
    const quarter = Math.round((angle * 2) / Math.PI) & 3;
    lengths[quarter] = (lengths[quarter] ?? 0) + text.length;
  }
  return lengths.indexOf(Math.max(...lengths));
}

/** The page turned so that its main direction is horizontal. */
function turnedBack(piece: RawPiece, quarter: number, { width, height }: { width: number; height: number }): RawPiece {
  const { x, y } = piece;
  const angle = piece.angle - (quarter * Math.PI) / 2;
  const level = Math.atan2(Math.sin(angle), Math.cos(angle));
  if (quarter === 1) return { ...piece, angle: level, x: y, y: width - x };
  if (quarter === 2) return { ...piece, angle: level, x: width - x, y: height - y };
  if (quarter === 3) return { ...piece, angle: level, x: height - y, y: x };
  return { ...piece, angle: level };
}

const fontSchema = z.object({ name: z.string().catch(''), bold: z.boolean().optional(), italic: z.boolean().optional() });

/** PDF.js tells fonts' names only to who draws the page: done once for each font. */
async function learnFonts(
  page: PDFPageProxy,
  styles: Readonly<Record<string, { readonly fontFamily: string }>>,
  fonts: Map<string, FontLook>,
): Promise<void> {
  const unknown = Object.entries(styles).filter(([id]) => !fonts.has(id));
  if (unknown.length === 0) return;
  await page.getOperatorList().catch(() => null);
  const { commonObjs } = page as unknown as { commonObjs: { has(id: string): boolean; get(id: string): unknown } };
  for (const [id, { fontFamily }] of unknown) {
    const font = commonObjs.has(id) ? fontSchema.safeParse(commonObjs.get(id)).data : undefined;
    const look = fontLook(font?.name ?? '', fontFamily);
    fonts.set(id, { ...look, bold: look.bold || font?.bold === true, italic: look.italic || font?.italic === true });
  }
}

/** Other annotations are a reader's: notes, marks, drawings. */
const NO_COMMENTS = /^(?:Link|Widget|Popup)?$/;

const annotationsSchema = z.array(
  z.object({
    subtype: z.string().catch(''),
    url: z.string().optional(),
    rect: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    fieldValue: z.unknown().optional(),
    contentsObj: z.object({ str: z.string() }).catch({ str: '' }),
  }),
);

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' && value !== 'Off' : Array.isArray(value) && value.length > 0;

function linksOf(annotations: z.infer<typeof annotationsSchema>, toPage: Matrix): PageLink[] {
  return annotations.flatMap(({ subtype, url, rect: [x1, y1, x2, y2] }): PageLink[] => {
    if (subtype !== 'Link' || url === undefined || !/^(?:https?|mailto):/.test(url)) return [];
    const [, , , , xa, ya] = multiplied(toPage, [1, 0, 0, 1, x1, y1]);
    const [, , , , xb, yb] = multiplied(toPage, [1, 0, 0, 1, x2, y2]);
    return [{ href: url, left: Math.min(xa, xb), right: Math.max(xa, xb), top: Math.min(ya, yb), bottom: Math.max(ya, yb) }];
  });
}

/** Both halves of PDF.js; the second says to the first that no worker is to be started. */
async function loadPdfJs(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  // PDF.js makes one matrix when it is loaded, for drawing; Node has none.
  if (!('DOMMatrix' in globalThis)) Object.assign(globalThis, { DOMMatrix: Object });
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

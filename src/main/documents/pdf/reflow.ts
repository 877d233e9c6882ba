/** A PDF → its text as a flow, and what of it is left out. */
import { reason } from '../../reasons';
import { DocumentError, type Left } from '../format';
import { LEFT_OUT } from '../left-out';
import { blocksOf } from './blocks';
import type { Flow } from './flow';
import { withoutFurniture } from './furniture';
import { linesOf } from './lines';
import { openPdf, type PdfPage } from './pages';
import { pageTextOf, textOfSpans, type PageText } from './stretches';

export interface ReflowedPdf {
  readonly flow: Flow;
  readonly left: readonly Left[];
}

const recognize = () => reason`Run text recognition (OCR) on the PDF to translate them.`;
/** Of a page's letters that may be unreadable. */
const MOST_UNREADABLE = 0.2;

/** Throws `DocumentError`, or the signal's reason. A page's fonts and pictures are let go before the next is read; its text is kept. */
export async function reflowPdf(bytes: Uint8Array, signal?: AbortSignal): Promise<ReflowedPdf> {
  const pdf = await openPdf(bytes);
  try {
    const texts: PageText[] = [];
    const tally = new Tally();
    for await (const page of pdf.pages(signal)) {
      const text = pageTextOf(page);
      texts.push(text);
      tally.take(page, text);
    }
    tally.refuseEmpty();
    const { pages, left: furniture } = withoutFurniture(texts, bodySize(texts));
    const { blocks, left: lost } = blocksOf(pages.flatMap(linesOf), pdf.outline);
    return { flow: { title: pdf.title, blocks }, left: [...tally.left(), ...furniture, ...lost] };
  } finally {
    await pdf.close();
  }
}

/** What pages have besides text, or lack. */
class Tally {
  private readonly empty: number[] = [];
  private readonly unreadable: number[] = [];
  private pages = 0;
  private turned = 0;
  private fields = 0;
  private comments = 0;

  take(page: PdfPage, { stretches }: PageText): void {
    this.pages++;
    const letters = stretches.reduce((sum, { spans }) => sum + (textOfSpans(spans).match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
    if (page.unreadable > MOST_UNREADABLE * (letters + page.unreadable)) this.unreadable.push(page.number);
    else if (letters === 0 && page.turned === 0) this.empty.push(page.number);
    this.turned += page.turned;
    this.fields += page.fields;
    this.comments += page.comments;
  }

  refuseEmpty(): void {
    if (this.empty.length + this.unreadable.length < this.pages) return;
    if (this.empty.length === this.pages) {
      throw new DocumentError(
        this.pages === 1
          ? reason`The PDF has no text. Its page is blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.`
          : reason`The PDF has no text. Its ${this.pages} pages are blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.`,
      );
    }
    throw new DocumentError(
      reason`The PDF does not say which letters its text has: its fonts lack names for them. Run text recognition (OCR) on it, and add the result.`,
    );
  }

  left(): Left[] {
    const { empty, unreadable, turned, fields, comments } = this;
    const left: Left[] = [];
    if (empty.length > 0) {
      left.push({
        what: pageNames(empty),
        why:
          empty.length === 1
            ? reason`It has no text: blank, pictures, or scanned? ${recognize()}`
            : reason`They have no text: blank, pictures, or scanned? ${recognize()}`,
      });
    }
    if (unreadable.length > 0) {
      left.push({
        what: reason`text of ${pageNames(unreadable)}`,
        why: reason`Its fonts do not say which letters it has; what could be read is in the translation. ${recognize()}`,
      });
    }
    if (turned > 0) left.push({ what: LEFT_OUT.passages(turned), why: reason`They are turned to the side.` });
    if (fields > 0) left.push({ what: LEFT_OUT.formFields(fields), why: reason`What was filled in is not part of the text.` });
    if (comments > 0) left.push({ what: LEFT_OUT.comments(comments), why: reason`Comments are not part of the text.` });
    left.push({ what: reason`pictures and the layout of the pages`, why: reason`A PDF’s text flows into a new document.` });
    return left;
  }
}

/** `page 3`, `pages 3, 7 and 9–12` */
export function pageNames(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  const names = ranges.flatMap(({ first, last }) =>
    last > first + 1 ? [`${first}–${last}`] : last > first ? [`${first}`, `${last}`] : [`${first}`],
  );
  const last = names.pop() ?? '';
  if (names.length > 0) return reason`pages ${names.join(', ')} and ${last}`;
  return numbers.length === 1 ? reason`page ${last}` : reason`pages ${last}`;
}

/** Of most of the letters, in points. */
function bodySize(pages: readonly PageText[]): number {
  const letters = new Map<number, number>();
  for (const { spans, size } of pages.flatMap(({ stretches }) => stretches)) {
    const key = Math.round(size * 2) / 2;
    letters.set(key, (letters.get(key) ?? 0) + textOfSpans(spans).length);
  }
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
}

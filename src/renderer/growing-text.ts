/**
 * Text that grows at its end, in blocks: a closed block never changes unless a delta reaches back into it, so a view redraws the
 * open one only, however long the text is. Knows no events and no view.
 */
import { countText, type TextCounts } from './counts';

export interface TextBlock extends TextCounts {
  /** Offset in the whole text, UTF-16 code units. */
  start: number;
  text: string;
}

export interface GrowingText {
  closed: readonly TextBlock[];
  open: string;
}

export const EMPTY_TEXT: GrowingText = { closed: [], open: '' };

/** A block closes at the first line break after this many code units, */
const LINE_BLOCK = 1024;
/** at the first space after this many where no line ends, */
const SPACE_BLOCK = 4096;
/** or anywhere. */
const HARD_BLOCK = 16384;

export function openStart(text: GrowingText): number {
  const last = text.closed.at(-1);
  return last === undefined ? 0 : last.start + last.text.length;
}

export function textLength(text: GrowingText): number {
  return openStart(text) + text.open.length;
}

export function wholeText(text: GrowingText): string {
  return text.closed.length === 0 ? text.open : text.closed.map((block) => block.text).join('') + text.open;
}

/** Keeps the first `keep` code units, then appends. */
export function growText(text: GrowingText, keep: number, append: string): GrowingText {
  let closed = text.closed;
  let open: string;
  let start = openStart(text);
  if (keep >= start) {
    open = text.open.slice(0, keep - start);
  } else {
    closed = closed.filter((block) => block.start + block.text.length <= keep);
    start = openStart({ closed, open: '' });
    open = (text.closed[closed.length]?.text ?? '').slice(0, keep - start);
  }
  open += append;
  const finished: TextBlock[] = [];
  for (let cut = blockEnd(open); cut !== null; cut = blockEnd(open)) {
    const block = open.slice(0, cut);
    finished.push({ start, text: block, ...countText(block) });
    start += cut;
    open = open.slice(cut);
  }
  return { closed: finished.length === 0 ? closed : [...closed, ...finished], open };
}

export function countGrowingText(text: GrowingText): TextCounts {
  const counts = countText(text.open);
  for (const block of text.closed) {
    counts.words += block.words;
    counts.characters += block.characters;
  }
  return counts;
}

function blockEnd(open: string): number | null {
  if (open.length <= LINE_BLOCK) return null;
  const line = open.indexOf('\n', LINE_BLOCK);
  if (line !== -1 && line < HARD_BLOCK) return line + 1;
  if (open.length <= SPACE_BLOCK) return null;
  const space = open.indexOf(' ', SPACE_BLOCK);
  if (space !== -1 && space < HARD_BLOCK) return space + 1;
  if (open.length <= HARD_BLOCK) return null;
  const splitsPair = /[\uD800-\uDBFF]/.test(open.charAt(HARD_BLOCK - 1));
  return splitsPair ? HARD_BLOCK + 1 : HARD_BLOCK;
}

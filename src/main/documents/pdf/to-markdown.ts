/** A flow as Markdown (CommonMark with GitHub's tables). Code and formulas are code. */
import { escapeText } from '../formats/markdown';
import type { Flow, FlowBlock } from './flow';
import type { ListMark } from './list-mark';
import type { Span } from './stretches';

export function markdownOf({ blocks }: Flow): Uint8Array {
  let text = '';
  /** Columns at which the items' text begins, of the lists that are open. */
  let indents: number[] = [];
  let last: FlowBlock | null = null;
  for (const block of blocks) {
    if (block.kind === 'item') {
      indents = indents.slice(0, block.depth + 1);
      const indent = block.depth > 0 ? (indents[block.depth - 1] ?? 0) : 0;
      const mark = markText(block.mark);
      // Two lists in a row are told apart by what stands between them.
      const isNew = last?.kind === 'item' && last.depth === block.depth && last.mark.kind !== block.mark.kind;
      text += `${last === null ? '' : last.kind === 'item' && !isNew ? '\n' : '\n\n'}${' '.repeat(indent)}${mark} ${inlineText(block.spans, false)}`;
      indents[block.depth] = indent + mark.length + 1;
    } else {
      text += `${last === null ? '' : '\n\n'}${blockText(block)}`;
      indents = [];
    }
    last = block;
  }
  return Buffer.from(`${text}\n`);
}

/** Markdown has numbers only; a letter's place is its number. */
const markText = (mark: ListMark): string => (mark.kind === 'bullet' ? '-' : `${mark.value}${mark.after === ')' ? ')' : '.'}`);

function blockText(block: Exclude<FlowBlock, { kind: 'item' }>): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inlineText(block.spans, false)}`;
    case 'paragraph':
      return inlineText(block.spans, false);
    case 'verbatim': {
      const fence = '`'.repeat(Math.max(3, ...block.lines.map((line) => (/^\s*(`+)/.exec(line)?.[1]?.length ?? 0) + 1)));
      return `${fence}\n${block.lines.join('\n')}\n${fence}`;
    }
    case 'table': {
      const rows = block.rows.map((row) => `| ${row.map((cell) => inlineText(cell, true)).join(' | ')} |`);
      const rule = `|${' --- |'.repeat(block.rows[0]?.length ?? 1)}`;
      return [rows[0], rule, ...rows.slice(1)].join('\n');
    }
    default:
      return block satisfies never;
  }
}

function inlineText(spans: readonly Span[], inCell: boolean): string {
  let text = '';
  for (const [at, span] of spans.entries())
    text += spanText(span, text, inCell, isWordAt(spans[at - 1]?.text.at(-1)), isWordAt(spans[at + 1]?.text[0]));
  return text;
}

const isWordAt = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Emphasis inside a word is only written where Markdown reads it as such: with stars. */
function spanText(
  { text, bold, italic, mono, raise, href }: Span,
  before: string,
  inCell: boolean,
  isWordBefore: boolean,
  isWordAfter: boolean,
): string {
  let written = mono ? codeText(text, inCell) : escapeText(text, before, inCell);
  if (raise !== null && !mono) written = raise === 'super' ? `<sup>${written}</sup>` : `<sub>${written}</sub>`;
  const isFlanked = /^[\p{L}\p{N}]/u.test(text) && /[\p{L}\p{N}]$/u.test(text) ? true : !isWordBefore && !isWordAfter;
  if (isFlanked && raise === null && !mono) {
    if (italic) written = `*${written}*`;
    if (bold) written = `**${written}**`;
  }
  return href === null ? written : `[${written}](<${href.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
}

function codeText(text: string, inCell: boolean): string {
  const fence = '`'.repeat(Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${inCell ? text.replaceAll('|', String.raw`\|`) : text}${pad}${fence}`;
}

/** A flow as a web page. Code and formulas are in elements that are left alone. */
import type { Flow, FlowBlock } from './flow';
import type { ListMark } from './list-mark';
import { textOfSpans, type Span } from './stretches';

const STYLE =
  'body{max-width:46em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.45}pre{overflow-x:auto}' +
  'table{border-collapse:collapse}td{border:1px solid #999;padding:.2em .5em;vertical-align:top}.in1{margin-left:2em}.in2{margin-left:4em}.in3{margin-left:6em}';

export function htmlOf({ title, blocks }: Flow): Uint8Array {
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const name = heading?.kind === 'heading' ? textOfSpans(heading.spans.filter(({ raise }) => raise === null)) : (title ?? '');
  const head = `<meta charset="utf-8">\n<title>${escaped(name)}</title>\n<style>${STYLE}</style>`;
  return Buffer.from(`<!DOCTYPE html>\n<html>\n<head>\n${head}\n</head>\n<body>\n${bodyOf(blocks)}</body>\n</html>\n`);
}

function bodyOf(blocks: readonly FlowBlock[]): string {
  let html = '';
  const lists = new OpenLists();
  for (const block of blocks) {
    if (block.kind === 'item') {
      html += `${lists.enter(block.depth, block.mark)}${inlineHtml(block.spans)}`;
      continue;
    }
    html += lists.leave();
    if (block.kind === 'heading') html += `<h${block.level}>${inlineHtml(block.spans)}</h${block.level}>\n`;
    else if (block.kind === 'verbatim') html += `<pre>${escaped(block.lines.join('\n'))}</pre>\n`;
    else if (block.kind === 'table') html += tableHtml(block.rows);
    else html += `<p${block.depth > 0 ? ` class="in${block.depth}"` : ''}>${inlineHtml(block.spans)}</p>\n`;
  }
  return html + lists.leave();
}

/** Lists and items that are not closed yet. */
class OpenLists {
  private readonly open: { readonly mark: ListMark; next: number }[] = [];

  /** The tags before an item's text. */
  enter(depth: number, mark: ListMark): string {
    let html = '';
    while (this.open.length > depth + 1) html += this.close();
    const list = this.open.at(-1);
    const isNext = list !== undefined && this.open.length === depth + 1 && tagOf(list.mark) === tagOf(mark);
    if (isNext) html += '</li>\n';
    else {
      if (this.open.length === depth + 1) html += this.close();
      html += `${html === '' && this.open.length > 0 ? '\n' : ''}<${tagOf(mark)}>\n`;
      this.open.push({ mark, next: 1 });
    }
    const now = this.open.at(-1);
    const value = mark.kind === 'number' ? mark.value : 0;
    const said = mark.kind === 'number' && now && now.next !== value ? ` value="${value}"` : '';
    if (now) now.next = value + 1;
    return `${html}<li${said}>`;
  }

  leave(): string {
    let html = '';
    while (this.open.length > 0) html += this.close();
    return html;
  }

  private close(): string {
    const list = this.open.pop();
    return list ? `</li>\n</${tagOf(list.mark).split(' ')[0] ?? ''}>\n` : '';
  }
}

const LIST_TYPES = { decimal: '', letter: ' type="a"', roman: ' type="i"' } as const;
const tagOf = (mark: ListMark): string => (mark.kind === 'bullet' ? 'ul' : `ol${LIST_TYPES[mark.style]}`);

function tableHtml(rows: readonly (readonly (readonly Span[])[])[]): string {
  const cells = (row: readonly (readonly Span[])[]) => row.map((cell) => `<td>${inlineHtml(cell)}</td>`).join('');
  return `<table>\n${rows.map((row) => `<tr>${cells(row)}</tr>\n`).join('')}</table>\n`;
}

function inlineHtml(spans: readonly Span[]): string {
  return spans.map(spanHtml).join('');
}

function spanHtml({ text, bold, italic, mono, raise, href }: Span): string {
  let html = escaped(text);
  if (mono) html = `<code>${html}</code>`;
  if (raise !== null) html = raise === 'super' ? `<sup>${html}</sup>` : `<sub>${html}</sub>`;
  if (italic) html = `<em>${html}</em>`;
  if (bold) html = `<strong>${html}</strong>`;
  return href === null ? html : `<a href="${escaped(href)}">${html}</a>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

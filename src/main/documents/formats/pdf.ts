/**
 * PDFs with a text layer. They are read, never written: their text flows into a new Word document, web page or Markdown file, and that is
 * what is translated, by its own format.
 */
import { reason } from '../../reasons';
import type { Block, Format, Reflowed } from '../format';
import type { Flow, FlowBlock } from '../pdf/flow';
import { reflowPdf } from '../pdf/reflow';
import type { Span } from '../pdf/stretches';
import { docxOf } from '../pdf/to-docx';
import { htmlOf } from '../pdf/to-html';
import { markdownOf } from '../pdf/to-markdown';
import { docx } from './docx';
import { html } from './html';
import { markdown } from './markdown';

const WRITERS: readonly { readonly format: Format; readonly write: (flow: Flow) => Uint8Array | Promise<Uint8Array> }[] = [
  { format: docx, write: docxOf },
  { format: html, write: htmlOf },
  { format: markdown, write: markdownOf },
];

export const pdf: Format = {
  id: 'pdf',
  name: 'PDF',
  extensions: ['pdf'],
  read: async (bytes) => (await reflow(bytes, docx)).document,
  reflow: { into: WRITERS.map(({ format }) => format), read: reflow },
};

async function reflow(bytes: Uint8Array, into: Format, signal?: AbortSignal): Promise<Reflowed> {
  const writer = WRITERS.find(({ format }) => format === into);
  if (!writer) throw new Error(`A PDF does not flow into ${into.id}.`);
  const { flow, left } = await reflowPdf(bytes, signal);
  const flowed = await writer.write(flow);
  const document = await into.read(flowed);
  const blocks = withPages(document.blocks, flow);
  return { bytes: flowed, document: { ...document, blocks, left: [...left, ...document.left] } };
}

/** How far apart the flow's texts and the format's blocks may get: links alone in a paragraph are no blocks of Markdown. */
const FARTHEST = 40;

/** Blocks with the pages that their texts come from. */
function withPages(blocks: readonly Block[], { blocks: flow }: Flow): readonly Block[] {
  const texts = flow.flatMap((block) =>
    textsOf(block).map((spans) => ({ page: block.page, key: keyOf(spans.map(({ text, mono }) => (mono ? '' : text))) })),
  );
  let next = 0;
  return blocks.map((block) => {
    const key = keyOf(block.inlines.map((inline) => (typeof inline === 'string' ? inline : '')));
    const near = texts.slice(next, next + FARTHEST);
    const same = near.findIndex((text) => text.key === key);
    const at = same >= 0 ? same : near.findIndex((text) => isPart(key, text.key));
    const page = at < 0 ? undefined : texts[next + at]?.page;
    if (page === undefined) return block;
    // A title and its heading are one text.
    next += at;
    return { ...block, place: reason`page ${String(page)}` };
  });
}

function textsOf(block: FlowBlock): readonly (readonly Span[])[] {
  if (block.kind === 'verbatim') return [];
  return block.kind === 'table' ? block.rows.flat() : [block.spans];
}

const keyOf = (texts: readonly string[]): string => texts.join('').replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A block lacks what is a code in it; what is left stands in order. */
function isPart(key: string, whole: string): boolean {
  if (key === '') return false;
  if (key.length <= whole.length / 2) return whole.startsWith(key) || whole.endsWith(key);
  let at = 0;
  for (const character of key) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

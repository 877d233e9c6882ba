/** Plain text and Markdown with each part followed by its translation. */
import type { SyntaxNode } from '@lezer/common';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { readSourceText } from './source-text';

type Bilingual = NonNullable<Format['bilingual']>;

/** Paragraph, what stands between, paragraph, … */
const BETWEEN_PARAGRAPHS = /((?:[ \t]*(?:\r\n|\r(?!\n)|[\n\f])){2,})/;
const LAST_LINE_END = /(?:\r\n|[\n\r])$/;

export const bilingualTxt: Bilingual = (source, translation) =>
  written(source, translation, (text, translated) => {
    const parts = text.split(BETWEEN_PARAGRAPHS);
    const others = translated.split(BETWEEN_PARAGRAPHS);
    if (others.length !== parts.length) throw apart();
    const blank = blankLine(text);
    return parts.map((part, at) => both(part, others[at] ?? '', blank)).join('');
  });

/** `blocks` gives the parts of a text that stand at its top, with their ranges; what is before `bodyStart` is the translation's. */
export function bilingualMarkdown(blocks: (text: string) => { bodyStart: number; nodes: readonly SyntaxNode[] }): Bilingual {
  return (source, translation) =>
    written(source, translation, (text, translated) => {
      const [own, other] = [blocks(text), blocks(translated)];
      if (own.nodes.length !== other.nodes.length) throw apart();
      const blank = blankLine(text);
      let result = translated.slice(0, other.bodyStart);
      let done = own.bodyStart;
      own.nodes.forEach((node, at) => {
        const twin = other.nodes[at];
        if (twin?.name !== node.name) throw apart();
        const [start, end] = [own.bodyStart + node.from, own.bodyStart + node.to];
        const part = translated.slice(other.bodyStart + twin.from, other.bodyStart + twin.to);
        // Two lists in a row would be one.
        const between = node.name.endsWith('List') ? `${blank}<!-- -->${blank}` : blank;
        result += text.slice(done, start) + both(text.slice(start, end), part, between);
        done = end;
      });
      return result + text.slice(done);
    });
}

async function written(
  source: Uint8Array,
  translation: Uint8Array,
  join: (text: string, translated: string) => string,
): Promise<Uint8Array> {
  const own = readSourceText(source);
  return Promise.resolve(own.encode(join(own.text, readSourceText(translation).text)));
}

function both(part: string, translated: string, between: string): string {
  return part === translated ? part : part.replace(LAST_LINE_END, '') + between + translated;
}

/** With the line ends of the text. */
const blankLine = (text: string): string => (/\r\n|[\n\r]/.exec(text)?.[0] ?? '\n').repeat(2);

const apart = (): DocumentError =>
  new DocumentError(reason`The paragraphs of source and translation do not match one by one, so there is no bilingual file.`);

/**
 * Markdown (CommonMark with GitHub's tables, tasks, strikethrough, emoji and bare links, and lists of definitions). A translated paragraph is
 * written on one line; nothing else moves. Code, addresses and labels are codes or left alone; pages' front matter gives its title and description.
 */
import type { SyntaxNode, Tree } from '@lezer/common';
import { Emoji, GFM, parser as commonmark } from '@lezer/markdown';
import { decodeHTML } from 'entities';
import { reason } from '../../reasons';
import { DocumentError, type Format, type Left } from '../format';
import { bilingualMarkdown } from './bilingual-text';
import { htmlSpots } from './html';
import { runSpot, type Piece } from './inline-run';
import { readSourceText } from './source-text';
import { spliced, type Spot } from './splice';
import { languageKeys, yamlSpots } from './yaml';

export const markdown: Format = {
  id: 'md',
  name: 'Markdown',
  extensions: ['md', 'markdown', 'mdown', 'mkd'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      const left: Left[] = [];
      const { text } = source;
      const frontMatterEnd = FRONT_MATTER.exec(text)?.[0].length ?? 0;
      resolve(spliced(source, markdownSpots(text, left), left, (languages) => languageKeys(text, 0, frontMatterEnd, languages)));
    }),
  bilingual: bilingualMarkdown((text) => {
    const bodyStart = FRONT_MATTER.exec(text)?.[0].length ?? 0;
    const body = text.slice(bodyStart);
    refuseDeepNesting(body);
    return { bodyStart, nodes: childrenOf(parser.parse(body).topNode) };
  }),
};

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)\r?\n\1[ \t]*(?:\r?\n|$)/;
const FRONT_MATTER_KEYS = /^(?:title|subtitle|description|summary|excerpt)$/i;

const parser = commonmark.configure([GFM, Emoji]);

function markdownSpots(text: string, left: Left[]): Spot[] {
  const spots: Spot[] = [];
  const [frontMatter = '', fence = '', content = ''] = FRONT_MATTER.exec(text) ?? [];
  if (fence === '+++') left.push({ what: reason`front matter`, why: reason`it is TOML, which is not read` });
  if (fence === '---') {
    const start = text.indexOf('\n') + 1;
    spots.push(...frontMatterSpots(text, start, start + content.length, left));
  }
  const offset = frontMatter.length;
  const body = text.slice(offset);
  refuseDeepNesting(body);
  const tree = parser.parse(body);
  const reader = new InlineReader(text, offset, definedLabels(tree, body));
  tree.iterate({
    enter(node) {
      if (node.name === 'HTMLBlock' && node.node.getChild('QuoteMark') === null) {
        spots.push(...htmlSpots(text, offset + node.from, offset + node.to));
      }
      if (node.name === 'LinkReference') spots.push(...reader.titleSpots(node.node));
      if (/^(?:Paragraph|ATXHeading\d|SetextHeading\d|TableCell|Task)$/.test(node.name)) {
        spots.push(...reader.blockSpots(node.node));
        return false;
      }
      return true;
    },
  });
  return spots;
}

function frontMatterSpots(text: string, start: number, end: number, left: Left[]): Spot[] {
  try {
    return yamlSpots(text, start, end).filter(({ block }) => FRONT_MATTER_KEYS.test(block.place.replace(/^key /, '')));
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    left.push({ what: reason`front matter`, why: error.message });
    return [];
  }
}

const DEEPEST = 100;
/** List marks and quote marks at the start of a line, or a list mark behind so much white space: lists in lists. */
const TOO_DEEP = new RegExp(
  String.raw`^(?:(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){${DEEPEST}}|[ \t]{${4 * DEEPEST},}(?:[-+*]|\d{1,9}[.)])[ \t])`,
  'm',
);
/** Characters that begin emphasis or links, in one paragraph: what follows them is looked for over and over. */
const MOST_MARKS = 20_000;
/** Link targets that are not closed: each is read to the end of the paragraph. */
const MOST_OPEN_TARGETS = 500;

function refuseDeepNesting(text: string): void {
  const deep = TOO_DEEP.exec(text);
  if (deep) {
    const line = text.slice(0, deep.index).split('\n').length;
    throw new DocumentError(
      reason`Lists and quotes are nested more than ${DEEPEST} deep (line ${line}). Is it Markdown? Save it as plain text (.txt).`,
    );
  }
  for (const paragraph of text.split(/\n[ \t>]*\r?\n/)) {
    if (
      (paragraph.match(/[[*_~<(]/g)?.length ?? 0) > MOST_MARKS ||
      (paragraph.match(/\]\((?![^()\[]*\))/g)?.length ?? 0) > MOST_OPEN_TARGETS
    ) {
      throw new DocumentError(
        reason`A paragraph has more than ${MOST_MARKS} marks of emphasis and links, or ${MOST_OPEN_TARGETS} links that do not end. Is it Markdown? Save it as plain text (.txt).`,
      );
    }
  }
}

const normalLabel = (label: string): string => label.replaceAll(/\s+/g, ' ').trim().toLowerCase();

function definedLabels(tree: Tree, body: string): ReadonlySet<string> {
  const labels = new Set<string>();
  tree.iterate({
    enter(node) {
      const label = node.name === 'LinkReference' ? node.node.getChild('LinkLabel') : null;
      if (label) labels.add(normalLabel(body.slice(label.from + 1, label.to - 1)));
    },
  });
  return labels;
}

/** Between a term and what it means, on lines of their own. */
const DEFINITION = /[ \t]*\r?\n {0,3}:[ \t]+/g;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const EMOJI = /^:[a-z\d_]*[a-z][a-z\d_]*:$/;
/** Tags of Liquid, Jinja and Nunjucks, which hold what is code. */
const TEMPLATE_TAG = /(\{%[^%\n]*%\})/;
/** `> [!NOTE]` and `[^1]:` at the start of a paragraph. */
const LEAD = /^(?:\[![A-Za-z]+\][+-]?[ \t]*(?:\r?\n[ \t]*(?:>[ \t]*)*|$)|\[\^[^\]\n]+\]:)/;
const LEFT_ALONE_TAG = /^<(code|kbd|samp|var|pre|script|style|svg|math|textarea)\b[^>]*(?<!\/)>$/i;
const DEEPEST_INLINE = 200;

class InlineReader {
  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly labels: ReadonlySet<string>,
  ) {}

  /** The blocks of a paragraph, heading or cell, and those of the images and links in it. */
  blockSpots(node: SyntaxNode): Spot[] {
    const spots: Spot[] = [];
    const inCell = node.name === 'TableCell';
    const raw = this.slice(node.from, node.to);
    const lead = node.name === 'Paragraph' ? (LEAD.exec(raw)?.[0].length ?? 0) : 0;
    const borders =
      node.name === 'Paragraph' ? Array.from(raw.matchAll(DEFINITION), ({ index, 0: mark }) => [index, index + mark.length]) : [];
    const edges = [lead, ...borders.flat(), raw.length];
    for (let at = 0; at < edges.length; at += 2) {
      const pieces = this.pieces(node, node.from + (edges[at] ?? 0), node.from + (edges[at + 1] ?? 0), spots, 0);
      const spot = runSpot(this.text, pieces, '', (written, before) => escapeText(written, before, inCell));
      if (spot) spots.push(spot);
    }
    return spots;
  }

  /** What is shown over a link or picture: `[text](address "title")`. */
  titleSpots(node: SyntaxNode): Spot[] {
    const title = node.getChild('LinkTitle');
    if (!title) return [];
    const { start, end } = this.stretch(title.from + 1, title.to - 1);
    const pieces: Piece[] = [
      { kind: 'text', text: decodeHTML(this.text.slice(start, end).replaceAll(ESCAPED, '$1')).replaceAll(/\s+/g, ' '), start, end },
    ];
    const spot = runSpot(this.text, pieces, reason`link title`, (written) => written.replaceAll(/["'()\\]/g, String.raw`\$&`));
    return spot ? [spot] : [];
  }

  private slice(from: number, to: number): string {
    return this.text.slice(this.offset + from, this.offset + to);
  }

  private pieces(node: SyntaxNode, from: number, to: number, spots: Spot[], depth: number): Piece[] {
    if (depth > DEEPEST_INLINE)
      throw new DocumentError(reason`Emphasis is nested more than ${DEEPEST_INLINE} deep. Is it Markdown? Save it as plain text.`);
    const pieces: Piece[] = [];
    let done = from;
    const text = (end: number): void => {
      if (end <= done) return;
      for (const [at, part] of this.slice(done, end).split(TEMPLATE_TAG).entries()) {
        const range = this.stretch(done, done + part.length);
        // A line's indentation and quote marks are no text; a line break is a space.
        if (at % 2 === 1) pieces.push({ kind: 'alone', spoken: true, ...range });
        else if (part !== '') pieces.push({ kind: 'text', text: part.replaceAll(/[ \t]*\r?[\n\r][ \t]*/g, ' '), ...range });
        done += part.length;
      }
    };
    const alone = (child: SyntaxNode, spoken: boolean): void => {
      pieces.push({ kind: 'alone', spoken, ...this.stretch(child.from, child.to) });
    };
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.from < from) continue;
      if (child.to > to) break;
      if (child.from < done) continue;
      if (child.name === 'Emoji' && !this.isEmoji(child)) continue;
      text(child.from);
      done = child.to;
      switch (child.name) {
        case 'QuoteMark':
          done += /^[ \t]*/.exec(this.slice(child.to, to))?.[0].length ?? 0;
          break;
        case 'HeaderMark':
        case 'TaskMarker':
          break;
        case 'Escape':
          pieces.push({ kind: 'text', text: this.slice(child.from + 1, child.to), ...this.stretch(child.from, child.to) });
          break;
        case 'Entity':
          pieces.push({ kind: 'text', text: decodeHTML(this.slice(child.from, child.to)), ...this.stretch(child.from, child.to) });
          break;
        case 'HardBreak':
          done += /^[ \t]*(?:>[ \t]*)*/.exec(this.slice(child.to, to))?.[0].length ?? 0;
          pieces.push({ kind: 'alone', spoken: false, ...this.stretch(child.from, done) });
          break;
        case 'Emphasis':
        case 'StrongEmphasis':
        case 'Strikethrough':
          pieces.push(...this.paired(child, spots, depth));
          break;
        case 'Link':
          pieces.push(...this.link(child, spots, depth));
          break;
        case 'Image':
          spots.push(...this.alternative(child, spots, depth), ...this.titleSpots(child));
          alone(child, false);
          break;
        case 'HTMLTag': {
          const end = this.endOfLeftAlone(child);
          if (end === null) pieces.push(this.tag(child));
          else {
            pieces.push({ kind: 'alone', spoken: true, ...this.stretch(child.from, end) });
            done = end;
          }
          break;
        }
        default:
          alone(child, !/^(?:Comment|ProcessingInstruction)$/.test(child.name));
      }
    }
    text(to);
    return pieces;
  }

  /** `:smile:`, and not the minutes of 12:30:45. */
  private isEmoji({ from, to }: SyntaxNode): boolean {
    return EMOJI.test(this.slice(from, to)) && /^$|[\s()*_~>|]/.test(this.slice(Math.max(0, from - 1), from));
  }

  private stretch(from: number, to: number): { start: number; end: number } {
    return { start: this.offset + from, end: this.offset + to };
  }

  private paired(node: SyntaxNode, spots: Spot[], depth: number): Piece[] {
    const first = node.firstChild;
    const last = node.lastChild;
    if (!first || !last || first.to > last.from) return [{ kind: 'alone', spoken: true, ...this.stretch(node.from, node.to) }];
    const name = `${node.name} ${node.from}`;
    return [
      { kind: 'open', name, ...this.stretch(first.from, first.to) },
      ...this.pieces(node, first.to, last.from, spots, depth + 1),
      { kind: 'close', name, ...this.stretch(last.from, last.to) },
    ];
  }

  private link(node: SyntaxNode, spots: Spot[], depth: number): Piece[] {
    spots.push(...this.titleSpots(node));
    const marks = node.getChildren('LinkMark');
    const [opening, closing] = marks;
    if (!opening || !closing) return [{ kind: 'alone', spoken: true, ...this.stretch(node.from, node.to) }];
    const label = this.slice(opening.to, closing.from);
    const isReference = this.isReference(node);
    if (isReference && label.startsWith('^')) return [{ kind: 'alone', spoken: false, ...this.stretch(node.from, node.to) }];
    if (isReference && !this.labels.has(normalLabel(label))) {
      // Brackets that no definition makes a link.
      return [
        { kind: 'text', text: '[', ...this.stretch(opening.from, opening.to) },
        ...this.pieces(node, opening.to, closing.from, spots, depth + 1),
        { kind: 'text', text: this.slice(closing.from, node.to), ...this.stretch(closing.from, node.to) },
      ];
    }
    const name = `${node.name} ${node.from}`;
    return [
      { kind: 'open', name, ...this.stretch(opening.from, opening.to) },
      ...this.pieces(node, opening.to, closing.from, spots, depth + 1),
      // The label of `[label]` and `[label][]` is its text: once translated, the label must be said.
      { kind: 'close', name, ...this.stretch(closing.from, node.to), ...(isReference ? { written: `][${label}]` } : {}) },
    ];
  }

  /** `[label]` or `[label][]`. */
  private isReference(node: SyntaxNode): boolean {
    const label = node.getChild('LinkLabel');
    return node.getChild('URL') === null && node.getChildren('LinkMark').length < 3 && (label === null || label.to - label.from <= 2);
  }

  private alternative(node: SyntaxNode, spots: Spot[], depth: number): Spot[] {
    const [opening, closing] = node.getChildren('LinkMark');
    if (!opening || !closing) return [];
    const label = this.slice(opening.to, closing.from);
    if (this.isReference(node) && !this.labels.has(normalLabel(label))) return [];
    const spot = runSpot(
      this.text,
      this.pieces(node, opening.to, closing.from, spots, depth + 1),
      reason`image description`,
      (written, before) => escapeText(written, before, false),
    );
    if (!spot) return [];
    if (!this.isReference(node)) return [spot];
    const { start, end } = this.stretch(opening.to, node.to);
    return [
      {
        ...spot,
        start,
        end,
        replace: (translation, slice) => spot.replace(translation, slice).map(({ text }) => ({ start, end, text: `${text}][${label}]` })),
      },
    ];
  }

  private tag(node: SyntaxNode): Piece {
    const [, slash = '', name = ''] = /^<(\/?)([A-Za-z][\w-]*)/.exec(this.slice(node.from, node.to)) ?? [];
    const range = this.stretch(node.from, node.to);
    if (name === '' || /^(?:br|img|hr|wbr|input)$/i.test(name) || this.slice(node.to - 2, node.to) === '/>') {
      return { kind: 'alone', spoken: false, ...range };
    }
    return { kind: slash === '' ? 'open' : 'close', name: `<${name.toLowerCase()}>`, ...range };
  }

  /** Where the element ends that begins with this tag, if its content is not for a translator. */
  private endOfLeftAlone(node: SyntaxNode): number | null {
    const name = LEFT_ALONE_TAG.exec(this.slice(node.from, node.to))?.[1]?.toLowerCase();
    if (name === undefined) return null;
    for (let next = node.nextSibling; next; next = next.nextSibling) {
      if (next.name === 'HTMLTag' && this.slice(next.from, next.to).toLowerCase().startsWith(`</${name}`)) return next.to;
    }
    return null;
  }
}

/** So that the text is read as text: `before` is what stands before it in the block. */
export function escapeText(written: string, before: string, inCell: boolean): string {
  let text = written
    .replaceAll(/\s*[\n\r]\s*/g, ' ')
    .replaceAll(/[\\`*[\]]/g, String.raw`\$&`)
    .replaceAll(/<(?=[A-Za-z/!?]|$)/g, String.raw`\<`)
    .replaceAll(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/~(?=~)|(?<=~)~/g, String.raw`\~`);
  if (inCell) text = text.replaceAll('|', String.raw`\|`);
  const atLineStart = before === '' || /[\n\r][ \t>]*$/.test(before);
  return atLineStart ? text.trimStart().replace(/^(?:[#>+=~-]|(?<number>\d{1,9})(?=[.)](?:\s|$)))/, escapeLineStart) : text;
}

const escapeLineStart = (mark: string): string => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`);

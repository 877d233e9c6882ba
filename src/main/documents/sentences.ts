/**
 * A block cut into gaps, kept as they are, and sentences, translated one by one. The parts joined give the block. Codes belong to the
 * sentence in which they stand; those between sentences, and pairs around whole sentences, stay in the gaps.
 */
import { createHash } from 'node:crypto';
import type { CodePair } from '../../shared/check-codes';
import type { Segment } from '../../shared/inference/sentences';
import { tidyInlines, type Inline, type Inlines } from '../../shared/inlines';
import { segment } from '../../shared/segment';
import type { Block } from './format';

export type BlockPart = { readonly kind: 'gap'; readonly inlines: Inlines } | ({ readonly kind: 'sentence' } & Sentence);

/** Equal sentences have equal segments wherever they stand: their codes are counted from 0. */
export interface Sentence {
  readonly segment: Segment;
  /** Number in the block by number in the segment. */
  readonly codes: readonly number[];
}

export function partsOf(block: Block): BlockPart[] {
  const { text, codes } = laidOut(block);
  const cuts: Cut[] = [];
  let end = 0;
  for (const piece of segment(text)) {
    const start = end;
    end += piece.text.length;
    if (piece.kind === 'sentence') cuts.push(...sentenceCuts(codes, withoutEdgeCodes(text, codes, start, end)));
  }
  // Every other stretch is a sentence, the first is a gap.
  return stretches(block, cuts).flatMap((inlines, at): BlockPart[] => {
    if (at % 2 === 1) return [{ kind: 'sentence', ...sentenceOf(inlines, block) }];
    return inlines.length === 0 ? [] : [{ kind: 'gap', inlines }];
  });
}

/** The block with translations of its sentences, in order; no two strings next to each other. */
export function joinParts(parts: readonly BlockPart[], translations: readonly Inlines[]): Inlines {
  let sentence = 0;
  return tidyInlines(parts.flatMap((part) => (part.kind === 'gap' ? part.inlines : inBlock(part, translations[sentence++]))));
}

/** Names what a segment says and holds: equal segments have equal keys. */
export function segmentKey({ inlines, pairs }: Segment): string {
  return createHash('sha256')
    .update(JSON.stringify([inlines, pairs]))
    .digest('base64url')
    .slice(0, 22);
}

/** Stands in the text for a code that is alone: it may be a word (a variable), so it has a place. Other codes have no width. */
const PLACEHOLDER = '\ufffc';

interface LaidOutCode {
  /** Offset in the text, in UTF-16 code units. */
  readonly at: number;
  readonly kind: 'open' | 'close' | 'alone';
  /** Offset of the other code of the pair. */
  readonly partnerAt: number | null;
}

/** The text that is cut into sentences, and where the codes are in it, in order. */
function laidOut({ inlines, codes }: Block): { text: string; codes: LaidOutCode[] } {
  let text = '';
  const at = new Map<number, number>();
  for (const inline of inlines) {
    if (typeof inline === 'string') {
      text += inline;
      continue;
    }
    at.set(inline.code, text.length);
    if (codes[inline.code]?.kind === 'alone') text += PLACEHOLDER;
  }
  const laid = [...at].map(([number, offset]): LaidOutCode => {
    const code = codes[number] ?? { kind: 'alone' };
    const partner = code.kind === 'open' ? code.close : code.kind === 'close' ? code.open : null;
    return { at: offset, kind: code.kind, partnerAt: partner === null ? null : (at.get(partner) ?? null) };
  });
  return { text, codes: laid };
}

/** Between the first `code` codes and the rest, `offset` code units into the text. */
interface Cut {
  readonly offset: number;
  readonly code: number;
}

const WORD_CHARACTER = /[\p{L}\p{N}]/u;

/** Codes alone at the edges of a sentence stay outside (line breaks, footnote marks), unless they stand where a word would. */
function withoutEdgeCodes(text: string, codes: readonly LaidOutCode[], start: number, end: number): [start: number, end: number] {
  const alone = new Set(codes.filter(({ kind }) => kind === 'alone').map(({ at }) => at));
  let first = start;
  while (alone.has(first)) first++;
  let last = end;
  while (alone.has(last - 1)) last--;
  const isWordInFront = isSpace(text[start - 1]) && !WORD_CHARACTER.test(text[first] ?? '');
  const isWordBehind = isSpace(text[last - 1]) && isSpace(text[end]);
  const from = isWordInFront ? start : first;
  const to = isWordBehind ? end : last;
  const inside = text.slice(from, to);
  return [to - inside.trimStart().length, from + inside.trimEnd().length];
}

const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

/** Pairs that begin or end strictly inside the sentence are the sentence's, also at its edges. */
function sentenceCuts(codes: readonly LaidOutCode[], [start, end]: [start: number, end: number]): [Cut, Cut] {
  const isInside = (offset: number | null) => offset !== null && offset > start && offset < end;
  const first = codes.findIndex(
    ({ at, kind, partnerAt }) => at > start || (at === start && (kind === 'alone' || (kind === 'open' && isInside(partnerAt)))),
  );
  const last = codes.findLastIndex(({ at, kind, partnerAt }) => at < end || (at === end && kind === 'close' && isInside(partnerAt)));
  const from = first < 0 ? codes.length : first;
  return [
    { offset: start, code: from },
    { offset: end, code: Math.max(from, last + 1) },
  ];
}

/** What lies before, between and behind the cuts: one stretch more than there are cuts. */
function stretches({ inlines, codes }: Block, cuts: readonly Cut[]): Inlines[] {
  const found: Inline[][] = [[]];
  let offset = 0;
  let code = 0;
  const reached = (end: number): Cut | null => {
    const cut = cuts[found.length - 1];
    return cut && cut.code <= code && cut.offset <= end ? cut : null;
  };
  const push = (inline: Inline) => {
    if (inline !== '') found.at(-1)?.push(inline);
  };
  for (const inline of inlines) {
    if (typeof inline === 'string') {
      let done = 0;
      for (let cut = reached(offset + inline.length); cut; cut = reached(offset + inline.length)) {
        push(inline.slice(done, cut.offset - offset));
        done = cut.offset - offset;
        found.push([]);
      }
      push(inline.slice(done));
      offset += inline.length;
    } else {
      while (reached(offset)) found.push([]);
      push(inline);
      code++;
      if (codes[inline.code]?.kind === 'alone') offset += PLACEHOLDER.length;
    }
  }
  while (reached(offset)) found.push([]);
  return found;
}

function sentenceOf(inlines: Inlines, block: Block): Sentence {
  const codes = inlines.flatMap((inline) => (typeof inline === 'string' ? [] : [inline.code]));
  const numbers = new Map(codes.map((code, number) => [code, number]));
  // A pair whose other code is in another sentence gets a number that no code of this one has.
  const numberOf = (code: number): number => {
    const known = numbers.get(code);
    if (known !== undefined) return known;
    numbers.set(code, numbers.size);
    return numbers.size - 1;
  };
  const pairs: CodePair[] = [];
  for (const code of codes) {
    const found = block.codes[code];
    if (found?.kind === 'open') pairs.push([numberOf(code), numberOf(found.close)]);
    if (found?.kind === 'close' && !codes.includes(found.open)) pairs.push([numberOf(found.open), numberOf(code)]);
  }
  const own = inlines.map((inline) => (typeof inline === 'string' ? inline : { code: numberOf(inline.code) }));
  return { segment: { inlines: own, pairs }, codes };
}

function inBlock({ segment: { inlines }, codes }: Sentence, translation: Inlines = inlines): Inlines {
  return translation.map((inline) => (typeof inline === 'string' ? inline : { code: codes[inline.code] ?? -1 }));
}

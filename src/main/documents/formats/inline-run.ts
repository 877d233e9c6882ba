/** Text and tags between two borders of a marked-up text, made into one block: tags become codes, edges that are no text stay outside. */
import type { Inline, Inlines } from '../../../shared/inlines';
import type { Block, Code } from '../format';
import { hasLetter, type Slice, type Spot } from './splice';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the source, in order; stretches may leave gaps, which a translated block drops. */
export type Piece =
  | (Stretch & { readonly kind: 'text'; /** What a reader sees. */ readonly text: string })
  | (Stretch & { readonly kind: 'open' | 'close'; /** Pairs have equal names. */ readonly name: string; readonly written?: string })
  /** `spoken` codes stand for words of the sentence (a variable, inline code); others are left outside at the edges. */
  | (Stretch & { readonly kind: 'alone'; readonly spoken: boolean });

/** A piece with its place among the codes settled. */
type Part = Exclude<Piece, { kind: 'open' | 'close' }> | (Stretch & { kind: 'open' | 'close'; partner: Part | null; written?: string });

/** Writes text so that the format reads it as such; `before` is what the block has so far, codes included. */
export type WriteText = (text: string, before: string) => string;

/** Null where nothing is left to translate. */
export function runSpot(source: string, pieces: readonly Piece[], place: string, write: WriteText): Spot | null {
  const parts = trimmed(source, withoutEmptyPairs(paired(pieces)));
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last || !parts.some((part) => part.kind === 'text' && hasLetter(part.text))) return null;
  const coded = parts.filter((part) => part.kind !== 'text');
  const numbers = new Map<Part, number>(coded.map((part, number) => [part, number]));
  const partnerOf = (partner: Part | null): number => (partner && numbers.get(partner)) ?? -1;
  const codes = coded.map((part): Code => {
    if (part.kind === 'open') return { kind: 'open', close: partnerOf(part.partner) };
    return part.kind === 'close' ? { kind: 'close', open: partnerOf(part.partner) } : { kind: 'alone' };
  });
  const inlines: Inline[] = [];
  for (const part of parts) {
    const before = inlines.at(-1);
    if (part.kind !== 'text') inlines.push({ code: numbers.get(part) ?? -1 });
    else if (typeof before === 'string') inlines[inlines.length - 1] = before + part.text;
    else if (part.text !== '') inlines.push(part.text);
  }
  const block: Block = { inlines, codes, place };
  const { start } = first;
  const { end } = last;
  const replace = (translation: Inlines, slice: Slice): [{ start: number; end: number; text: string }] => {
    let text = '';
    for (const inline of translation) {
      if (typeof inline === 'string') {
        text += write(inline, text);
        continue;
      }
      const part = coded[inline.code];
      if (part) text += ('written' in part ? part.written : undefined) ?? slice(part.start, part.end);
    }
    return [{ start, end, text }];
  };
  return { block, start, end, replace };
}

/** Opens and closes that do not nest stand alone. */
function paired(pieces: readonly Piece[]): Part[] {
  const open: { name: string; at: number }[] = [];
  const parts: Part[] = [];
  const unpaired = ({ start, end }: Stretch): Part => ({ kind: 'alone', spoken: false, start, end });
  for (const piece of pieces) {
    if (piece.kind === 'text' || piece.kind === 'alone') {
      parts.push(piece);
      continue;
    }
    const written = piece.written === undefined ? {} : { written: piece.written };
    const part: Part = { kind: piece.kind, partner: null, start: piece.start, end: piece.end, ...written };
    if (piece.kind === 'open') {
      open.push({ name: piece.name, at: parts.length });
      parts.push(part);
      continue;
    }
    const match = open.findLastIndex(({ name }) => name === piece.name);
    const at = open[match]?.at;
    const opening = at === undefined ? undefined : parts[at];
    if (opening?.kind === 'open') {
      open.length = match;
      opening.partner = part;
      part.partner = opening;
      parts.push(part);
    } else {
      parts.push(unpaired(piece));
    }
  }
  return parts.map((part) => (part.kind === 'open' && part.partner === null ? unpaired(part) : part));
}

/** A pair around nothing is one code. */
function withoutEmptyPairs(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    const before = kept.at(-1);
    if (part.kind === 'close' && before && before === part.partner) {
      kept[kept.length - 1] = { kind: 'alone', spoken: false, start: before.start, end: part.end };
    } else {
      kept.push(part);
    }
  }
  return kept;
}

const SPACE_BEFORE = /^[ \t\r\n\f]+/;
const SPACE_AFTER = /[ \t\r\n\f]+$/;

function trimmed(source: string, parts: readonly Part[]): Part[] {
  let from = 0;
  let to = parts.length;
  const pairs = new Map(parts.map((part, at) => [part, at]));
  const cut = new Map<number, Part>();
  const at = (index: number): Part | undefined => cut.get(index) ?? parts[index];
  for (;;) {
    const first = at(from);
    const last = at(to - 1);
    if (!first || !last || from >= to) return [];
    if (first.kind === 'text') {
      const rest = first.text.replace(SPACE_BEFORE, '');
      if (rest === '') from++;
      else if (rest !== first.text) {
        const space = SPACE_BEFORE.exec(source.slice(first.start, first.end))?.[0].length ?? 0;
        cut.set(from, { ...first, text: rest, start: first.start + space });
      } else if (!trimEnd()) break;
    } else if (first.kind === 'alone' && !first.spoken) {
      from++;
    } else if (first.kind === 'open' && first.partner && pairs.get(first.partner) === to - 1) {
      from++;
      to--;
    } else if (!trimEnd()) break;
  }
  return parts.slice(from, to).map((part, index) => cut.get(from + index) ?? part);

  function trimEnd(): boolean {
    const last = at(to - 1);
    if (last?.kind === 'alone' && !last.spoken) to--;
    else if (last?.kind === 'text') {
      const rest = last.text.replace(SPACE_AFTER, '');
      if (rest === last.text) return false;
      if (rest === '') to--;
      else {
        const space = SPACE_AFTER.exec(source.slice(last.start, last.end))?.[0].length ?? 0;
        cut.set(to - 1, { ...last, text: rest, end: last.end - space });
      }
    } else return false;
    return true;
  }
}

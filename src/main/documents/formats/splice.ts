/**
 * A document as its text with ranges replaced: what no block names cannot change, so a document that is written without translations is the
 * one that was read. Offsets are UTF-16 code units.
 */
import { sameInlines, type Inlines } from '../../../shared/inlines';
import { checkTranslation, type Block, type Left, type OpenDocument } from '../format';
import type { Languages } from '../language-names';
import type { SourceText } from './source-text';

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A block and where it stands. One spot may lie inside a code of another (an image's description inside a paragraph), never across it. */
export interface Spot {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
  /** `slice` gives a range of the source, such as a code's, with the blocks inside it already translated. */
  replace(translation: Inlines, slice: Slice): Replacement[];
}

export type Slice = (start: number, end: number) => string;

const LETTER = /\p{L}/u;

/** Whether a text is for a translator at all. */
export const hasLetter = (text: string): boolean => LETTER.test(text);

/** Blocks are listed in the order of their starts. `naming`: what changes where the file names the language of its text. */
export function spliced(
  source: SourceText,
  spots: readonly Spot[],
  left: readonly Left[] = [],
  naming: (languages: Languages) => readonly Replacement[] = () => [],
): OpenDocument {
  const ordered = spots.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return {
    blocks: ordered.map(({ block }) => block),
    left,
    write: (translations, languages) =>
      new Promise((resolve) => {
        const changed = changedSpots(ordered, translations);
        const names = languages && changed.length > 0 ? naming(languages) : [];
        resolve(source.encode(apply(source.text, 0, source.text.length, replacements(source.text, changed, names))));
      }),
  };
}

interface ChangedSpot {
  readonly spot: Spot;
  readonly translation: Inlines;
}

/** Inner ones first, so that the outer ones slice what is translated already. */
function changedSpots(spots: readonly Spot[], translations: ReadonlyMap<number, Inlines>): ChangedSpot[] {
  const changed = spots.flatMap((spot, number) => {
    const translation = translations.get(number);
    if (!translation) return [];
    checkTranslation(spot.block, number, translation);
    return sameInlines(translation, spot.block.inlines) ? [] : [{ spot, translation }];
  });
  return changed.sort((a, b) => a.spot.end - a.spot.start - (b.spot.end - b.spot.start));
}

/** `names` are in place wherever a code holds them. */
function replacements(text: string, changed: readonly ChangedSpot[], names: readonly Replacement[]): Replacement[] {
  const all: Replacement[] = [];
  const inner = new Map<number, Replacement[]>();
  const add = (replacement: Replacement): void => {
    all.push(replacement);
    const there = inner.get(replacement.start);
    if (there) there.push(replacement);
    else inner.set(replacement.start, [replacement]);
  };
  const slice: Slice = (start, end) => {
    const inside: Replacement[] = [];
    for (let at = start; at < end; at++) inside.push(...(inner.get(at) ?? []).filter((replacement) => replacement.end <= end));
    return apply(text, start, end, inside);
  };
  names.forEach(add);
  for (const { spot, translation } of changed) spot.replace(translation, slice).forEach(add);
  return all;
}

/** Of nested replacements the outermost counts; two spots of one entry may ask for the same one. */
function apply(text: string, start: number, end: number, unordered: readonly Replacement[]): string {
  let done = start;
  let result = '';
  let last: Replacement | undefined;
  for (const replacement of unordered.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const again = last?.start === replacement.start && last.end === replacement.end && last.text === replacement.text;
    if (replacement.start < done || again) continue;
    result += text.slice(done, replacement.start) + replacement.text;
    done = replacement.end;
    last = replacement;
  }
  return result + text.slice(done, end);
}

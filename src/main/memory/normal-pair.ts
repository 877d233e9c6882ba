/** One form for a sentence and its translation, whatever document they come from: codes counted from 0 in the order of the source. Pure. */
import { codesProblem, type CodePair } from '../../shared/check-codes';
import { codesOf, textOf, tidyInlines, type Inlines } from '../../shared/inlines';
import { segmentKey } from '../documents/sentences';

export interface NormalPair {
  readonly source: Inlines;
  readonly translation: Inlines;
  readonly pairs: readonly CodePair[];
}

/** Codes that the translation does not hold as it must are left out of both. */
export function normalPair({ source, translation, pairs }: NormalPair): NormalPair {
  const codes = codesOf(source);
  if (codesProblem(source, source, pairs) !== null || codesProblem(source, translation, pairs) !== null) {
    return { source: bare(source), translation: bare(translation), pairs: [] };
  }
  const numbers = new Map(codes.map((code, number) => [code, number]));
  // A partner that is in another sentence gets a number that no code of this one has.
  const numberOf = (code: number): number => {
    const known = numbers.get(code);
    if (known !== undefined) return known;
    numbers.set(code, numbers.size);
    return numbers.size - 1;
  };
  const own = new Set(codes);
  const kept = pairs.filter((pair) => pair.some((code) => own.has(code)));
  kept.sort((a, b) => firstPlace(a, codes) - firstPlace(b, codes));
  const numbered = (inlines: Inlines): Inlines =>
    tidyInlines(
      inlines.map((inline) => (typeof inline === 'string' ? inline.normalize('NFC') : { code: numbers.get(inline.code) ?? inline.code })),
    );
  return {
    source: numbered(source),
    translation: numbered(translation),
    pairs: kept.map(([open, close]) => [numberOf(open), numberOf(close)] as const),
  };
}

/** Equal for equal sentences. */
export function sourceKey({ source, pairs }: Pick<NormalPair, 'source' | 'pairs'>): string {
  const { source: inlines, pairs: own } = normalPair({ source, translation: source, pairs });
  return segmentKey({ inlines, pairs: [...own] });
}

const firstPlace = (pair: CodePair, codes: readonly number[]): number =>
  Math.min(...pair.map((code) => codes.indexOf(code)).filter((place) => place >= 0));

const bare = (inlines: Inlines): Inlines => tidyInlines([textOf(inlines).normalize('NFC')]);

/**
 * A segment's inline codes as a person edits them: markers in plain text, `Press ⟦1⟧Enter⟦2⟧`. Markers count the segment's own codes from
 * 1, in the order of its source. A `⟦` that is text is written twice. Pure.
 */
import { codesProblem, type CodePair } from '../../shared/check-codes';
import { codesOf, textOf, type Inlines } from '../../shared/inlines';

/** Code → the number of its marker. */
export type MarkerNumbers = ReadonlyMap<number, number>;

export function numberMarkers(source: Inlines): MarkerNumbers {
  return new Map(codesOf(source).map((code, place) => [code, place + 1]));
}

export const markerText = (number: number): string => `⟦${number}⟧`;

/** `translation` holds codes of the numbered source only. */
export function toMarked(translation: Inlines, numbers: MarkerNumbers): string {
  return translation
    .map((inline) => (typeof inline === 'string' ? inline.replaceAll('⟦', '⟦⟦') : markerText(numbers.get(inline.code) ?? 0)))
    .join('');
}

/** Why a text cannot be the translation; `markers` are those it is about. */
export type MarkerProblem =
  | { kind: 'unknown' | 'twice' | 'missing'; markers: readonly number[] }
  /** Pairs no longer enclose each other as they did. */
  | { kind: 'crossed' }
  /** The source is one line. */
  | { kind: 'line-break' };

export type ReadMarked = { kind: 'ok'; inlines: Inlines } | { kind: 'wrong'; problem: MarkerProblem };

export function readMarked(marked: string, source: Inlines, pairs: readonly CodePair[]): ReadMarked {
  const parts = partsOf(marked);
  const codes = codesOf(source);
  const found = parts.filter((part) => typeof part === 'number');
  const wrong = (problem: MarkerProblem): ReadMarked => ({ kind: 'wrong', problem });

  const unknown = found.filter((number) => number < 1 || number > codes.length);
  if (unknown.length > 0) return wrong({ kind: 'unknown', markers: [...new Set(unknown)] });
  const twice = found.filter((number, place) => found.indexOf(number) !== place);
  if (twice.length > 0) return wrong({ kind: 'twice', markers: [...new Set(twice)] });
  const missing = codes.map((_code, place) => place + 1).filter((number) => !found.includes(number));
  if (missing.length > 0) return wrong({ kind: 'missing', markers: missing });

  const inlines = parts.map((part) => (typeof part === 'string' ? part : { code: codes[part - 1] ?? 0 }));
  if (codesProblem(source, inlines, pairs) !== null) return wrong({ kind: 'crossed' });
  if (/[\r\n]/.test(textOf(inlines)) && !/[\r\n]/.test(textOf(source))) return wrong({ kind: 'line-break' });
  return { kind: 'ok', inlines };
}

const MARKER = /⟦⟦|⟦(\d{1,6})⟧/g;

/** Text and marker numbers in turn; no empty text, no two texts next to each other. */
function partsOf(marked: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let text = '';
  let done = 0;
  for (const match of marked.matchAll(MARKER)) {
    text += marked.slice(done, match.index);
    done = match.index + match[0].length;
    if (match[1] === undefined) {
      text += '⟦';
      continue;
    }
    if (text !== '') parts.push(text);
    text = '';
    parts.push(Number(match[1]));
  }
  text += marked.slice(done);
  return text === '' ? parts : [...parts, text];
}

/** Marks in front of a list's items: bullets, numbers, letters. Pure. */

export type ListMark =
  | { readonly kind: 'bullet' }
  | { readonly kind: 'number'; readonly style: NumberStyle; readonly value: number; readonly before: string; readonly after: string };
export type NumberStyle = 'decimal' | 'letter' | 'roman';

const BULLET = /^[•‣◦⁃∙●○■□▪▫◆◇►▸➢➤✓✔✦❖·–—*−-]$/u;
/** These are also dashes and stars: bullets only with a gap behind them. */
const NEEDS_GAP = /^[–—*−·-]$/;
const NUMBER = /^(\(?)(?:(\d{1,3})|([a-h])|(i{1,3}|iv|vi{0,3}|ix|x))([.)])$/;

/** `hasGap`: the mark stands apart from what follows it. */
export function listMark(text: string, hasGap: boolean): ListMark | null {
  const mark = text.trim();
  if (BULLET.test(mark)) return NEEDS_GAP.test(mark) && !hasGap ? null : { kind: 'bullet' };
  const [, before = '', decimal, letter, roman, after = ''] = NUMBER.exec(mark) ?? [];
  if (after === '' || (before === '(' && after !== ')')) return null;
  if (decimal !== undefined) return { kind: 'number', style: 'decimal', value: Number(decimal), before, after };
  // “a.” begins sentences and names; “a)” does not.
  if (after === '.' && !hasGap) return null;
  if (letter !== undefined) return { kind: 'number', style: 'letter', value: letter.charCodeAt(0) - 96, before, after };
  return roman === undefined ? null : { kind: 'number', style: 'roman', value: ROMAN.indexOf(roman) + 1, before, after };
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];

export const sameList = (a: ListMark, b: ListMark): boolean =>
  a.kind === 'bullet' || b.kind === 'bullet' ? a.kind === b.kind : a.style === b.style && a.before === b.before && a.after === b.after;

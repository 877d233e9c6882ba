/** The first letter and the last mark of a translation, as the source has them. Pure. */

/** A letter, behind nothing but marks, and the rest of its word. */
const FIRST_WORD = /^([^\p{L}\p{N}\ufffc]*)(\p{L}[\p{L}\p{M}\p{N}-]*)/u;
const LAST_MARK = /([.:!?])["“”»)\]\s]*$/;
const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;

/** A translation that begins small begins with a capital where the source does. */
export function withCapital(source: string, target: string, language: string): string {
  const [, before = '', word = ''] = FIRST_WORD.exec(target) ?? [];
  const isWanted = /^\p{Lu}/u.test(FIRST_WORD.exec(source)?.[2] ?? '');
  // A word of the source's own ("npm"), and one with a capital inside ("iPhone"), is written as it is.
  if (!isWanted || !/^\p{Ll}+(?:-|$)/u.test(word) || source.includes(word)) return target;
  const [letter = ''] = word;
  return before + letter.toLocaleUpperCase(language) + target.slice(before.length + letter.length);
}

/** A translation that ends in a word ends with the mark of the source. */
export function withMark(source: string, target: string, language: string): string {
  const mark = LAST_MARK.exec(source)?.[1];
  if (mark === undefined || !ENDS_IN_WORD.test(target)) return target;
  return target + (language === 'fr' && mark !== '.' ? '\u00a0' : '') + mark;
}

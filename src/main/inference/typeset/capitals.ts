/**
 * Texts in capitals throughout: "TABLE OF CONTENTS". A model that learned from ordinary text reads them as a string of unknown names, so it gets
 * them in small letters and its answer is put into capitals. Pure.
 */
import { textOf, type Inlines } from '../../../shared/inlines';

/** Shorter words alone are names: "NATO", "HTTP". In letters. */
const LONGEST_NAME = 4;

export function isInCapitals(inlines: Inlines): boolean {
  const text = textOf(inlines);
  const words = text.match(/\p{L}+/gu) ?? [];
  const longest = Math.max(0, ...words.map(({ length }) => length));
  return !/\p{Ll}/u.test(text) && (longest > LONGEST_NAME || (words.length > 1 && longest === LONGEST_NAME));
}

/** As in a sentence: the first letter and "I" large. */
export function inSmallLetters(inlines: Inlines): Inlines {
  let isFirst = true;
  return mapText(inlines, (text) =>
    text.replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
      const kept = isFirst ? 1 : word === 'I' ? word.length : 0;
      isFirst = false;
      return word.slice(0, kept) + word.slice(kept).toLowerCase();
    }),
  );
}

export const inCapitals = (inlines: Inlines, language: string): Inlines => mapText(inlines, (text) => text.toLocaleUpperCase(language));

const mapText = (inlines: Inlines, change: (text: string) => string): Inlines =>
  inlines.map((inline) => (typeof inline === 'string' ? change(inline) : inline));

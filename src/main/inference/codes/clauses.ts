/** Text with inline codes cut into clauses, taken without its codes, and joined again. Pure. */
import { textOf, type Inline, type Inlines } from '../../../shared/inlines';
import type { CodeKinds } from './code-kinds';

export const hasLetters = (inlines: Inlines) => /\p{Script=Latin}/u.test(textOf(inlines));

/** Cut at codes where the text before them ends a clause; only where each part has something to translate. */
export function clausesOf(source: Inlines): Inlines[] {
  const clauses: Inlines[] = [];
  let start = 0;
  source.forEach((inline, index) => {
    const before = source[index - 1];
    if (typeof inline === 'string' || typeof before !== 'string' || !/[.!?:;…–—]\s*$/.test(before)) return;
    const clause = source.slice(start, index);
    if (!hasLetters(clause) || !hasLetters(source.slice(index))) return;
    clauses.push(clause);
    start = index;
  });
  return [...clauses, source.slice(start)];
}

/** The text alone; words that only a code kept apart, a line break perhaps, stay apart. */
export function textWithoutCodes(source: Inlines, kinds: CodeKinds): string {
  let text = '';
  let isApart = false;
  for (const inline of source) {
    if (typeof inline !== 'string') isApart ||= kinds.of(inline.code) === 'alone';
    else {
      text += isApart && /[^\s(]$/.test(text) && /^[\p{L}\p{N}]/u.test(inline) ? ` ${inline}` : inline;
      isApart = false;
    }
  }
  return text;
}

export function joined(parts: readonly Inlines[]): Inlines {
  const all: Inline[] = [];
  for (const inline of parts.flat()) {
    const last = all.at(-1);
    if (typeof inline === 'string' && typeof last === 'string') all[all.length - 1] = last + inline;
    else all.push(inline);
  }
  return all;
}

/** How much two sentences are the same: edit distance over words, marks and codes. Pure. */
import type { Inlines } from '../../shared/inlines';

/** Stands for any code. */
const CODE = '\ufffc';
const TOKEN = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

/** Words in small letters, marks, codes. */
export function tokensOf(inlines: Inlines): string[] {
  return inlines.flatMap((inline) => (typeof inline === 'string' ? (inline.toLowerCase().match(TOKEN) ?? []) : [CODE]));
}

export const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);

/** From 0 to 1: the share of the longer one's tokens that need no edit. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}

/** Tokens to put in, take out or replace. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, token] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] ?? 0) + (token === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

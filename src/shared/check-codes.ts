/** Does a translation hold the inline codes of its source, each once, and the pairs among them nested? Pure. */
import { codesOf, type Inlines } from './inlines';

/** Numbers of a code that opens and the one that closes it. */
export type CodePair = readonly [open: number, close: number];

/**
 * What is wrong with the codes of `target`, or null. A pair of which one code is missing in the source began before the sentence or
 * ends after it. With `target` the source itself, whether the source is well formed.
 */
export function codesProblem(source: Inlines, target: Inlines, pairs: readonly CodePair[]): string | null {
  const expected = codesOf(source);
  const got = codesOf(target);
  const held = new Set(got);
  const isSame = held.size === got.length && got.length === expected.length && expected.every((code) => held.has(code));
  if (!isSame || new Set(expected).size !== expected.length) {
    return `got the codes ${list(got)}, expected ${target === source ? 'each once' : `${list(expected)}, each once`}`;
  }
  return areNested(expected, got, pairs) ? null : `got codes in the order ${list(got)}, expected pairs to be nested`;
}

/** Pairs that stick out of the sentence are completed around it, in the order that the source gives them. */
function areNested(source: readonly number[], target: readonly number[], pairs: readonly CodePair[]): boolean {
  const closeOf = new Map(pairs);
  const openOf = new Map(pairs.map(([open, close]) => [close, open]));
  const inSource = new Set(source);
  // What the sentence closes but does not open was opened last where it is closed first; the other way round behind the sentence.
  const openBefore = source.map((code) => openOf.get(code)).filter((open) => open !== undefined && !inSource.has(open));
  const closeAfter = source.map((code) => closeOf.get(code)).filter((close) => close !== undefined && !inSource.has(close));
  const stack: (number | undefined)[] = [];
  for (const code of [...openBefore.reverse(), ...target, ...closeAfter.reverse()]) {
    if (code === undefined) continue;
    if (closeOf.has(code)) stack.push(closeOf.get(code));
    else if (openOf.has(code) && stack.pop() !== code) return false;
  }
  return stack.length === 0;
}

const list = (codes: readonly number[]) => codes.join(', ') || 'none';

/** The rule of inline codes: a translation holds each code of its block exactly once, and pairs nest. */
import { codesOf, type Inlines } from '../../../shared/inlines';
import { type Block, DocumentError } from '../format';

/** Throws `DocumentError`; `number` is the block's, from 0. */
export function checkCodes(block: Block, number: number, translation: Inlines): void {
  const refuse = (what: string): never => {
    throw new DocumentError(
      `The translation of block ${number + 1} ${what}; each code of the source is needed exactly once, pairs nested.`,
    );
  };
  const seen = new Set<number>();
  const open: number[] = [];
  for (const number of codesOf(translation)) {
    const code = block.codes[number];
    if (!code) return refuse(`has an unknown code ${number}`);
    if (seen.has(number)) return refuse(`has code ${number} twice`);
    seen.add(number);
    if (code.kind === 'open') open.push(number);
    if (code.kind === 'close' && open.pop() !== code.open) return refuse(`closes code ${code.open} in the wrong place`);
  }
  if (seen.size < block.codes.length) refuse(`has ${seen.size} of ${block.codes.length} codes`);
}

/** Whether both say the same, however the strings are cut. */
export function sameInlines(a: Inlines, b: Inlines): boolean {
  return JSON.stringify(tidyInlines(a)) === JSON.stringify(tidyInlines(b));
}

/** No two strings next to each other, no empty string. */
export function tidyInlines(inlines: Inlines): Inlines {
  const tidy: Inlines[number][] = [];
  for (const inline of inlines) {
    const last = tidy.at(-1);
    if (inline === '') continue;
    if (typeof inline === 'string' && typeof last === 'string') tidy[tidy.length - 1] = last + inline;
    else tidy.push(inline);
  }
  return tidy;
}

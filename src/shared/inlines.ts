/**
 * Text with inline codes: what formats, the inference process and the translation memory exchange. A code stands for something that is
 * not text (a bold run's beginning or end, a line break, a variable) and that the translation must hold exactly once.
 */
import { z } from 'zod';

/** The number of a code, counted from 0 in the order of the source. */
const inlineSchema = z.union([z.string(), z.strictObject({ code: z.number().int().nonnegative() })]);
export type Inline = z.infer<typeof inlineSchema>;

export const inlinesSchema = z.array(inlineSchema);
/** In reading order; no two strings next to each other, no empty string. */
export type Inlines = readonly Inline[];

export function textOf(inlines: Inlines): string {
  return inlines.filter((inline) => typeof inline === 'string').join('');
}

/** No two strings next to each other, no empty string. */
export function tidyInlines(inlines: Inlines): Inlines {
  const tidy: Inline[] = [];
  for (const inline of inlines) {
    const last = tidy.at(-1);
    if (inline === '') continue;
    if (typeof inline === 'string' && typeof last === 'string') tidy[tidy.length - 1] = last + inline;
    else tidy.push(inline);
  }
  return tidy;
}

/** Whether both say the same, however the strings are cut. */
export function sameInlines(a: Inlines, b: Inlines): boolean {
  return JSON.stringify(tidyInlines(a)) === JSON.stringify(tidyInlines(b));
}

/** Numbers of the codes, in order. */
export function codesOf(inlines: Inlines): number[] {
  return inlines.flatMap((inline) => (typeof inline === 'string' ? [] : [inline.code]));
}

/**
 * Text with inline codes: what formats, the inference process and the translation memory exchange. A code stands for something that is
 * not text (a bold run's beginning or end, a line break, a variable) and that the translation must hold exactly once.
 */
import { z } from 'zod';

/** The number of a code, counted from 0 in the order of the source. */
export const inlineSchema = z.union([z.string(), z.strictObject({ code: z.number().int().nonnegative() })]);
export type Inline = z.infer<typeof inlineSchema>;

export const inlinesSchema = z.array(inlineSchema);
/** In reading order; no two strings next to each other, no empty string. */
export type Inlines = readonly Inline[];

export function textOf(inlines: Inlines): string {
  return inlines.filter((inline) => typeof inline === 'string').join('');
}

/** Numbers of the codes, in order. */
export function codesOf(inlines: Inlines): number[] {
  return inlines.flatMap((inline) => (typeof inline === 'string' ? [] : [inline.code]));
}

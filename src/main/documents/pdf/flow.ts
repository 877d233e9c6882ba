/**
 * What a PDF's text is once it flows: headings, paragraphs, list items, tables, code, in reading order. Neither where it stood nor how it
 * will be written.
 */
import type { ListMark } from './list-mark';
import type { Span } from './stretches';

/** `page`: where it begins, from 1. */
export type FlowBlock = { readonly page: number } & (
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  /** `depth`: how far it is indented, in steps. */
  | { readonly kind: 'paragraph'; readonly depth: number; readonly spans: readonly Span[] }
  /** `depth`: in how many lists its list is. */
  | { readonly kind: 'item'; readonly depth: number; readonly mark: ListMark; readonly spans: readonly Span[] }
  /** Code, and formulas: lines as they stand, not for translation. */
  | { readonly kind: 'verbatim'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Span[])[])[] }
);

export interface Flow {
  readonly title: string | null;
  readonly blocks: readonly FlowBlock[];
}

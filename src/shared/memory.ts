/** The translation memory and the glossary as main tells the window about them. */
import { z } from 'zod';
import { segmentSchema } from './inference/sentences';
import { inlinesSchema, type Inlines } from './inlines';
import { termSchema } from './glossary';
import { languageSchema } from './pack';
import type { CodePair } from './check-codes';

/** Who a translation comes from: a person (a correction in a review), a file, or a pack. In the order in which they count. */
export const originSchema = z.enum(['person', 'imported', 'machine']);
export type Origin = z.infer<typeof originSchema>;

export interface LanguagePair {
  readonly from: string;
  readonly to: string;
}
const pairShape = { from: languageSchema, to: languageSchema };

/** A source and its translation. Codes are counted from 0 in the order of the source. */
export interface MemoryPair extends LanguagePair {
  readonly id: number;
  readonly source: Inlines;
  readonly translation: Inlines;
  /** Codes that open and close something. */
  readonly pairs: readonly CodePair[];
  readonly origin: Origin;
  /** Of a machine's: pack, version and lane; of an imported one the file; else empty. */
  readonly maker: string;
  /** Milliseconds since 1970. */
  readonly changedMs: number;
}

/** A translation of a sentence that is nearly the same. */
export interface Suggestion extends Pick<MemoryPair, 'source' | 'translation' | 'pairs' | 'origin' | 'maker'> {
  /** Share of the words that are the same, from 0 to 1; below 1 unless only codes differ. */
  readonly likeness: number;
  /** Whether the translation holds the codes of the sentence that was asked about. */
  readonly hasCodes: boolean;
}

export const glossaryTermSchema = z.strictObject({ ...termSchema.shape, ...pairShape, note: z.string().max(1000) });
export type NewGlossaryTerm = z.infer<typeof glossaryTermSchema>;
export interface GlossaryTerm extends NewGlossaryTerm {
  readonly id: number;
}

/** What there is, by languages. */
export interface MemoryCounts extends LanguagePair {
  readonly pairs: Readonly<Record<Origin, number>>;
  readonly terms: number;
}

export interface MemoryOverview {
  readonly languages: readonly MemoryCounts[];
  /** What befell the file: it was damaged, and where it is now. Null: nothing. */
  readonly notice: string | null;
}

/** What became of an import. */
export interface Imported {
  /** File name, without folders. */
  readonly name: string;
  /** Entries that are in now, whether new or known before. */
  readonly taken: number;
  /** Entries that could not be used, and why, each reason with its number. */
  readonly left: readonly { readonly why: string; readonly count: number }[];
}

const count = z.number().int().nonnegative();
const ids = z.strictObject({ ids: z.array(count).min(1).max(10_000) });

/** The calls about memory and glossary: name → argument schema. */
export const MEMORY_CALLS = {
  describeMemory: z.strictObject({}),
  /** Pairs that hold the words of `text`, in either language, the last of them perhaps longer; all where it is empty; the newest first. */
  searchMemory: z.strictObject({ ...pairShape, text: z.string().max(500), offset: count, limit: count.min(1).max(200) }),
  /** What is changed is a person's from then on. */
  changePair: z.strictObject({ id: count, translation: inlinesSchema }),
  forgetPairs: ids,
  /** All of one origin in one pair of languages. */
  clearMemory: z.strictObject({ ...pairShape, origin: originSchema }),
  /** Asks for TMX files. */
  importMemory: z.strictObject({}),
  /** Asks where to put a TMX file. */
  exportMemory: z.strictObject(pairShape),
  suggestTranslations: z.strictObject({ ...pairShape, segment: segmentSchema }),
  /** Sorted by source. */
  listTerms: z.strictObject(pairShape),
  /** `id` null: a new one; one with the same source is replaced. */
  saveTerm: z.strictObject({ id: count.nullable(), term: glossaryTermSchema }),
  forgetTerms: ids,
  /** Asks for CSV or TBX files; CSV ones are taken as of these languages. */
  importGlossary: z.strictObject(pairShape),
  /** Asks where to put a CSV or TBX file, by its extension. */
  exportGlossary: z.strictObject(pairShape),
} as const;

export interface MemoryCallResults {
  describeMemory: MemoryOverview;
  searchMemory: { readonly total: number; readonly page: readonly MemoryPair[] };
  changePair: MemoryPair;
  forgetPairs: null;
  clearMemory: null;
  /** Null: the person chose nothing. */
  importMemory: readonly Imported[] | null;
  /** Entries written; null: the person chose nothing. */
  exportMemory: number | null;
  suggestTranslations: readonly Suggestion[];
  listTerms: readonly GlossaryTerm[];
  saveTerm: GlossaryTerm;
  forgetTerms: null;
  importGlossary: readonly Imported[] | null;
  exportGlossary: number | null;
}

export interface MemoryEvents {
  /** Pairs or terms were added, changed or removed. */
  memoryChanged: MemoryOverview;
}

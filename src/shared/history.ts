/** What was translated and summarized here, kept on this machine: an entry, and what a window may ask about entries. */
import { z } from 'zod';
import { requestLaneSchema } from './inference/lanes';
import { languageSchema } from './pack';

const HISTORY_KINDS = ['translation', 'summary'] as const;
export const EXPORT_FORMATS = ['json', 'markdown'] as const;

/** UTF-16 code units; longer texts belong to documents, which keep their own. */
const MOST_TEXT = 2_000_000;

export const newHistoryEntrySchema = z.strictObject({
  kind: z.enum(HISTORY_KINDS),
  from: languageSchema,
  /** Of a summary the language it is written in. */
  to: languageSchema,
  lane: requestLaneSchema,
  packId: z.string(),
  /** Name and version, for a person. */
  pack: z.string(),
  source: z.string().min(1).max(MOST_TEXT),
  output: z.string().max(MOST_TEXT),
  tokens: z.number().int().min(0),
  totalMs: z.number().min(0),
  firstTokenMs: z.number().min(0).nullable(),
});
export type NewHistoryEntry = z.infer<typeof newHistoryEntrySchema>;

export interface HistoryEntry extends NewHistoryEntry {
  id: number;
  /** When it came to rest, Unix time. */
  atMs: number;
  isPinned: boolean;
}

export interface HistoryPage {
  /** Pinned ones first, then the newest. */
  entries: HistoryEntry[];
  /** That the question fits. */
  found: number;
  /** In all. */
  total: number;
}

export const HISTORY_CALLS = {
  /** Null: history is off, or private mode is on. `replaces`: the entry this one is a later state of. */
  addHistory: z.strictObject({ entry: newHistoryEntrySchema, replaces: z.number().int().nullable() }),
  /** Entries with every word of the query in source or output, the last one as a beginning; all of them without words. */
  listHistory: z.strictObject({ query: z.string(), offset: z.number().int().min(0), limit: z.number().int().min(1).max(200) }),
  pinHistory: z.strictObject({ id: z.number().int(), isPinned: z.boolean() }),
  /** One, or all. They can be brought back until others are removed, for a while. */
  removeHistory: z.strictObject({ id: z.number().int().nullable() }),
  /** Brings back what was removed last. */
  restoreHistory: z.strictObject({}),
  /** Asks for a file and writes every entry to it. */
  exportHistory: z.strictObject({ format: z.enum(EXPORT_FORMATS) }),
} as const;

export interface HistoryCallResults {
  addHistory: number | null;
  listHistory: HistoryPage;
  pinHistory: null;
  /** How many. */
  removeHistory: number;
  restoreHistory: number;
  exportHistory: { kind: 'saved'; name: string } | { kind: 'none' } | { kind: 'failed'; message: string };
}

export interface HistoryEvents {
  /** Entries came, went or were changed. */
  historyChanged: null;
}

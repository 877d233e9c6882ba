/**
 * Sentences and their translations, and terms, in one SQLite file. Knows pairs of languages and origins; no jobs, no packs, no file formats.
 * All calls but `export…` run at once and are small.
 */
import { z } from 'zod';
import { folded } from '../../shared/folded';
import { segmentReasonSchema, type SegmentReason } from '../../shared/inference/flags';
import type { Segment } from '../../shared/inference/sentences';
import { inlinesSchema, textOf, type Inlines } from '../../shared/inlines';
import {
  originSchema,
  type GlossaryTerm,
  type LanguagePair,
  type MemoryCounts,
  type MemoryPair,
  type NewGlossaryTerm,
  type Origin,
  type Suggestion,
} from '../../shared/memory';
import { codesProblem } from '../../shared/check-codes';
import { reason } from '../reasons';
import { DatabaseFile, type Sqlite } from './database';
import { isWord, likeness, tokensOf } from './likeness';
import { normalPair, sourceKey, type NormalPair } from './normal-pair';
import { MIGRATIONS } from './schema';

/** A pair to keep. */
export interface NewPair extends NormalPair {
  readonly origin: Origin;
  /** What made it, for a person. */
  readonly maker: string;
  /** Of a machine's: names all that the translation depends on. Empty for others. */
  readonly makerKey: string;
  readonly flags: readonly SegmentReason[];
  readonly confidence: number | null;
  readonly changedMs: number;
}

/** The translation of a sentence that was translated before. */
export interface Recalled {
  readonly inlines: Inlines;
  readonly origin: Origin;
  readonly flags: readonly SegmentReason[];
  readonly confidence: number | null;
}

/** Sentences less alike are no help. */
const LEAST_LIKENESS = 0.75;
const MOST_SUGGESTIONS = 3;
/** Sentences whose likeness is worked out for one question. */
const MOST_CANDIDATES = 300;
/** Longest sentence that suggestions are looked for, in tokens. */
const LONGEST_ASKED = 150;
/** Entries read at a time by exports. */
const PAGE = 500;

const json = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context): T => {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'got other JSON than expected' });
    return z.NEVER;
  });

const codePairsSchema = z.array(z.tuple([z.number().int(), z.number().int()]));
const pairRow = z.object({
  id: z.number(),
  source_language: z.string(),
  target_language: z.string(),
  origin: originSchema,
  maker: z.string(),
  source: json(inlinesSchema),
  translation: json(inlinesSchema),
  code_pairs: json(codePairsSchema),
  changed_ms: z.number(),
});
const recalledRow = z.object({
  origin: originSchema,
  translation: json(inlinesSchema),
  flags: json(z.array(segmentReasonSchema)),
  confidence: z.number().nullable(),
});
const countRow = z.object({ count: z.number() });
const termRow = z.object({
  id: z.number(),
  source_language: z.string(),
  target_language: z.string(),
  source: z.string(),
  target: z.string(),
  match_case: z.number(),
  note: z.string(),
});

const PAIR_COLUMNS = 'id, source_language, target_language, origin, maker, source, translation, code_pairs, changed_ms';
const PLACE = 'source_language = ? AND target_language = ?';

export class MemoryFile {
  private readonly file: DatabaseFile;

  /** Nothing is opened before it is needed. */
  constructor(path: string, onSetAside: (aside: string, why: string) => void) {
    this.file = new DatabaseFile(path, MIGRATIONS, onSetAside);
  }

  close(): void {
    this.file.close();
  }

  /**
   * The translation to use: a person's before an imported one before that of the very same maker; other machines' where `anyMachine`, the
   * newest. Null where there is none.
   */
  recall({ from, to }: LanguagePair, segment: Segment, makerKey: string, anyMachine: boolean): Recalled | null {
    const row = this.file.read<unknown>(undefined, (database) =>
      database
        .prepare(
          `SELECT origin, translation, flags, confidence FROM pairs WHERE ${PLACE} AND source_key = ? AND (origin <> 'machine' OR maker_key = ? OR ?)
           ORDER BY CASE origin WHEN 'person' THEN 0 WHEN 'imported' THEN 1 ELSE 2 END, maker_key = ? DESC, changed_ms DESC LIMIT 1`,
        )
        .get(from, to, keyOf(segment), makerKey, anyMachine ? 1 : 0, makerKey),
    );
    if (row === undefined) return null;
    const { origin, translation, flags, confidence } = recalledRow.parse(row);
    // Two documents may nest the same codes differently.
    return codesProblem(segment.inlines, translation, segment.pairs) === null ? { origin, inlines: translation, flags, confidence } : null;
  }

  /**
   * A pair takes the place of one with the same source, origin and maker; an imported one only of one that is not newer. What is made here
   * is the newest whatever its time says: clocks are set back.
   */
  keep({ from, to }: LanguagePair, pairs: readonly NewPair[]): void {
    if (pairs.length === 0) return;
    this.file.change((database) => {
      const statement = database.prepare(
        `INSERT INTO pairs (source_language, target_language, source_key, origin, maker_key, maker, source, translation, code_pairs, flags,
           confidence, source_text, target_text, tokens, changed_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (source_language, target_language, source_key, origin, maker_key) DO UPDATE SET maker = excluded.maker,
           source = excluded.source, translation = excluded.translation, code_pairs = excluded.code_pairs, flags = excluded.flags,
           confidence = excluded.confidence, source_text = excluded.source_text, target_text = excluded.target_text,
           changed_ms = excluded.changed_ms
         WHERE excluded.origin <> 'imported' OR excluded.changed_ms >= changed_ms`,
      );
      for (const pair of pairs) {
        const { source, translation, pairs: codePairs } = normalPair(pair);
        statement.run(
          ...[from, to, sourceKey({ source, pairs: codePairs }), pair.origin, pair.makerKey, pair.maker],
          ...[JSON.stringify(source), JSON.stringify(translation), JSON.stringify(codePairs), JSON.stringify(pair.flags), pair.confidence],
          ...[textOf(source), textOf(translation), tokensOf(source).length, pair.changedMs],
        );
      }
    });
  }

  /** Translations of sentences that are nearly the same, the likest first; never those with a reason to check them. */
  suggest({ from, to }: LanguagePair, segment: Segment): Suggestion[] {
    const tokens = tokensOf(segment.inlines);
    if (tokens.length > LONGEST_ASKED) return [];
    const own = keyOf(segment);
    const rows = this.file.read<unknown[]>([], (database) => {
      const words = rarestWords(database, tokens);
      if (words.length === 0) return [];
      const slack = Math.floor(tokens.length * (1 - LEAST_LIKENESS)) + 1;
      return database
        .prepare(
          `SELECT ${PAIR_COLUMNS}, source_key FROM pair_words CROSS JOIN pairs ON pairs.id = pair_words.rowid
           WHERE pair_words MATCH ? AND ${PLACE} AND tokens BETWEEN ? AND ? AND flags = '[]' ORDER BY pair_words.rank LIMIT ?`,
        )
        .all(
          `source_text : (${words.map(quoted).join(' OR ')})`,
          from,
          to,
          tokens.length - slack,
          tokens.length + 2 * slack,
          MOST_CANDIDATES,
        );
    });
    const found = rows.map((row) => {
      const pair = pairOf(pairRow.parse(row));
      return { pair, likeness: likeness(tokens, tokensOf(pair.source)) };
    });
    const rank: readonly Origin[] = originSchema.options;
    found.sort(
      (a, b) => b.likeness - a.likeness || rank.indexOf(a.pair.origin) - rank.indexOf(b.pair.origin) || b.pair.changedMs - a.pair.changedMs,
    );
    const suggestions = new Map<string, Suggestion>();
    for (const { pair, likeness: value } of found) {
      if (value < LEAST_LIKENESS || suggestions.size === MOST_SUGGESTIONS) break;
      const { source, translation, pairs, origin, maker } = pair;
      const isOwn = sourceKey({ source, pairs }) === own;
      const text = JSON.stringify(translation);
      if (isOwn && origin === 'machine') continue;
      const hasCodes = codesProblem(segment.inlines, translation, segment.pairs) === null;
      if (!suggestions.has(text)) suggestions.set(text, { source, translation, pairs, origin, maker, likeness: value, hasCodes });
    }
    return [...suggestions.values()];
  }

  /** See `searchMemory` of the window's calls. */
  search({ from, to }: LanguagePair, text: string, offset: number, limit: number): { total: number; page: MemoryPair[] } {
    const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    if (words.length === 0 && text.trim() !== '') return { total: 0, page: [] };
    // CROSS: the index of words goes first; the other way round every pair would be looked up in it.
    const source = words.length === 0 ? 'pairs' : 'pair_words CROSS JOIN pairs ON pairs.id = pair_words.rowid';
    const condition = words.length === 0 ? PLACE : `pair_words MATCH ? AND ${PLACE}`;
    const values = [
      ...(words.length === 0 ? [] : [words.map((word, at) => quoted(word) + (at === words.length - 1 ? '*' : '')).join(' ')]),
      from,
      to,
    ];
    return this.file.read({ total: 0, page: [] }, (database) => ({
      total: countRow.parse(database.prepare(`SELECT count(*) AS count FROM ${source} WHERE ${condition}`).get(...values)).count,
      page: database
        .prepare(`SELECT ${PAIR_COLUMNS} FROM ${source} WHERE ${condition} ORDER BY changed_ms DESC, id DESC LIMIT ? OFFSET ?`)
        .all(...values, limit, offset)
        .map((row) => pairOf(pairRow.parse(row))),
    }));
  }

  /** A person's word for the pair: where it was another's, that one stays no longer. Throws where there is no such pair or codes are lost. */
  change(id: number, translation: Inlines, nowMs: number): MemoryPair {
    const pair = this.pair(id);
    const problem = codesProblem(pair.source, translation, pair.pairs);
    if (problem !== null) throw new Error(reason`This translation would lose formatting: ${problem}. Put the codes back as they were.`);
    this.file.change((database) => database.prepare('DELETE FROM pairs WHERE id = ?').run(id));
    const corrected = { source: pair.source, translation, pairs: pair.pairs };
    this.keep(pair, [{ ...corrected, origin: 'person', maker: '', makerKey: '', flags: [], confidence: null, changedMs: nowMs }]);
    const row = this.file.use((database) =>
      database
        .prepare(`SELECT ${PAIR_COLUMNS} FROM pairs WHERE ${PLACE} AND source_key = ? AND origin = 'person'`)
        .get(pair.from, pair.to, sourceKey(corrected)),
    );
    return pairOf(pairRow.parse(row));
  }

  forget(ids: readonly number[]): void {
    this.file.change((database) => {
      const statement = database.prepare('DELETE FROM pairs WHERE id = ?');
      for (const id of ids) statement.run(id);
    });
  }

  clear({ from, to }: LanguagePair, origin: Origin): void {
    this.file.change((database) => database.prepare(`DELETE FROM pairs WHERE ${PLACE} AND origin = ?`).run(from, to, origin));
  }

  /** Page by page, so that others may run in between. */
  *export({ from, to }: LanguagePair): Generator<readonly MemoryPair[]> {
    for (let last = 0; ;) {
      const page = this.file.use((database) =>
        database
          .prepare(`SELECT ${PAIR_COLUMNS} FROM pairs WHERE ${PLACE} AND id > ? AND flags = '[]' ORDER BY id LIMIT ?`)
          .all(from, to, last, PAGE)
          .map((row) => pairOf(pairRow.parse(row))),
      );
      if (page.length === 0) return;
      yield page;
      last = page.at(-1)?.id ?? last;
    }
  }

  counts(): MemoryCounts[] {
    const rows = z.array(
      z.object({ source_language: z.string(), target_language: z.string(), origin: originSchema.nullable(), count: z.number() }),
    );
    const found = this.file.read<z.infer<typeof rows>>([], (database) =>
      rows.parse(
        database
          .prepare(
            `SELECT source_language, target_language, origin, count(*) AS count FROM pairs GROUP BY 1, 2, 3
             UNION ALL SELECT source_language, target_language, NULL, count(*) FROM terms GROUP BY 1, 2 ORDER BY 1, 2`,
          )
          .all(),
      ),
    );
    const counts = new Map<string, MemoryCounts>();
    for (const { source_language: from, target_language: to, origin, count } of found) {
      const known = counts.get(`${from} ${to}`) ?? { from, to, pairs: { person: 0, imported: 0, machine: 0 }, terms: 0 };
      counts.set(`${from} ${to}`, origin === null ? { ...known, terms: count } : { ...known, pairs: { ...known.pairs, [origin]: count } });
    }
    return [...counts.values()];
  }

  terms({ from, to }: LanguagePair): GlossaryTerm[] {
    return this.file
      .read<unknown[]>([], (database) =>
        database.prepare(`SELECT * FROM terms WHERE ${PLACE} ORDER BY source COLLATE NOCASE, source`).all(from, to),
      )
      .map((row) => termOf(termRow.parse(row)));
  }

  /** In the place of those with the same source, and of `id` if that is another one. */
  saveTerms(terms: readonly NewGlossaryTerm[], id: number | null = null): void {
    this.file.change((database) => {
      if (id !== null) database.prepare('DELETE FROM terms WHERE id = ?').run(id);
      const statement = database.prepare(
        `INSERT INTO terms (source_language, target_language, source, target, match_case, note) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (source_language, target_language, source) DO UPDATE SET
           target = excluded.target, match_case = excluded.match_case, note = excluded.note`,
      );
      for (const { from, to, source, target, matchCase, note } of terms) statement.run(from, to, source, target, matchCase ? 1 : 0, note);
    });
  }

  forgetTerms(ids: readonly number[]): void {
    this.file.change((database) => {
      const statement = database.prepare('DELETE FROM terms WHERE id = ?');
      for (const id of ids) statement.run(id);
    });
  }

  private pair(id: number): MemoryPair {
    const row = this.file.use((database) => database.prepare(`SELECT ${PAIR_COLUMNS} FROM pairs WHERE id = ?`).get(id));
    if (row === undefined) throw new Error(reason`This translation is no longer in the memory.`);
    return pairOf(pairRow.parse(row));
  }
}

const keyOf = ({ inlines, pairs }: Segment): string => sourceKey({ source: inlines, pairs });

const quoted = (word: string): string => `"${word.replaceAll('"', '')}"`;

/**
 * The words to look candidates up by: of a sentence that is likely enough, at least one of these is in any sentence like it, because fewer
 * tokens than these may differ. The rarest, so that few candidates come up.
 */
function rarestWords(database: Sqlite, tokens: readonly string[]): string[] {
  const words = [...new Set(tokens.filter(isWord))];
  const needed = Math.floor(tokens.length * (1 - LEAST_LIKENESS) * 1.34) + 1;
  const statement = database.prepare(`SELECT doc AS count FROM pair_vocabulary WHERE term = ? AND col = 'source_text'`);
  const counted = words.flatMap((word) => {
    const row = statement.get(folded(word));
    return row === undefined ? [] : [{ word, count: countRow.parse(row).count }];
  });
  counted.sort((a, b) => a.count - b.count);
  // Words that no source holds differ in any case.
  const known = Math.max(0, needed - (words.length - counted.length));
  return counted.slice(0, known).map(({ word }) => word);
}

function pairOf(row: z.infer<typeof pairRow>): MemoryPair {
  const {
    id,
    source_language: from,
    target_language: to,
    source,
    translation,
    code_pairs: pairs,
    origin,
    maker,
    changed_ms: changedMs,
  } = row;
  return { id, from, to, source, translation, pairs, origin, maker, changedMs };
}

function termOf(row: z.infer<typeof termRow>): GlossaryTerm {
  const { id, source_language: from, target_language: to, source, target, match_case: matchCase, note } = row;
  return { id, from, to, source, target, matchCase: matchCase !== 0, note };
}

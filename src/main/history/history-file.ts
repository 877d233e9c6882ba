/**
 * The history in an SQLite file with full text search. Knows entries; no settings, no windows. Every call runs at once and is small. What is
 * removed can be brought back until the next removal or `purge`; then it is overwritten on the disk.
 */
import { z } from 'zod';
import type { HistoryEntry, HistoryPage, NewHistoryEntry } from '../../shared/history';
import { newHistoryEntrySchema } from '../../shared/history';
import { DatabaseFile, isFullDisk, type Sqlite } from '../memory/database';

const MIGRATIONS = [
  `
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    lane TEXT NOT NULL,
    pack_id TEXT NOT NULL,
    pack TEXT NOT NULL,
    source TEXT NOT NULL,
    output TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    total_ms REAL NOT NULL,
    first_token_ms REAL,
    at_ms INTEGER NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX entries_in_order ON entries (removed, pinned, at_ms);
  CREATE VIRTUAL TABLE entry_words USING fts5 (
    source, output, content = 'entries', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER entries_in AFTER INSERT ON entries BEGIN
    INSERT INTO entry_words (rowid, source, output) VALUES (new.id, new.source, new.output);
  END;
  CREATE TRIGGER entries_out AFTER DELETE ON entries BEGIN
    INSERT INTO entry_words (entry_words, rowid, source, output) VALUES ('delete', old.id, old.source, old.output);
  END`,
];

/** More than these, pinned ones apart, and the oldest go. */
const MOST_ENTRIES = 10_000;
/** Entries read at a time by an export. */
const PAGE = 200;

const entryRow = z
  .object({
    id: z.number(),
    kind: z.string(),
    source_language: z.string(),
    target_language: z.string(),
    lane: z.string(),
    pack_id: z.string(),
    pack: z.string(),
    source: z.string(),
    output: z.string(),
    tokens: z.number(),
    total_ms: z.number(),
    first_token_ms: z.number().nullable(),
    at_ms: z.number(),
    pinned: z.number(),
  })
  .transform((row): HistoryEntry => ({
    ...newHistoryEntrySchema.parse({
      kind: row.kind,
      from: row.source_language,
      to: row.target_language,
      lane: row.lane,
      packId: row.pack_id,
      pack: row.pack,
      source: row.source,
      output: row.output,
      tokens: row.tokens,
      totalMs: row.total_ms,
      firstTokenMs: row.first_token_ms,
    }),
    id: row.id,
    atMs: row.at_ms,
    isPinned: row.pinned === 1,
  }));
const countRow = z.object({ count: z.number() });

const ORDER = 'ORDER BY pinned DESC, at_ms DESC, id DESC';

export class HistoryFile {
  private readonly file: DatabaseFile;

  /** Nothing is opened before it is needed. `onSetAside` is told the new path of a file that could not be used. */
  constructor(
    path: string,
    onSetAside: (aside: string, why: string) => void,
    private readonly mostEntries = MOST_ENTRIES,
  ) {
    this.file = new DatabaseFile(path, MIGRATIONS, onSetAside);
  }

  /** Returns its id. The entry it replaces goes, unless that is pinned. */
  add(entry: NewHistoryEntry, replaces: number | null, atMs: number): number {
    return this.file.change((database) => {
      if (replaces !== null) database.prepare('DELETE FROM entries WHERE id = ? AND pinned = 0').run(replaces);
      database
        .prepare(
          `INSERT INTO entries
             (kind, source_language, target_language, lane, pack_id, pack, source, output, tokens, total_ms, first_token_ms, at_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          entry.kind,
          entry.from,
          entry.to,
          entry.lane,
          entry.packId,
          entry.pack,
          entry.source,
          entry.output,
          entry.tokens,
          entry.totalMs,
          entry.firstTokenMs,
          atMs,
        );
      const { id } = z.object({ id: z.number() }).parse(database.prepare('SELECT last_insert_rowid() AS id').get());
      database
        .prepare(
          `DELETE FROM entries WHERE id IN
             (SELECT id FROM entries WHERE removed = 0 AND pinned = 0 ORDER BY at_ms DESC, id DESC LIMIT -1 OFFSET ?)`,
        )
        .run(this.mostEntries);
      return id;
    });
  }

  list({ query, offset, limit }: { query: string; offset: number; limit: number }): HistoryPage {
    const match = matching(query);
    const where = match === null ? 'removed = 0' : 'removed = 0 AND id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)';
    const given = match === null ? [] : [match];
    return this.file.read({ entries: [], found: 0, total: 0 }, (database) => ({
      entries: database
        .prepare(`SELECT * FROM entries WHERE ${where} ${ORDER} LIMIT ? OFFSET ?`)
        .all(...given, limit, offset)
        .map((row) => entryRow.parse(row)),
      found: count(database, where, given),
      total: count(database, 'removed = 0', []),
    }));
  }

  pin(id: number, isPinned: boolean): void {
    this.file.use((database) => database.prepare('UPDATE entries SET pinned = ? WHERE id = ?').run(isPinned ? 1 : 0, id));
  }

  /** One, or all for null; returns how many. What was removed before is gone for good. */
  remove(id: number | null): number {
    this.purge();
    return this.file.use((database) =>
      id === null
        ? database.prepare('UPDATE entries SET removed = 1').run()
        : database.prepare('UPDATE entries SET removed = 1 WHERE id = ?').run(id),
    ).changes;
  }

  /** Brings back what `remove` took last; returns how many. */
  restore(): number {
    return this.file.use((database) => database.prepare('UPDATE entries SET removed = 0 WHERE removed = 1').run()).changes;
  }

  /** What was removed cannot be read from the disk any more after this. Overwriting it needs room: on a full disk it waits for the next time. */
  purge(): void {
    try {
      this.file.read(undefined, (database) => {
        if (count(database, 'removed = 1', []) === 0) return;
        database.pragma('secure_delete = ON');
        database.exec('DELETE FROM entries WHERE removed = 1');
        database.pragma('wal_checkpoint(TRUNCATE)');
      });
    } catch (error) {
      if (!isFullDisk(error)) throw error;
    }
  }

  /** Every entry, in the order of `list`. */
  *all(): Generator<HistoryEntry> {
    for (let offset = 0; ; offset += PAGE) {
      const { entries } = this.list({ query: '', offset, limit: PAGE });
      yield* entries;
      if (entries.length < PAGE) return;
    }
  }

  close(): void {
    this.file.close();
  }
}

function count(database: Sqlite, where: string, given: readonly string[]): number {
  return countRow.parse(database.prepare(`SELECT count(*) AS count FROM entries WHERE ${where}`).get(...given)).count;
}

/** The query in SQLite's words: each as it is, the last one as a beginning. Null without a word. */
function matching(query: string): string | null {
  const words = query.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.length === 0 ? null : `${words.map((word) => `"${word}"`).join(' ')}*`;
}

/** The tables of the memory's file, step by step: what has shipped is never changed, only added to. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE pairs (
    id INTEGER PRIMARY KEY,
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    source_key TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('person', 'imported', 'machine')),
    -- What made a machine's pair, exactly; a sentence has one pair of each. Empty for the others.
    maker_key TEXT NOT NULL,
    maker TEXT NOT NULL,
    -- JSON: inlines, inlines, pairs of codes, reasons to check it.
    source TEXT NOT NULL,
    translation TEXT NOT NULL,
    code_pairs TEXT NOT NULL,
    flags TEXT NOT NULL,
    confidence REAL,
    source_text TEXT NOT NULL,
    target_text TEXT NOT NULL,
    tokens INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    UNIQUE (source_language, target_language, source_key, origin, maker_key)
  );
  CREATE INDEX pairs_by_change ON pairs (source_language, target_language, changed_ms);
  CREATE VIRTUAL TABLE pair_words USING fts5 (
    source_text, target_text, content = 'pairs', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
  );
  -- How many sources hold a word.
  CREATE VIRTUAL TABLE pair_vocabulary USING fts5vocab ('pair_words', 'col');
  CREATE TRIGGER pairs_in AFTER INSERT ON pairs BEGIN
    INSERT INTO pair_words (rowid, source_text, target_text) VALUES (new.id, new.source_text, new.target_text);
  END;
  CREATE TRIGGER pairs_out AFTER DELETE ON pairs BEGIN
    INSERT INTO pair_words (pair_words, rowid, source_text, target_text) VALUES ('delete', old.id, old.source_text, old.target_text);
  END;
  CREATE TRIGGER pairs_changed AFTER UPDATE ON pairs BEGIN
    INSERT INTO pair_words (pair_words, rowid, source_text, target_text) VALUES ('delete', old.id, old.source_text, old.target_text);
    INSERT INTO pair_words (rowid, source_text, target_text) VALUES (new.id, new.source_text, new.target_text);
  END;
  CREATE TABLE terms (
    id INTEGER PRIMARY KEY,
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    match_case INTEGER NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (source_language, target_language, source)
  )`,
];

/**
 * An SQLite file of the app's own. Calls run at once, in the thread that asks: keep each of them small. A write that
 * returned survives a kill of the process. A file that is damaged is set aside under another name, never deleted.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { z } from 'zod';
import { reason } from '../reasons';
import { loadSqlite, type Sqlite } from './sqlite';

export type { Sqlite };

/** Milliseconds to wait for another process, the command line perhaps, that writes to the file. */
const BUSY_MS = 2000;

/** The file was written by a later version of the app. */
export class NewerFile extends Error {
  override readonly name = 'NewerFile';
}

export class DatabaseFile {
  private open: Sqlite | null = null;

  /**
   * `migrations`: what makes the tables, step by step; a file knows how many it has seen. `onSetAside` is told the new path of a file that
   * could not be used.
   */
  constructor(
    private readonly path: string,
    private readonly migrations: readonly string[],
    private readonly onSetAside: (aside: string, why: string) => void,
  ) {}

  /** Opens the file if it is not open. Where it turns out to be damaged, `run` is called again on an empty one. Throws what SQLite throws, or `NoSqlite`. */
  use<T>(run: (database: Sqlite) => T): T {
    try {
      return run(this.opened());
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.setAside(error);
      return run(this.opened());
    }
  }

  /** As `use`, but where there is no file none is made: then it holds nothing, which is `ifNone`. */
  read<T>(ifNone: T, run: (database: Sqlite) => T): T {
    return this.open === null && !existsSync(this.path) ? ifNone : this.use(run);
  }

  /** All of it or nothing. */
  change<T>(run: (database: Sqlite) => T): T {
    return this.use((database) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = run(database);
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** The file alone holds everything then; on a full disk its log beside it holds the rest, and is read with it the next time. */
  close(): void {
    try {
      this.open?.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!isFullDisk(error)) throw error;
    } finally {
      this.release();
    }
  }

  private release(): void {
    this.open?.close();
    this.open = null;
  }

  private opened(): Sqlite {
    this.open ??= opened(this.path, this.migrations);
    return this.open;
  }

  private setAside(error: unknown): void {
    this.release();
    const { dir, name, ext } = parse(this.path);
    const aside = join(dir, `${name}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}${ext}`);
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(this.path + suffix)) renameSync(this.path + suffix, aside + suffix);
    }
    this.onSetAside(aside, error instanceof Error ? error.message : String(error));
  }
}

function opened(path: string, migrations: readonly string[]): Sqlite {
  mkdirSync(dirname(path), { recursive: true });
  const Database = loadSqlite();
  const database = new Database(path);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    const version = z.object({ user_version: z.number() }).parse(database.prepare('PRAGMA user_version').get()).user_version;
    if (version > migrations.length) {
      throw new NewerFile(
        reason`“${path}” was written by a later version of Tandem (${version}, known here: ${migrations.length}). Update Tandem.`,
      );
    }
    migrations.slice(version).forEach((migration, at) => {
      database.exec(`BEGIN IMMEDIATE;\n${migration};\nPRAGMA user_version = ${version + at + 1};\nCOMMIT;`);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

export const isFullDisk = (error: unknown): boolean => codeOf(error) === 'SQLITE_FULL';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * The native library that reads and writes SQLite files (libsql: ADR 6). It is loaded when it is first needed and not with main: without it
 * there is no history and no memory, but everything else works.
 */
import type Database from 'libsql';
import { createRequire } from 'node:module';
import { reason } from '../reasons';

export type Sqlite = Database.Database;

/** The library is missing, damaged, or another system's. */
export class NoSqlite extends Error {
  override readonly name = 'NoSqlite';
}

/** `module`: the address of the module that asks, beside which the library is looked for. Throws `NoSqlite`. */
export function loadSqlite(module: string = import.meta.url): typeof Database {
  try {
    return createRequire(module)('libsql') as typeof Database;
  } catch (error) {
    const [detail = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new NoSqlite(
      reason`History and memory cannot be used, because their library does not load (${detail}). Install Tandem again. Translating works without them.`,
    );
  }
}

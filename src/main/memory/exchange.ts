/** The memory and the glossary into files of other programs, and out of them. */
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Imported, LanguagePair } from '../../shared/memory';
import { reason } from '../reasons';
import { decodeText } from '../text-encoding';
import { writeFileAtomic } from '../write-atomic';
import { ExchangeError } from './exchange-error';
import { readCsv, readTbx, writeCsv, writeTbx, type ReadTerms } from './glossary-files';
import type { MemoryFile } from './memory-file';
import { readTmx, writeTmx, type TmxPair } from './tmx';

/** A glossary is read whole. */
const MOST_GLOSSARY_BYTES = 64 * 1024 * 1024;

/** Pairs that are kept before others may run. */
const SLICE = 50;

/** Others may run while the file is read. Throws `ExchangeError`; what was read until then stays. */
export async function importTmx(memory: MemoryFile, path: string): Promise<Imported> {
  const name = basename(path);
  const left = new Map<string, number>();
  let taken = 0;
  try {
    for await (const part of readTmx(path)) {
      const byLanguages = new Map<string, TmxPair[]>();
      for (const found of part) {
        if ('why' in found) left.set(found.why, (left.get(found.why) ?? 0) + 1);
        else byLanguages.set(`${found.from} ${found.to}`, [...(byLanguages.get(`${found.from} ${found.to}`) ?? []), found]);
      }
      for (const pairs of byLanguages.values()) {
        for (let start = 0; start < pairs.length; start += SLICE) {
          const slice = pairs.slice(start, start + SLICE);
          const [first] = slice;
          const kept = slice.map((pair) => imported(pair, name));
          if (first) memory.keep(first, kept);
          taken += slice.length;
          await nextTurn();
        }
      }
    }
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    throw new ExchangeError(
      taken === 0
        ? reason`“${name}” cannot be taken over. ${error.message}`
        : reason`“${name}” cannot be taken over beyond its first ${taken} entries. ${error.message}`,
    );
  }
  return { name, taken, left: [...left].map(([why, count]) => ({ why, count })) };
}

function imported({ source, translation, pairs, changedMs }: TmxPair, maker: string) {
  const from = { origin: 'imported', maker, makerKey: '', flags: [], confidence: null } as const;
  return { source, translation, pairs, ...from, changedMs: changedMs ?? Date.now() };
}

/** CSV or TBX, by the extension. Throws `ExchangeError`. */
export async function importGlossary(memory: MemoryFile, path: string, languages: LanguagePair): Promise<Imported> {
  const name = basename(path);
  const { size } = await stat(path);
  if (size > MOST_GLOSSARY_BYTES) {
    throw new ExchangeError(
      reason`“${name}” has ${Math.ceil(size / 1024 / 1024)} MB; a glossary may have ${MOST_GLOSSARY_BYTES / 1024 / 1024}. Split it.`,
    );
  }
  const decoded = decodeText(await readFile(path));
  if (decoded.kind === 'unknown')
    throw new ExchangeError(reason`“${name}” is not UTF-8 or UTF-16 text (byte ${decoded.at}). Save it as UTF-8.`);
  const { terms, left } = readTerms(decoded.text, path, languages);
  memory.saveTerms(terms);
  return { name, taken: terms.length, left: left.length === 0 ? [] : countsOf(left) };
}

function readTerms(text: string, path: string, languages: LanguagePair): ReadTerms {
  try {
    return isTbx(path) ? readTbx(text) : readCsv(text, languages);
  } catch (error) {
    throw error instanceof ExchangeError ? new ExchangeError(reason`“${basename(path)}” cannot be taken over. ${error.message}`) : error;
  }
}

const isTbx = (path: string): boolean => ['.tbx', '.xml'].includes(extname(path).toLowerCase());

function countsOf(left: readonly { readonly why: string }[]): Imported['left'] {
  const counts = new Map<string, number>();
  for (const { why } of left) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, count }));
}

/** Number of entries written. */
export async function exportTmx(memory: MemoryFile, path: string, languages: LanguagePair, appVersion: string): Promise<number> {
  let written = 0;
  function* counted() {
    for (const page of memory.export(languages)) {
      written += page.length;
      yield page;
    }
  }
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await pipeline(Readable.from(writeTmx(languages, counted(), appVersion)), createWriteStream(temporary));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return written;
}

/** Number of terms written. */
export async function exportGlossary(memory: MemoryFile, path: string, languages: LanguagePair): Promise<number> {
  const terms = memory.terms(languages);
  await writeFileAtomic(path, isTbx(path) ? writeTbx(languages, terms) : writeCsv(terms));
  return terms.length;
}

/** What a translated file is called: `report_de.docx` beside `report.docx` unless a person chose otherwise, and `report_de (2).docx` where that is taken. */
import { basename, dirname, extname, join } from 'node:path';
import { namedBy, USUAL_NAME_PATTERN } from '../../shared/output-name';

/** How files are named, and where they go. */
export interface Naming {
  pattern: string;
  /** Beside the source where there is none. */
  folder?: string | undefined;
  /** With its dot; the source's where there is none. */
  extension?: string | undefined;
}

/** The path of `source`'s translation into the language `to`. */
export function translatedPath(source: string, to: string, { pattern, folder = dirname(source), extension }: Naming): string {
  const own = extname(source);
  return join(folder, namedBy(pattern, basename(source, own), to) + (extension ?? own));
}

/** Of the bilingual file beside a translation: named as that is, with both languages in the place of one: `report_en-de.docx`. */
export function bilingualPath(source: string, { from, to }: { from: string; to: string }, translation: string): string {
  const extension = extname(translation);
  const name = basename(source, extname(source));
  const own = basename(translation, extension).replace(NUMBER, '');
  const at = own.indexOf(name);
  const around = at < 0 ? [] : [own.slice(0, at), own.slice(at + name.length)];
  const word = new RegExp(`(?<![a-z])${to}(?![a-z])`);
  const isNamedSo = around.filter((part) => word.test(part)).length === 1;
  const [before = '', after = ''] = isNamedSo ? around.map((part) => part.replace(word, `${from}-${to}`)) : ['', `_${from}-${to}`];
  return join(dirname(translation), `${before}${name}${after}${extension}`);
}

const NUMBER = / \(\d+\)$/;

/** The name to use where `attempt - 1` others are taken; the first attempt is the path itself. */
export function numbered(path: string, attempt: number): string {
  if (attempt === 1) return path;
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)} (${attempt})${extension}`);
}

/**
 * The file's name without what `translatedPath`, `bilingualPath` and `numbered` add by the pattern or the usual one, or null where they
 * added nothing.
 */
export function sourceName(name: string, to: string, pattern: string, sourceExtension = extname(name)): string | null {
  const stem = basename(name, extname(name)).replace(NUMBER, '');
  for (const known of new Set([pattern, USUAL_NAME_PATTERN])) {
    const [, source] = new RegExp(`^${namedBy(escaped(known), '(.+)', `(?:[a-z]{2,3}-)?${to}`)}$`).exec(stem) ?? [];
    if (source !== undefined) return source + sourceExtension;
  }
  return null;
}

/** The pattern as part of an expression; its braces stay. */
const escaped = (pattern: string): string => pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&');

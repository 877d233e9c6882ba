/** How translated files are named: a pattern in which `{name}` stands for the document's name and `{lang}` for the language it is now in. */
import { z } from 'zod';

export const USUAL_NAME_PATTERN = '{name}_{lang}';

/** What a name may not hold on Windows, nor a folder's separator on any system. */
const FORBIDDEN = new RegExp('[<>:"/\\\\|?*\\u0000-\\u001f]');
const LONGEST = 100;

export type NamePatternProblem = 'no-name' | 'no-language' | 'forbidden' | 'unknown' | 'end' | 'long';

/** Null: it can be used. */
export function namePatternProblem(pattern: string): NamePatternProblem | null {
  if (pattern.length > LONGEST) return 'long';
  if (pattern.split('{name}').length !== 2) return 'no-name';
  if (pattern.split('{lang}').length !== 2) return 'no-language';
  const fixed = pattern.replace('{name}', '').replace('{lang}', '');
  if (/[{}]/.test(fixed)) return 'unknown';
  if (FORBIDDEN.test(fixed)) return 'forbidden';
  // The extension follows: a dot there would be lost, a space would not be seen. A leading dot hides the file.
  return /[. ]$|^[. ]/.test(pattern) ? 'end' : null;
}

export const namePatternSchema = z.string().refine((pattern) => namePatternProblem(pattern) === null, {
  error: ({ input }) =>
    `got “${String(input)}”, expected {name} and {lang} once each, and besides them only what a file's name may hold, for example ${USUAL_NAME_PATTERN} or {name}.{lang}`,
});

/** A name without its extension. */
export const namedBy = (pattern: string, name: string, language: string): string =>
  // Not `replace` with a string: a document's name may hold its signs.
  pattern.replace(/\{(name|lang)\}/g, (_braces, what) => (what === 'name' ? name : language));

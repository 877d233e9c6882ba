/** What a translated file is called: `report_de.docx` beside `report.docx`, and `report_de (2).docx` where that is taken. */
import { basename, dirname, extname, join } from 'node:path';

/** The path of `source`'s translation into the language `to`, in `folder`, or beside the source; `extension` with its dot. */
export function translatedPath(source: string, to: string, folder = dirname(source), extension = extname(source)): string {
  return join(folder, `${basename(source, extname(source))}_${to}${extension}`);
}

/** As `translatedPath`, of the bilingual file that stands beside a translation: `report_en-de.docx`. */
export function bilingualPath(source: string, { from, to }: { from: string; to: string }, translation: string): string {
  return translatedPath(source, `${from}-${to}`, dirname(translation), extname(translation));
}

/** The name to use where `attempt - 1` others are taken; the first attempt is the path itself. */
export function numbered(path: string, attempt: number): string {
  if (attempt === 1) return path;
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)} (${attempt})${extension}`);
}

/** The file's name without what `translatedPath`, `bilingualPath` and `numbered` add, or null where they added nothing. */
export function sourceName(name: string, to: string, sourceExtension = extname(name)): string | null {
  const stem = basename(name, extname(name)).replace(/ \(\d+\)$/, '');
  const [added = ''] = new RegExp(`(?<=.)_(?:[a-z]{2,3}-)?${to}$`).exec(stem) ?? [];
  return added === '' ? null : stem.slice(0, -added.length) + sourceExtension;
}

/** Which documents are meant by files and folders that a person named. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { reason } from '../reasons';
import { fileReason } from './job-failure';
import { FORMATS } from './known-formats';
import { sourceName, translatedPath } from './output-name';

export interface FoundDocument {
  readonly path: string;
  readonly bytes: number;
  /** Name of its format, by its extension. */
  readonly format: string;
  /** Where its translation goes. */
  readonly output: string;
}

export interface FoundDocuments {
  readonly found: readonly FoundDocument[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

export interface Wanted {
  /** Target language. */
  readonly to: string;
  /** Null: beside the sources. Else the folders found inside a named folder are made in it again. */
  readonly outputFolder: string | null;
  /** How translations are named, see output-name.ts. */
  readonly namePattern: string;
  /** Leave out documents whose translation is there already. */
  readonly skipExisting: boolean;
  /** Id of the format that documents flow into that are not written in their own. */
  readonly reflowInto: string;
}

/**
 * Folders are walked, in the order of names; links in them are not followed, hidden files and folders (a dot in front) are passed over
 * without a word. Never throws: what cannot be used is told.
 */
export async function findDocuments(paths: readonly string[], wanted: Wanted): Promise<FoundDocuments> {
  const found: FoundDocument[] = [];
  const skipped: { path: string; why: string }[] = [];
  const skip = (path: string, why: string) => void skipped.push({ path, why });

  /** The document at a path, or why it is none. */
  async function look(path: string, root: string, siblings: readonly string[]): Promise<FoundDocument | string> {
    const own = extname(path).slice(1).toLowerCase();
    const format = FORMATS.find(({ extensions }) => extensions.includes(own));
    if (!format) return reason`no format known here`;
    const source = sourcesOf(basename(path), wanted).find((name) => siblings.includes(name));
    if (source !== undefined) return reason`it is the translation of “${source}”`;
    const { outputFolder, namePattern } = wanted;
    const into = format.reflow?.into.find(({ id }) => id === wanted.reflowInto) ?? format.reflow?.into[0];
    const extension = into?.extensions[0] ?? format.translatedExtensions?.[own];
    const output = translatedPath(path, wanted.to, {
      pattern: namePattern,
      folder: outputFolder === null ? undefined : join(outputFolder, relative(root, dirname(path))),
      extension: extension && `.${extension}`,
    });
    if (wanted.skipExisting && (await exists(output))) return reason`its translation is there already`;
    return { path, bytes: (await stat(path)).size, format: format.name, output };
  }

  async function take(path: string, root: string, siblings: readonly string[]): Promise<void> {
    const document = await look(path, root, siblings);
    if (typeof document === 'string') skip(path, document);
    else found.push(document);
  }

  async function walk(folder: string, root: string): Promise<void> {
    const all = await readdir(folder, { withFileTypes: true });
    const entries = all.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = entries.map(({ name }) => name);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      await told(path, async () => {
        if (entry.name.startsWith('~$')) skip(path, reason`the lock of an open document`);
        else if (entry.isSymbolicLink()) skip(path, reason`a link`);
        else if (entry.isDirectory()) await walk(path, root);
        else if (entry.isFile()) await take(path, root, names);
        else skip(path, reason`not a file`);
      });
    }
  }

  async function told(path: string, use: () => Promise<void>): Promise<void> {
    try {
      await use();
    } catch (error) {
      skip(path, fileReason(error));
    }
  }

  for (const path of paths) {
    await told(path, async () => {
      if ((await stat(path)).isDirectory()) await walk(path, path);
      else await take(path, dirname(path), []);
    });
  }
  return { found, skipped };
}

/** Names that a file would have come from, were it a translation. */
function sourcesOf(name: string, { to, namePattern }: Pick<Wanted, 'to' | 'namePattern'>): string[] {
  const lost = FORMATS.flatMap(({ reflow, extensions, translatedExtensions = {} }) =>
    reflow ? extensions : Object.keys(translatedExtensions),
  );
  return [undefined, ...lost.map((extension) => `.${extension}`)].flatMap(
    (extension) => sourceName(name, to, namePattern, extension) ?? [],
  );
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

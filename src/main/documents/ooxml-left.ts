/** What every Office Open XML file may hold besides its text: told, and kept byte by byte. */
import { type ContainerDocument, counted } from './container-document';
import type { ZipArchive } from './zip';

const NOT_TEXT: readonly (readonly [pattern: RegExp, what: (count: number) => string, why: string])[] = [
  [/(^|\/)vbaProject\.bin$/, counted('macro project'), 'Macros are programs; they are kept as they are.'],
  [/^_xmlsignatures\/[^/]*\.xml$/, counted('digital signature'), 'It signs the text as it was; a translated document no longer fits it.'],
  [/\/glossary\/document\.xml$/, counted('collection of building blocks', 'collections of building blocks'), 'It is not part of the text.'],
  [
    /\/(media|embeddings)\/[^/]*\.(mp3|wav|m4a|wma|mp4|avi|mov|wmv|mpe?g)$/i,
    counted('sound or video', 'sounds or videos'),
    'Speech cannot be read.',
  ],
];

export function leaveOfficeParts(document: ContainerDocument, archive: ZipArchive): void {
  for (const [pattern, what, why] of NOT_TEXT) {
    const count = archive.names.filter((name) => pattern.test(name)).length;
    if (count > 0) document.leave(what, why, count);
  }
}

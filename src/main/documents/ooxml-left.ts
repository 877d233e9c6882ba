/** What every Office Open XML file may hold besides its text: told, and kept byte by byte. */
import { reason } from '../reasons';
import type { ContainerDocument } from './container-document';
import { LEFT_OUT, type Counted } from './left-out';
import type { ZipArchive } from './zip';

const NOT_TEXT: readonly (readonly [pattern: RegExp, what: Counted, why: () => string])[] = [
  [/(^|\/)vbaProject\.bin$/, LEFT_OUT.macroProjects, () => reason`Macros are programs; they are kept as they are.`],
  [
    /^_xmlsignatures\/[^/]*\.xml$/,
    LEFT_OUT.signatures,
    () => reason`It signs the text as it was; a translated document no longer fits it.`,
  ],
  [/\/glossary\/document\.xml$/, LEFT_OUT.buildingBlocks, () => reason`It is not part of the text.`],
  [/\/(media|embeddings)\/[^/]*\.(mp3|wav|m4a|wma|mp4|avi|mov|wmv|mpe?g)$/i, LEFT_OUT.recordings, () => reason`Speech cannot be read.`],
];

export function leaveOfficeParts(document: ContainerDocument, archive: ZipArchive): void {
  for (const [pattern, what, why] of NOT_TEXT) {
    const count = archive.names.filter((name) => pattern.test(name)).length;
    if (count > 0) document.leave(what, why(), count);
  }
}

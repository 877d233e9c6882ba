/** Namespaces and fixed part names of OpenDocument files. */
import type { XmlVocabulary } from './xml';

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';

export const ODF_MANIFEST = 'META-INF/manifest.xml';

export const ODF_VOCABULARY: XmlVocabulary = {
  prefixes: new Map([
    ...['office', 'style', 'text', 'table', 'chart', 'form', 'presentation', 'manifest'].map((name): [string, string] => [
      `${OASIS}:${name}:1.0`,
      name,
    ]),
    [`${OASIS}:drawing:1.0`, 'draw'],
    [`${OASIS}:svg-compatible:1.0`, 'svg'],
    [`${OASIS}:xsl-fo-compatible:1.0`, 'fo'],
    ['http://openoffice.org/2001/manifest', 'manifest'],
    ['http://www.w3.org/1999/xlink', 'xlink'],
    ['http://www.w3.org/1998/Math/MathML', 'math'],
  ]),
};

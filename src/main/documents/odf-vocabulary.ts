/** Namespaces and fixed part names of OpenDocument files, and where they name languages. */
import type { PartLanguages } from './part-languages';
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
    ['http://purl.org/dc/elements/1.1/', 'dc'],
    ['http://www.w3.org/1999/xlink', 'xlink'],
    ['http://www.w3.org/1998/Math/MathML', 'math'],
  ]),
};

export const ODF_LANGUAGES: PartLanguages = {
  parts: /(?:^|\/)(?:content|styles|meta)\.xml$/,
  vocabulary: ODF_VOCABULARY,
  elements: new Set(['dc:language']),
  attributes: new Set(['fo:language']),
  regions: new Map([['fo:language', 'fo:country']]),
};

/** What Office Open XML files have in common: relations between parts, media types, namespaces. Knows no text. */
import { reason } from '../reasons';
import { DocumentError } from './format';
import { readPart } from './container-document';
import type { PartLanguages } from './part-languages';
import { attributeOf, elementsOf, within, type XmlVocabulary } from './xml';
import type { ZipArchive } from './zip';

const OFFICE = 'http://schemas.openxmlformats.org';
const STRICT = 'http://purl.oclc.org/ooxml';

/** Prefix by path of the namespace below both the usual and the strict root. */
const SHARED_NAMESPACES: readonly (readonly [prefix: string, usual: string, strict: string])[] = [
  ['w', `${OFFICE}/wordprocessingml/2006/main`, `${STRICT}/wordprocessingml/main`],
  ['a', `${OFFICE}/drawingml/2006/main`, `${STRICT}/drawingml/main`],
  ['p', `${OFFICE}/presentationml/2006/main`, `${STRICT}/presentationml/main`],
  ['x', `${OFFICE}/spreadsheetml/2006/main`, `${STRICT}/spreadsheetml/main`],
  ['r', `${OFFICE}/officeDocument/2006/relationships`, `${STRICT}/officeDocument/relationships`],
  ['m', `${OFFICE}/officeDocument/2006/math`, `${STRICT}/officeDocument/math`],
  ['wp', `${OFFICE}/drawingml/2006/wordprocessingDrawing`, `${STRICT}/drawingml/wordprocessingDrawing`],
  ['xdr', `${OFFICE}/drawingml/2006/spreadsheetDrawing`, `${STRICT}/drawingml/spreadsheetDrawing`],
  ['pic', `${OFFICE}/drawingml/2006/picture`, `${STRICT}/drawingml/picture`],
  ['c', `${OFFICE}/drawingml/2006/chart`, `${STRICT}/drawingml/chart`],
  ['dgm', `${OFFICE}/drawingml/2006/diagram`, `${STRICT}/drawingml/diagram`],
];

export const OFFICE_VOCABULARY: XmlVocabulary = {
  prefixes: new Map([
    ...SHARED_NAMESPACES.flatMap(([prefix, usual, strict]): [string, string][] => [
      [usual, prefix],
      [strict, prefix],
    ]),
    [`${OFFICE}/markup-compatibility/2006`, 'mc'],
    [`${OFFICE}/package/2006/relationships`, 'rel'],
    [`${OFFICE}/package/2006/content-types`, 'ct'],
    ['urn:schemas-microsoft-com:vml', 'v'],
    ['http://purl.org/dc/elements/1.1/', 'dc'],
    ['http://schemas.microsoft.com/office/word/2010/wordprocessingShape', 'wps'],
    ['http://schemas.microsoft.com/office/drawing/2008/diagram', 'dsp'],
    ['http://schemas.microsoft.com/office/drawing/2014/chartex', 'cx'],
    ['http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments', 'tc'],
  ]),
};

/** Samples of layouts and masters are not translated, and long sheets name no language. */
export const OFFICE_LANGUAGES: PartLanguages = {
  parts:
    /^docProps\/core\.xml$|^(?:word|ppt|xl)\/(?!(?:slideLayouts|slideMasters|handoutMasters|notesMasters|worksheets)\/|sharedStrings\.xml)(?:.*\/)?[^/]*\.xml$/,
  vocabulary: OFFICE_VOCABULARY,
  elements: new Set(['dc:language']),
  attributes: new Set(['w:lang@w:val', 'a:rPr@lang', 'a:endParaRPr@lang', 'a:defRPr@lang']),
};

const TYPES_PART = '[Content_Types].xml';

export interface Relation {
  readonly id: string;
  /** The last step of its type's address: `header`, `chart`, `officeDocument`. */
  readonly type: string;
  /** A part's name; empty for what is outside of the file. */
  readonly target: string;
}

/** The relations of a part, or with an empty name of the whole package; in the order written. Targets need not exist. */
export async function relationsOf(archive: ZipArchive, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/') + 1;
  const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  if (!archive.has(name)) return [];
  const { root } = await readPart(archive, name, OFFICE_VOCABULARY);
  return elementsOf(root)
    .filter((element) => element.name === 'rel:Relationship')
    .map((element) => ({
      id: attributeOf(element, 'Id') ?? '',
      type: (attributeOf(element, 'Type') ?? '').split('/').at(-1) ?? '',
      target: attributeOf(element, 'TargetMode') === 'External' ? '' : resolved(part.slice(0, slash), attributeOf(element, 'Target') ?? ''),
    }));
}

/** A path in the archive, from a reference in a part of the given folder (with its last slash). */
export function resolved(folder: string, reference: string): string {
  const path = reference.replaceAll('\\', '/');
  const steps: string[] = [];
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The part that the package begins with and its media type. Throws `DocumentError` where the package names none. */
export async function mainPartOf(archive: ZipArchive): Promise<{ mainPart: string; mediaType: string }> {
  const relations = await relationsOf(archive, '');
  const mainPart = relations.find(({ type, target }) => type === 'officeDocument' && archive.has(target))?.target;
  if (mainPart === undefined)
    throw new DocumentError(reason`The file is an Office package that names no document in it; it is damaged. Get it again.`);
  const { root } = await readPart(archive, TYPES_PART, OFFICE_VOCABULARY);
  const types = [...within(root)];
  const own = types.find((element) => attributeOf(element, 'PartName')?.toLowerCase() === `/${mainPart.toLowerCase()}`);
  const extension = mainPart.slice(mainPart.lastIndexOf('.') + 1);
  const usual = types.find((element) => attributeOf(element, 'Extension')?.toLowerCase() === extension.toLowerCase());
  return { mainPart, mediaType: attributeOf(own ?? usual ?? root, 'ContentType') ?? '' };
}

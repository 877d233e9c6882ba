/** Text in DrawingML: shapes, tables, charts and diagrams of all Office Open XML files, and the descriptions of their pictures. */
import { reason } from '../reasons';
import { ContainerDocument, readPart, type XmlPart } from './container-document';
import { LEFT_OUT } from './left-out';
import { OFFICE_VOCABULARY, relationsOf } from './ooxml-package';
import { inPlace } from './place';
import type { Piece, TextFormat } from './text-layout';
import { childOf, contentOf, described, elementsOf, escapeText, type XmlElement } from './xml';
import type { ZipArchive } from './zip';

/** What programs put into a description by themselves: a file's name or address. */
export const FILE_NAME = /^\S+:\/\/\S+$|^[^\n]*[\w)]\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg|webp|pdf)$/i;

/** The description and title of a drawing's properties (`wp:docPr`, `p:cNvPr`, …). */
export function addDescription(document: ContainerDocument, part: XmlPart, properties: XmlElement, place: string): void {
  for (const attribute of properties.attributes) {
    if (attribute.name !== 'descr' && attribute.name !== 'title') continue;
    if (FILE_NAME.test(attribute.value)) continue;
    document.addAttribute(part, attribute, inPlace(place, reason`picture description`));
  }
}

/** The choices of an `mc:AlternateContent` say the same for newer and older programs: they are translated together. */
export function addAlternatives(document: ContainerDocument, element: XmlElement, add: (alternative: XmlElement) => void): void {
  const first = document.blockCount;
  elementsOf(element).forEach((alternative, index) => {
    const from = document.blockCount;
    add(alternative);
    if (index > 0) document.foldCopies(first, from);
  });
}

/** Every paragraph below an element. */
export function addDrawing(document: ContainerDocument, part: XmlPart, element: XmlElement, place: string): void {
  switch (element.name) {
    case 'a:p':
      addParagraph(document, part, element, place);
      return;
    case 'mc:AlternateContent':
      addAlternatives(document, element, (alternative) =>
        elementsOf(alternative).forEach((child) => addDrawing(document, part, child, place)),
      );
      return;
    case 'p:pic':
    case 'pic:pic':
    case 'xdr:pic':
      document.leave(LEFT_OUT.images, reason`Text in images cannot be read.`);
      break;
    case 'p:oleObj':
    case 'x:oleObject':
      document.leave(LEFT_OUT.objects, reason`Other programs write what is in it.`);
      break;
    case 'p:cNvPr':
    case 'pic:cNvPr':
    case 'xdr:cNvPr':
    case 'wp:docPr':
      addDescription(document, part, element, place);
      break;
    case 'c:strCache':
      document.leave(LEFT_OUT.chartLabels, reason`They come from the chart's data sheet.`);
      return;
  }
  for (const child of elementsOf(element)) addDrawing(document, part, child, place);
}

function addParagraph(document: ContainerDocument, part: XmlPart, paragraph: XmlElement, place: string): void {
  const pieces: Piece[] = [];
  const formats = new Map<string, TextFormat>();
  const children = elementsOf(paragraph).filter(({ name }) => name !== 'a:pPr' && name !== 'a:endParaRPr');
  for (const child of children) {
    const text = child.name === 'a:r' ? childOf(child, 'a:t') : undefined;
    if (text) pieces.push({ kind: 'text', text: contentOf(text), format: formatOf(formats, part, child), markup: [child] });
    else if (child.name !== 'a:r') pieces.push({ kind: 'alone', markup: [child] });
  }
  const start = children[0]?.start;
  const end = children.at(-1)?.end;
  if (start !== undefined && end !== undefined) document.addText(part, pieces, { start, end }, place);
}

function formatOf(formats: Map<string, TextFormat>, part: XmlPart, run: XmlElement): TextFormat {
  const properties = childOf(run, 'a:rPr');
  const key = properties ? lookOf(properties) : '';
  const known = formats.get(key);
  if (known) return known;
  const prefix = run.tag.slice(0, run.tag.lastIndexOf(':') + 1);
  const written = properties ? part.source.text.slice(properties.start, properties.end) : '';
  const write = (text: string): string => `<${run.tag}>${written}<${prefix}t>${escapeText(text)}</${prefix}t></${run.tag}>`;
  const format = { key, write };
  formats.set(key, format);
  return format;
}

/** Attributes of run properties that say nothing about the look. */
const LOOKLESS = new Set(['lang', 'altLang', 'dirty', 'err', 'smtClean', 'smtId', 'noProof', 'bmk']);

function lookOf(properties: XmlElement): string {
  const attributes = properties.attributes
    .filter(({ name }) => !LOOKLESS.has(name))
    .map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
  const children = elementsOf(properties).filter(({ name }) => name !== 'a:extLst');
  return [...attributes.sort(), ...children.map(described)].join(' ');
}

const CHART_TYPES = new Set(['chart', 'chartEx']);

/** Charts and diagrams that a part shows, in the order of its relations. */
export async function addDrawingParts(document: ContainerDocument, archive: ZipArchive, partName: string, place: string): Promise<void> {
  const relations = (await relationsOf(archive, partName)).filter(({ target }) => archive.has(target));
  const add = async (name: string, where: string): Promise<void> => {
    const part = await readPart(archive, name, OFFICE_VOCABULARY);
    addDrawing(document, part, part.root, where);
  };
  let charts = 0;
  for (const { target } of relations.filter(({ type }) => CHART_TYPES.has(type))) {
    charts++;
    const chart = inPlace(place, reason`chart ${String(charts)}`);
    await add(target, chart);
    for (const shapes of await relationsOf(archive, target)) {
      if (shapes.type === 'chartUserShapes' && archive.has(shapes.target)) await add(shapes.target, chart);
    }
  }
  const first = document.blockCount;
  for (const [index, { target }] of relations.filter(({ type }) => type === 'diagramData').entries()) {
    await add(target, inPlace(place, reason`diagram ${String(index + 1)}`));
  }
  // What was last drawn of each diagram: the same text again, and what a layout added to it.
  const from = document.blockCount;
  for (const { target } of relations.filter(({ type }) => type === 'diagramDrawing')) await add(target, inPlace(place, reason`diagram`));
  document.foldCopies(first, from);
}

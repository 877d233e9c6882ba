/** PowerPoint presentations: slides in their order, each with its charts, diagrams, notes and comments. Layouts and masters are left. */
import { reason } from '../../reasons';
import { openContainer } from '../container-kind';
import { ContainerDocument, readPart } from '../container-document';
import { addDrawing, addDrawingParts } from '../drawing-text';
import type { Format, OpenDocument } from '../format';
import { LEFT_OUT } from '../left-out';
import { leaveOfficeParts } from '../ooxml-left';
import { OFFICE_LANGUAGES, OFFICE_VOCABULARY, relationsOf } from '../ooxml-package';
import { inPlace } from '../place';
import { attributeOf, elementsOf, escapeText, within } from '../xml';
import type { ZipArchive } from '../zip';

export const pptx: Format = {
  id: 'pptx',
  name: 'PowerPoint presentation',
  extensions: ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx', 'potm'],
  read,
};

async function read(bytes: Uint8Array): Promise<OpenDocument> {
  const { archive, mainPart } = await openContainer(bytes, pptx);
  const document = new ContainerDocument(archive, OFFICE_LANGUAGES);
  const slides = await slidesOf(archive, mainPart);
  for (const [index, slide] of slides.entries()) await addSlide(document, archive, slide, reason`slide ${String(index + 1)}`);
  const layouts = archive.names.filter((name) => /\/(?:slideLayouts|slideMasters)\/[^/]*\.xml$/.test(name)).length;
  if (layouts > 0) document.leave(LEFT_OUT.layouts, reason`Slides do not show their sample text.`, layouts);
  leaveOfficeParts(document, archive);
  return document.open();
}

/** Part names in the order of the show. */
async function slidesOf(archive: ZipArchive, mainPart: string): Promise<string[]> {
  const { root } = await readPart(archive, mainPart, OFFICE_VOCABULARY);
  const targets = new Map((await relationsOf(archive, mainPart)).map(({ id, target }) => [id, target]));
  const list = elementsOf(root).find(({ name }) => name === 'p:sldIdLst');
  const names = (list ? elementsOf(list) : []).map((slide) => targets.get(attributeOf(slide, 'r:id') ?? '') ?? '');
  return [...new Set(names)].filter((name) => archive.has(name));
}

async function addSlide(document: ContainerDocument, archive: ZipArchive, name: string, place: string): Promise<void> {
  const slide = await readPart(archive, name, OFFICE_VOCABULARY);
  addDrawing(document, slide, slide.root, place);
  await addDrawingParts(document, archive, name, place);
  for (const { type, target } of await relationsOf(archive, name)) {
    if (!archive.has(target)) continue;
    if (type === 'notesSlide') {
      const notes = await readPart(archive, target, OFFICE_VOCABULARY);
      addDrawing(document, notes, notes.root, inPlace(place, reason`notes`));
    } else if (type === 'comments') {
      await addComments(document, archive, target, inPlace(place, reason`comment`));
    }
  }
}

/** Older comments are plain text, newer ones have paragraphs like shapes. */
async function addComments(document: ContainerDocument, archive: ZipArchive, name: string, place: string): Promise<void> {
  const part = await readPart(archive, name, OFFICE_VOCABULARY);
  const format = { key: '', write: escapeText };
  for (const element of within(part.root)) {
    if (element.name !== 'p:text') continue;
    const range = { start: element.contentStart, end: element.contentEnd };
    const text =
      elementsOf(element).length === 0 ? element.children.map((child) => (child.kind === 'text' ? child.text : '')).join('') : '';
    document.addText(part, [{ kind: 'text', text, format, markup: [range] }], range, place);
  }
  addDrawing(document, part, part.root, place);
}

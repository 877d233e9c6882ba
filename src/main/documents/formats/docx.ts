/**
 * Word documents: the body with its tables and text boxes, notes, comments, headers, footers, charts and diagrams, descriptions of
 * pictures. What a paragraph holds is `docx-paragraph.ts`'s.
 */
import { reason } from '../../reasons';
import { bilingualDocx } from '../bilingual-docx';
import { openContainer, type Container } from '../container-kind';
import { ContainerDocument, readPart, type XmlPart } from '../container-document';
import { addDrawingParts, addAlternatives, addDescription } from '../drawing-text';
import type { Format, OpenDocument } from '../format';
import { LEFT_OUT } from '../left-out';
import { OFFICE_LANGUAGES, OFFICE_VOCABULARY, type Relation, relationsOf } from '../ooxml-package';
import { leaveOfficeParts } from '../ooxml-left';
import { inPlace } from '../place';
import { attributeOf, elementsOf, type XmlElement } from '../xml';
import { paragraphPieces } from '../docx-paragraph';

export const docx: Format = {
  id: 'docx',
  name: 'Word document',
  extensions: ['docx', 'docm', 'dotx', 'dotm'],
  read,
  bilingual: (source, translation) => bilingualDocx(docx, source, translation),
};

async function read(bytes: Uint8Array): Promise<OpenDocument> {
  const { archive, mainPart } = await openContainer(bytes, docx);
  const document = new ContainerDocument(archive, OFFICE_LANGUAGES);
  const relations = await relationsOf(archive, mainPart);
  await addStory({ archive, document }, { target: mainPart, place: '', placeOf: () => '' });
  for (const story of storiesOf(relations)) {
    if (archive.has(story.target)) await addStory({ archive, document }, story);
  }
  leaveOfficeParts(document, archive);
  return document.open();
}

interface Context extends Pick<Container, 'archive'> {
  readonly document: ContainerDocument;
}

interface Story {
  readonly target: string;
  readonly place: string;
  /** Of a note or comment in it. */
  placeOf(number: string): string;
}

interface StoryType {
  readonly type: string;
  /** Of the only part of this type; null where there are several, and the number says which. */
  readonly whole: (() => string) | null;
  numbered(number: string): string;
}

const STORY_TYPES: readonly StoryType[] = [
  { type: 'footnotes', whole: () => reason`footnotes`, numbered: (number) => reason`footnote ${number}` },
  { type: 'endnotes', whole: () => reason`endnotes`, numbered: (number) => reason`endnote ${number}` },
  { type: 'header', whole: null, numbered: (number) => reason`header ${number}` },
  { type: 'footer', whole: null, numbered: (number) => reason`footer ${number}` },
  { type: 'comments', whole: () => reason`comments`, numbered: (number) => reason`comment ${number}` },
];

function storiesOf(relations: readonly Relation[]): Story[] {
  return STORY_TYPES.flatMap(({ type, whole, numbered }) => {
    const targets = [...new Set(relations.filter((relation) => relation.type === type).map(({ target }) => target))];
    return targets.map((target, index) => ({ target, place: whole?.() ?? numbered(String(index + 1)), placeOf: numbered }));
  });
}

/** A part with paragraphs, and the charts and diagrams it shows. */
async function addStory({ archive, document }: Context, { target, place, placeOf }: Story): Promise<void> {
  const part = await readPart(archive, target, OFFICE_VOCABULARY);
  const walker = new StoryWalker(document, part);
  const items = elementsOf(part.root).filter((element) => NUMBERED_ITEMS.has(element.name));
  if (items.length > 0) items.filter(isWritten).forEach((item, index) => walker.walkChildren(item, placeOf(String(index + 1))));
  else walker.walk(part.root, place);
  await addDrawingParts(document, archive, target, place);
}

const NUMBERED_ITEMS = new Set(['w:footnote', 'w:endnote', 'w:comment']);

/** The lines that separate notes from the text are notes too, of a type. */
function isWritten(item: XmlElement): boolean {
  const type = attributeOf(item, 'w:type');
  return type === undefined || type === 'normal';
}

class StoryWalker {
  constructor(
    private readonly document: ContainerDocument,
    private readonly part: XmlPart,
  ) {}

  walkChildren(element: XmlElement, place: string): void {
    for (const child of elementsOf(element)) this.walk(child, place);
  }

  walk(element: XmlElement, place: string): void {
    const { document } = this;
    switch (element.name) {
      case 'w:p':
        this.addParagraph(element, place);
        return;
      case 'mc:AlternateContent':
        addAlternatives(document, element, (alternative) => this.walkChildren(alternative, place));
        return;
      case 'w:txbxContent':
        this.walkChildren(element, inPlace(place, reason`text box`));
        return;
      case 'w:del':
      case 'w:moveFrom':
        document.leave(LEFT_OUT.deleted, reason`Tracked changes keep what was deleted as it was.`);
        return;
      case 'w:object':
        document.leave(LEFT_OUT.objects, reason`Other programs write what is in it.`);
        break;
      case 'pic:pic':
      case 'v:imagedata':
        document.leave(LEFT_OUT.images, reason`Text in images cannot be read.`);
        break;
      case 'm:oMath':
        document.leave(LEFT_OUT.formulas, reason`Formulas are the same in every language.`);
        return;
      case 'w:altChunk':
        document.leave(LEFT_OUT.documents, reason`It is a file of its own inside the document.`);
        break;
      case 'wp:docPr':
        addDescription(document, this.part, element, place);
        break;
    }
    this.walkChildren(element, place);
  }

  private addParagraph(paragraph: XmlElement, place: string): void {
    const { document, part } = this;
    const { pieces, nested, range, keptFields } = paragraphPieces(part, paragraph);
    document.addText(part, pieces, range, place);
    document.leave(LEFT_OUT.fields, reason`Word fills in page numbers, dates and the like.`, keptFields);
    for (const element of nested) this.walk(element, place);
  }
}

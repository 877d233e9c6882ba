/**
 * A flow as a Word document. Code and formulas are marked as text of no language (`zxx`), which translators and spelling checkers leave
 * alone.
 */
import { packZip } from '../zip';
import type { Flow, FlowBlock } from './flow';
import { sameList, type ListMark } from './list-mark';
import type { Span } from './stretches';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** A step of indentation, in twentieths of a point. */
const STEP = 425;

export async function docxOf(flow: Flow): Promise<Uint8Array> {
  const writer = new DocxWriter();
  const body = flow.blocks.map((block) => writer.block(block)).join('');
  const parts: [string, string][] = [
    ['[Content_Types].xml', CONTENT_TYPES],
    ['_rels/.rels', RELATIONS],
    ['docProps/core.xml', coreProperties(flow.title)],
    ['word/document.xml', `${XML}<w:document xmlns:w="${W}" xmlns:r="${R}"><w:body>${body}${SECTION}</w:body></w:document>`],
    ['word/styles.xml', STYLES],
    ['word/numbering.xml', writer.numbering()],
    ['word/_rels/document.xml.rels', writer.relations()],
  ];
  return packZip(new Map(parts.map(([name, xml]) => [name, Buffer.from(xml)])));
}

class DocxWriter {
  private readonly links = new Map<string, string>();
  /** Every list has a numbering of its own, so that each begins with its own number. */
  private readonly lists: { readonly mark: ListMark; readonly depth: number }[] = [];
  /** Numbers of the lists that are open, by depth. */
  private open: number[] = [];

  block(block: FlowBlock): string {
    if (block.kind !== 'item') this.open = [];
    switch (block.kind) {
      case 'heading':
        return paragraph(`<w:pStyle w:val="Heading${block.level}"/>`, this.inline(block.spans));
      case 'paragraph':
        return paragraph(block.depth > 0 ? `<w:ind w:left="${block.depth * STEP}"/>` : '', this.inline(block.spans));
      case 'item':
        return paragraph(this.listProperties(block.depth, block.mark), this.inline(block.spans));
      case 'verbatim':
        return paragraph('<w:pStyle w:val="Code"/>', `<w:r><w:rPr>${NO_LANGUAGE}</w:rPr>${block.lines.map(textXml).join('<w:br/>')}</w:r>`);
      case 'table':
        return this.table(block.rows);
      default:
        return block satisfies never;
    }
  }

  relations(): string {
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const links = [...this.links].map(
      ([href, id]) => `<Relationship Id="${id}" Type="${type}/hyperlink" Target="${escaped(href)}" TargetMode="External"/>`,
    );
    return `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${type}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${type}/numbering" Target="numbering.xml"/>${links.join('')}</Relationships>`;
  }

  numbering(): string {
    const definitions = this.lists.map(({ mark, depth }, number) => {
      const format = mark.kind === 'bullet' ? 'bullet' : NUMBER_FORMATS[mark.style];
      const text = mark.kind === 'bullet' ? BULLETS[depth % BULLETS.length] : `${mark.before}%${depth + 1}${mark.after}`;
      const start = mark.kind === 'bullet' ? 1 : mark.value;
      const indent = `<w:pPr><w:ind w:left="${(depth + 1) * STEP}" w:hanging="${STEP}"/></w:pPr>`;
      const level = `<w:lvl w:ilvl="${depth}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${escaped(text ?? '')}"/><w:lvlJc w:val="left"/>${indent}</w:lvl>`;
      return `<w:abstractNum w:abstractNumId="${number}"><w:multiLevelType w:val="hybridMultilevel"/>${level}</w:abstractNum>`;
    });
    const numbers = this.lists.map((_, number) => `<w:num w:numId="${number + 1}"><w:abstractNumId w:val="${number}"/></w:num>`);
    return `${XML}<w:numbering xmlns:w="${W}">${definitions.join('')}${numbers.join('')}</w:numbering>`;
  }

  private listProperties(depth: number, mark: ListMark): string {
    const level = Math.min(depth, 8);
    this.open = this.open.slice(0, level + 1);
    const known = this.open[level];
    const list = known === undefined ? undefined : this.lists[known];
    if (known === undefined || !list || !sameList(list.mark, mark)) {
      this.open[level] = this.lists.length;
      this.lists.push({ mark, depth: level });
    }
    return `<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${(this.open[level] ?? 0) + 1}"/></w:numPr>`;
  }

  private table(rows: readonly (readonly (readonly Span[])[])[]): string {
    const columns = rows[0]?.length ?? 1;
    const grid = `<w:gridCol w:w="${Math.floor(TEXT_WIDTH / columns)}"/>`.repeat(columns);
    const cell = (spans: readonly Span[]) =>
      `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>${paragraph('', this.inline(spans))}</w:tc>`;
    const body = rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('');
    // A table must not be the last thing, nor touch another one.
    return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body}</w:tbl><w:p/>`;
  }

  private inline(spans: readonly Span[]): string {
    let xml = '';
    for (let at = 0; at < spans.length;) {
      const href = spans[at]?.href ?? null;
      let end = at + 1;
      while (end < spans.length && href !== null && spans[end]?.href === href) end++;
      const runs = spans.slice(at, end).map(runXml).join('');
      xml += href === null ? runs : `<w:hyperlink r:id="${this.linkId(href)}">${runs}</w:hyperlink>`;
      at = end;
    }
    return xml;
  }

  private linkId(href: string): string {
    const id = this.links.get(href) ?? `link${this.links.size + 1}`;
    this.links.set(href, id);
    return id;
  }
}

const BULLETS = ['•', '◦', '▪'];
const NUMBER_FORMATS = { decimal: 'decimal', letter: 'lowerLetter', roman: 'lowerRoman' } as const;
const NO_LANGUAGE = '<w:lang w:val="zxx" w:eastAsia="zxx" w:bidi="zxx"/>';
/** Of A4 with margins of 2.5 cm, in twentieths of a point. */
const TEXT_WIDTH = 9070;
const SECTION =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>';

const paragraph = (properties: string, content: string): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;

/** Properties in the order that the schema wants. */
function runXml({ text, bold, italic, mono, raise, href }: Span): string {
  const properties = [
    href === null ? '' : '<w:rStyle w:val="Hyperlink"/>',
    mono ? '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' : '',
    bold ? '<w:b/>' : '',
    italic ? '<w:i/>' : '',
    raise === null ? '' : `<w:vertAlign w:val="${raise === 'super' ? 'superscript' : 'subscript'}"/>`,
    mono ? NO_LANGUAGE : '',
  ].join('');
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${textXml(text)}</w:r>`;
}

const textXml = (text: string): string => `<w:t xml:space="preserve">${escaped(text)}</w:t>`;

/** Characters that XML cannot hold are left out. */
const escaped = (text: string): string =>
  text
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function coreProperties(title: string | null): string {
  const core = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';
  return `${XML}<cp:coreProperties xmlns:cp="${core}" xmlns:dc="http://purl.org/dc/elements/1.1/">${title === null ? '' : `<dc:title>${escaped(title)}</dc:title>`}</cp:coreProperties>`;
}

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${WORD}.numbering+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

/** Half points, of headings 1 to 6. */
const HEADING_SIZES = [36, 30, 26, 24, 22, 22];

const STYLES = `${XML}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>${HEADING_SIZES.map(
  (size, at) =>
    `<w:style w:type="paragraph" w:styleId="Heading${at + 1}"><w:name w:val="heading ${at + 1}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="${at}"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`,
).join(
  '',
)}<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Code"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="18"/></w:rPr></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="auto"/><w:left w:val="single" w:sz="4" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:color="auto"/><w:right w:val="single" w:sz="4" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:color="auto"/></w:tblBorders></w:tblPr></w:style></w:styles>`;

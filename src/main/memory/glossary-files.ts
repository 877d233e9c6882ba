/**
 * Glossaries as files: CSV (source, target, note, `case`) and TBX-Basic, of 2008 (`martif`) and of 2019 (`tbx`). They are small, so they are
 * read whole.
 */
import { glossaryTermSchema, type GlossaryTerm, type LanguagePair, type NewGlossaryTerm } from '../../shared/memory';
import { usuallyMatchesCase } from '../../shared/glossary';
import { DocumentError } from '../documents/format';
import { attributeOf, contentOf, escapeText, parseXml, within, type XmlElement } from '../documents/xml';
import { reason } from '../reasons';
import { ExchangeError } from './exchange-error';

export interface ReadTerms {
  readonly terms: readonly NewGlossaryTerm[];
  readonly left: readonly { readonly why: string }[];
}

/** First cells that say what a column holds, rather than being a term. */
const HEADING = /^(?:source|target|term|translation|note|from|to|quelle|ziel|terme|traduction|[a-z]{2}(?:-[a-z]{2})?)$/i;

/** Separated by comma, semicolon or tab, whichever the first line has. Throws `ExchangeError`. */
export function readCsv(text: string, languages: LanguagePair): ReadTerms {
  const firstLine = text.slice(0, Math.max(0, text.search(/\r|\n|$/)));
  const counts = [',', ';', '\t'].map((separator) => ({ separator, count: firstLine.split(separator).length }));
  const separator = counts.sort((a, b) => b.count - a.count)[0]?.separator ?? ',';
  const rows = rowsOf(text, separator).filter((cells) => cells.some((cell) => cell.trim() !== ''));
  const [first = []] = rows;
  const hasHeading = first.length >= 2 && first.slice(0, 2).every((cell) => HEADING.test(cell.trim()));
  if (rows.length > 0 && first.length < 2) {
    throw new ExchangeError(
      reason`Got one column, expected two or more: source, target, and perhaps a note. Separate them by commas, semicolons or tabs.`,
    );
  }
  return checked(
    rows.slice(hasHeading ? 1 : 0).map(([source = '', target = '', note = '', sense = '']) => ({
      ...{ ...languages, source, target, note },
      matchCase: sense.trim() === '' ? usuallyMatchesCase(source) : /^(?:case|match|yes|true|1)$/i.test(sense.trim()),
    })),
  );
}

/** RFC 4180; a quote that is not closed ends with the text. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (source[at + 1] === '"') cell += source[at++] ?? '';
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator || character === '\n') {
      row.push(cell);
      cell = '';
      if (character !== '\n') continue;
      rows.push(row);
      row = [];
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

export function writeCsv(terms: readonly GlossaryTerm[]): string {
  const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = terms.map(({ source, target, note, matchCase }) => [source, target, note, matchCase ? 'case' : 'any']);
  return [['source', 'target', 'note', 'case'], ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Every language of an entry with every other; of several terms of one language the first. Throws `ExchangeError`. */
export function readTbx(text: string): ReadTerms {
  const entries: XmlElement[] = [];
  try {
    const root = parseXml(text, reason`of the glossary`, { prefixes: new Map() });
    const name = localName(root);
    if (name !== 'martif' && name !== 'tbx') {
      throw new ExchangeError(
        reason`Got a file that begins with <${root.tag}>, expected a glossary (TBX), which begins with <tbx> or <martif>.`,
      );
    }
    for (const element of within(root)) if (['termEntry', 'conceptEntry'].includes(localName(element))) entries.push(element);
  } catch (error) {
    throw error instanceof DocumentError ? new ExchangeError(error.message) : error;
  }
  const found: NewGlossaryTerm[] = [];
  const left: { why: string }[] = [];
  for (const entry of entries) {
    const elements = [...within(entry)];
    const sets = elements.filter((element) => ['langSet', 'langSec'].includes(localName(element)));
    const said = sets.flatMap((set) => {
      const language = (attributeOf(set, 'xml:lang') ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
      const term = [...within(set)].find((element) => localName(element) === 'term');
      return term && language !== '' ? [{ language, term: oneLine(contentOf(term)) }] : [];
    });
    const note = oneLine(
      elements
        .filter((element) => localName(element) === 'note')
        .map(contentOf)
        .join(' '),
    );
    const matchCase = elements.some((element) => attributeOf(element, 'type') === 'x-case' && contentOf(element).trim() === 'match');
    if (said.length < 2) left.push({ why: reason`no term in two languages` });
    for (const from of said) {
      for (const to of said) {
        if (from.language === to.language) continue;
        const isMatched = matchCase || usuallyMatchesCase(from.term);
        found.push({ from: from.language, to: to.language, source: from.term, target: to.term, note, matchCase: isMatched });
      }
    }
  }
  const { terms, left: refused } = checked(found);
  return { terms, left: [...left, ...refused] };
}

/** TBX-Basic of ISO 30042:2019. */
export function writeTbx({ from, to }: LanguagePair, terms: readonly GlossaryTerm[]): string {
  const section = (language: string, term: string, more: string) =>
    `<langSec xml:lang="${language}"><termSec><term>${escapeText(term)}</term>${more}</termSec></langSec>`;
  const entries = terms.map(({ id, source, target, note, matchCase }) => {
    const sense = matchCase ? '<admin type="x-case">match</admin>' : '';
    const said = note === '' ? '' : `<note>${escapeText(note)}</note>`;
    return `<conceptEntry id="t${id}">${said}${section(from, source, sense)}${section(to, target, '')}</conceptEntry>\n`;
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="${from}" xmlns="urn:iso:std:iso:30042:ed-2">\n` +
    `<tbxHeader><fileDesc><sourceDesc><p>Glossary, ${from} to ${to}, written by Tandem</p></sourceDesc></fileDesc></tbxHeader>\n` +
    `<text><body>\n${entries.join('')}</body></text>\n</tbx>\n`
  );
}

const localName = ({ tag }: XmlElement): string => tag.slice(tag.indexOf(':') + 1);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function checked(terms: readonly NewGlossaryTerm[]): ReadTerms {
  const left: { why: string }[] = [];
  const good = terms.flatMap((term) => {
    const parsed = glossaryTermSchema.safeParse({ ...term, note: term.note.slice(0, 1000) });
    if (parsed.success) return [parsed.data];
    left.push({ why: reason`a term or its translation is missing, has no letter, several lines or more than 200 characters` });
    return [];
  });
  return { terms: good, left };
}

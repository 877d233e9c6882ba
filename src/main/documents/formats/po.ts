/**
 * Gettext catalogues. What has no translation, or one that is marked `fuzzy`, is translated from its `msgid`. The translation is marked
 * `fuzzy`, because a machine made it: a person reviews it and takes the mark away. Programs do not show fuzzy entries until then. The header
 * names the language and its plural forms; where the file's encoding lacks a letter of the translation, it becomes UTF-8. The translation of
 * a template (`.pot`) is a catalogue (`.po`).
 */
import { textOf, type Inlines } from '../../../shared/inlines';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { primaryLanguage } from '../language-names';
import { withoutAccelerator } from './accelerators';
import { type Declaration, readSourceText, type SourceText } from './source-text';
import { hasLetter, spliced, type Replacement, type Spot } from './splice';
import { textLines, type TextLine } from './text-lines';

const DECLARATION: Declaration = { pattern: /Content-Type:[^\n"]*charset=([\w-]+)/i };

export const po: Format = {
  id: 'po',
  name: 'Gettext catalogue',
  extensions: ['po', 'pot'],
  translatedExtensions: { pot: 'po' },
  read: (bytes) =>
    new Promise((resolve) => {
      const source = inUtf8WhereItMust(readSourceText(bytes, DECLARATION));
      const entries = [...entriesOf(source.text)];
      const header = headerOf(entries);
      const isTranslated = entries.some((entry) => entry !== header && isKept(entry));
      const into = isTranslated ? primaryLanguage(LANGUAGE.exec(valueOf(header, 'msgstr'))?.[1] ?? '') : null;
      const document = spliced(source, catalogueSpots(source.text, entries, header).map(withoutAccelerator), [], ({ to }) =>
        headerNames(source.text, header, to),
      );
      resolve({ ...document, ...(into !== null && { translatedInto: into }) });
    }),
};

type Keyword = 'msgctxt' | 'msgid' | 'msgid_plural' | 'msgstr';

/** A keyword with its strings, over one or more lines. */
interface Field {
  readonly keyword: Keyword;
  readonly index: number | null;
  readonly start: number;
  end: number;
  value: string;
}

interface Entry {
  readonly fields: Field[];
  flags: TextLine | null;
  /** Where a line of flags goes if there is none. */
  flagsAt: number;
}

const FIELD = /^[ \t]*(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*$/;
const CONTINUED = /^[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*$/;

function* entriesOf(text: string): Generator<Entry> {
  let entry: Entry | null = null;
  let number = 0;
  for (const line of textLines(text)) {
    number++;
    const [, keyword, index, value = ''] = FIELD.exec(line.text) ?? [];
    const hasId: boolean = entry?.fields.some((field) => field.keyword === 'msgid') ?? false;
    const hasText: boolean = entry?.fields.some((field) => field.keyword === 'msgstr') ?? false;
    const startsNext = (keyword === 'msgid' && hasId) || (keyword === 'msgctxt' && hasId) || (hasText && line.text.startsWith('#'));
    if (entry && (line.text.trim() === '' || startsNext)) {
      if (hasId || line.text.trim() !== '') yield entry;
      entry = null;
    }
    if (line.text.trim() === '' || line.text.startsWith('#~')) continue;
    entry ??= { fields: [], flags: null, flagsAt: -1 };
    if (line.text.startsWith('#')) {
      if (line.text.startsWith('#,')) entry.flags ??= line;
      if (line.text.startsWith('#|') && entry.flagsAt < 0) entry.flagsAt = line.start;
      continue;
    }
    if (isKeyword(keyword)) {
      if (entry.flagsAt < 0) entry.flagsAt = line.start;
      const position = index === undefined ? null : Number(index);
      entry.fields.push({ keyword, index: position, start: line.start, end: line.end, value: unescape(value) });
      continue;
    }
    const more = CONTINUED.exec(line.text)?.[1];
    const field = entry.fields.at(-1);
    if (more === undefined || !field) {
      throw new DocumentError(
        reason`Line ${number} is “${line.text.trim().slice(0, 40)}”; a keyword such as msgid with a string in quotes, or a comment, was expected. Repair the file with msgfmt --check.`,
      );
    }
    field.value += unescape(more);
    field.end = line.end;
  }
  if (entry) yield entry;
}

const isKeyword = (word: string | undefined): word is Keyword =>
  word === 'msgctxt' || word === 'msgid' || word === 'msgid_plural' || word === 'msgstr';

function inUtf8WhereItMust(source: SourceText): SourceText {
  const encode = (text: string): Uint8Array => {
    try {
      return source.encode(text);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return Buffer.from(text.replace(DECLARATION.pattern, (line, name: string) => line.slice(0, -name.length) + 'UTF-8'));
    }
  };
  return { ...source, encode };
}

const headerOf = (entries: readonly Entry[]): Entry | undefined =>
  entries.find(({ fields }) => fields.some(({ keyword, value }) => keyword === 'msgid' && value === ''));

const valueOf = (entry: Entry | undefined, keyword: Keyword): string =>
  entry?.fields.find((field) => field.keyword === keyword)?.value ?? '';

const LANGUAGE = /^Language:[ \t]*([\w@.-]*)/m;
const NO_PLURALS = /nplurals\s*=\s*INTEGER/;

/** Of languages with one form for one and another for more. */
const PLURALS = new Map(
  ['bg', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'hu', 'it', 'nb', 'nl', 'no', 'pt', 'sv'].map((language) => [language, 'n != 1']),
).set('fr', 'n > 1');

/** The header's lines that name the language and its plural forms, where they name another one or none. */
function headerNames(text: string, header: Entry | undefined, to: string): Replacement[] {
  const field = header?.fields.find(({ keyword }) => keyword === 'msgstr');
  if (!field) return [];
  const named = LANGUAGE.exec(field.value)?.[1] ?? '';
  const isSame = primaryLanguage(named) === to;
  const line = (pattern: RegExp, written: string): Replacement[] => {
    const found = pattern.exec(text.slice(field.start, field.end));
    if (!found) return [];
    const start = field.start + found.index;
    return [{ start, end: start + found[0].length, text: `"${written}\\n"` }];
  };
  const rule = PLURALS.get(to);
  const isOther = (named !== '' && !isSame) || NO_PLURALS.test(field.value);
  const fits = (formCount(header) ?? 2) === 2;
  return [
    ...(isSame ? [] : line(/"Language:[^"\\]*\\n"/, `Language: ${to}`)),
    ...(rule !== undefined && isOther && fits ? line(/"Plural-Forms:[^"\\]*\\n"/, `Plural-Forms: nplurals=2; plural=(${rule});`) : []),
  ];
}

/** As the header declares it. */
function formCount(header: Entry | undefined): number | null {
  const declared = /nplurals\s*=\s*(\d{1,2})/.exec(valueOf(header, 'msgstr'))?.[1];
  return declared === undefined ? null : Number(declared);
}

function catalogueSpots(text: string, entries: readonly Entry[], header: Entry | undefined): Spot[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return entries.flatMap((entry) => entrySpots(entry, formCount(header), newline));
}

const isFuzzy = ({ flags }: Entry): boolean => flags !== null && /,\s*fuzzy\b/.test(flags.text);

/** Has a translation that stays. */
const isKept = (entry: Entry): boolean =>
  !isFuzzy(entry) && entry.fields.some(({ keyword, value }) => keyword === 'msgstr' && value !== '');

function entrySpots(entry: Entry, declaredForms: number | null, newline: string): Spot[] {
  const field = (keyword: Keyword): Field | undefined => entry.fields.find((candidate) => candidate.keyword === keyword);
  const id = field('msgid');
  const plural = field('msgid_plural');
  const targets = entry.fields.filter(({ keyword }) => keyword === 'msgstr');
  const lastField = entry.fields.at(-1);
  if (!id || !lastField || id.value === '') return [];
  if (isKept(entry)) return [];
  const context = field('msgctxt')?.value;
  const place = context === undefined ? '' : reason`context ${context}`;
  const mark = isFuzzy(entry) ? [] : [fuzzyMark(entry, newline)];

  /** One string of the entry, written to some of its forms; forms that the file lacks are added behind the last. */
  const spot = (source: Field, forms: readonly (number | null)[]): Spot[] => {
    if (!hasLetter(source.value)) return [];
    const lead = /^\s*/.exec(source.value)?.[0] ?? '';
    const tail = /\s*$/.exec(source.value)?.[0] ?? '';
    const inlines: Inlines = [source.value.trim()];
    const replace = (translation: Inlines): Replacement[] => {
      const value = lead + textOf(translation).trim() + tail;
      const line = (form: number | null): string => fieldText(form === null ? 'msgstr' : `msgstr[${form}]`, value, newline);
      const target = (form: number | null): Field | undefined => targets.find(({ index }) => index === form);
      const present = forms.flatMap((form) => {
        const there = target(form);
        return there ? [{ start: there.start, end: there.end, text: line(form) }] : [];
      });
      const missing = forms.filter((form) => !target(form)).map(line);
      const added =
        missing.length === 0 ? [] : [{ start: lastField.end, end: lastField.end, text: missing.map((form) => newline + form).join('') }];
      return [...mark, ...withAdded(present, added)];
    };
    return [{ block: { inlines, codes: [], place }, start: source.start, end: source.end, replace }];
  };

  if (!plural) return spot(id, [null]);
  const count = Math.max(1, declaredForms ?? (targets.length || 2));
  const forms = Array.from({ length: count }, (_, form) => form);
  return count === 1 ? spot(plural, forms) : [...spot(id, [0]), ...spot(plural, forms.slice(1))];
}

/** What is added right behind a replaced field becomes part of its replacement. */
function withAdded(present: readonly Replacement[], added: readonly Replacement[]): Replacement[] {
  const joined = present.map((replacement) => ({
    ...replacement,
    text:
      replacement.text +
      added
        .filter(({ start }) => start === replacement.end)
        .map(({ text }) => text)
        .join(''),
  }));
  return [...joined, ...added.filter(({ start }) => !present.some(({ end }) => end === start))];
}

function fuzzyMark({ flags, flagsAt }: Entry, newline: string): Replacement {
  if (!flags) return { start: flagsAt, end: flagsAt, text: `#, fuzzy${newline}` };
  const start = flags.start + 2;
  return { start, end: start, text: ' fuzzy,' };
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

const unescape = (raw: string): string =>
  raw.replaceAll(/\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))/g, (_whole, hex?: string, octal?: string, character = '') => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    return octal === undefined ? (ESCAPES[String(character)] ?? String(character)) : String.fromCharCode(parseInt(octal, 8));
  });

const NAMES = new Map(Object.entries(ESCAPES).map(([name, character]) => [character, `\\${name}`]));

const escape = (text: string): string => text.replaceAll(/[\\"\n\t\r\x07\b\f\v]/g, (character) => NAMES.get(character) ?? `\\${character}`);

/** Columns of a line, as gettext writes them. */
const WIDTH = 79;

/** On one line where it fits, else broken behind line breaks and at spaces. */
function fieldText(keyword: string, value: string, newline: string): string {
  const whole = `${keyword} "${escape(value)}"`;
  if (whole.length <= WIDTH && !/\n./.test(value)) return whole;
  const lines: string[] = [];
  for (const paragraph of value.split(/(?<=\n)/)) {
    let line = '';
    for (const word of paragraph.split(/(?<= )(?=[^ ])/)) {
      if (line !== '' && escape(line + word).length > WIDTH - 2) {
        lines.push(line);
        line = '';
      }
      line += word;
    }
    if (line !== '') lines.push(line);
  }
  return [`${keyword} ""`, ...lines.map((line) => `"${escape(line)}"`)].join(newline);
}

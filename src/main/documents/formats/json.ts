/**
 * JSON string tables. Values that read like text for people are blocks, with their key path as the place; keys, addresses, ids, numbers and
 * single technical words are left. Comments and trailing commas are read over. Of an ICU message that chooses between texts, each is a block, and
 * so is the sentence around the choice.
 */
import { textOf } from '../../../shared/inlines';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { renamed, type Languages } from '../language-names';
import { withoutAccelerator, withoutMark } from './accelerators';
import { isHumanText } from './human-text';
import { textsOf, type MessageText } from './icu-message';
import { runSpot, type Piece } from './inline-run';
import { readSourceText } from './source-text';
import { type Replacement, spliced, type Spot } from './splice';

export const json: Format = {
  id: 'json',
  name: 'JSON string table',
  extensions: ['json', 'arb', 'jsonc'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      const style: Style = {
        ascii: /\\u[0-9a-fA-F]{4}/.test(source.text) && !/[^\0-\x7f]/.test(source.text),
        slashes: source.text.includes(String.raw`\/`),
      };
      const found = [...strings(source.text)];
      const human = new Set(humanStrings(found));
      const spots = found.flatMap(
        (string) => messageSpots(string, source.text, style) ?? (human.has(string) ? [stringSpot(string, style)] : []),
      );
      resolve(spliced(source, spots.map(withoutAccelerator), [], (languages) => found.flatMap((string) => localeName(string, languages))));
    }),
};

/** How the file escapes what need not be escaped. */
interface Style {
  readonly ascii: boolean;
  readonly slashes: boolean;
}

/** A string value of a table of data, wherever it stands. */
export interface TableString {
  /** Of the value as written, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly path: readonly string[];
}

/** Those that are text for people. Single small words count where most of the others are text without doubt. */
export function humanStrings<Found extends TableString>(all: readonly Found[]): Found[] {
  // In an extension's messages the description is for translators; in Flutter's tables, what stands under "@name".
  const messages = new Set(all.filter(({ path }) => path.at(-1) === 'message').map(({ path }) => path[0]));
  const candidates = all.filter(
    ({ path }) => !path.some((key) => key.startsWith('@')) && !(path.length > 1 && messages.has(path[0]) && path.at(-1) !== 'message'),
  );
  const isText = (found: Found, smallWords: boolean): boolean => isHumanText(withoutMark(found.value), lastKey(found.path), { smallWords });
  const sure = candidates.filter((found) => isText(found, false));
  const isStringTable = sure.length * 2 > candidates.length;
  return isStringTable ? candidates.filter((found) => isText(found, true)) : sure;
}

const lastKey = (path: readonly string[]): string => path.findLast((key) => !/^\d+$/.test(key)) ?? '';

/** The block of a string in a table: white space at its edges stays outside; `write` gives a value as the file writes it. */
export function tableSpot({ start, end, value, path }: TableString, write: (text: string) => string): Spot {
  const text = value.trim();
  const lead = value.slice(0, value.indexOf(text));
  const tail = value.slice(lead.length + text.length);
  return {
    block: { inlines: [text], codes: [], place: reason`key ${path.join('.')}` },
    start,
    end,
    replace: (translation) => [{ start, end, text: write(lead + textOf(translation).trim() + tail) }],
  };
}

const stringSpot = (found: TableString, style: Style): Spot => tableSpot(found, (text) => written(withoutQuoting(text), style));

function written(text: string, style: Style): string {
  const whole = JSON.stringify(text);
  const slashed = style.slashes ? whole.replaceAll('/', String.raw`\/`) : whole;
  return style.ascii
    ? slashed.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : slashed;
}

/** Each text of a message that chooses between some, with the choices in it and the number's sign as codes; null where it does not. */
function messageSpots({ start, end, path }: TableString, source: string, style: Style): Spot[] | null {
  const texts = path.some((key) => key.startsWith('@')) ? null : textsOf(source.slice(start + 1, end - 1));
  const place = reason`key ${path.join('.')}`;
  const write = (text: string) => written(text, style).slice(1, -1);
  if (!texts) return null;
  return texts.flatMap((text): Spot[] => {
    const spot = runSpot(source, piecesOf(text, source, start + 1), place, write);
    if (!spot) return [];
    const replace: Spot['replace'] = (translation, slice) =>
      spot.replace(translation, slice).map((range) => ({ ...range, text: withoutQuoting(range.text, write('’')) }));
    return [{ ...spot, replace }];
  });
}

function piecesOf({ start, end, choices, isChosen }: MessageText, source: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  const takeText = (from: number, to: number) => {
    let at = from;
    for (const part of source.slice(from, to).split(isChosen ? /(#)/ : /(?!)/)) {
      const range = { start: at, end: at + part.length };
      pieces.push(
        part === '#' ? { kind: 'alone', spoken: true, ...range } : { kind: 'text', text: String(JSON.parse(`"${part}"`)), ...range },
      );
      at = range.end;
    }
  };
  let done = offset + start;
  for (const choice of choices) {
    takeText(done, offset + choice.start);
    done = offset + choice.end;
    pieces.push({ kind: 'alone', spoken: true, start: offset + choice.start, end: done });
  }
  takeText(done, offset + end);
  return pieces;
}

/** In ICU's messages a straight apostrophe before a brace or the number's sign takes their meaning away: “l'{name}”. */
const withoutQuoting = (text: string, apostrophe = '’'): string => text.replaceAll(/(?<=\p{L})'(?=[{#])/gu, apostrophe);

/** Flutter's tables say which language they are in. */
function localeName({ path, value, start, end }: TableString, languages: Languages): Replacement[] {
  const name = path.length === 1 && path[0] === '@@locale' ? renamed(value, languages) : null;
  return name === null ? [] : [{ start, end, text: JSON.stringify(name) }];
}

const TOKEN = /\s+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n\r]|\\[^\n\r])*"|[[\]{}:,]|[^\s"[\]{}:,/]+/y;
const DEEPEST = 500;

/** Where in a container we are: the key or index of the value, and what may come next. */
interface Level {
  readonly close: '}' | ']';
  key: string | number;
  expects: 'key' | 'colon' | 'value' | 'comma';
}

function* strings(text: string): Generator<TableString> {
  const levels: Level[] = [];
  const end = { reached: false };
  const fail = (what: string, at: number): never => {
    const line = text.slice(0, at).split('\n').length;
    throw new DocumentError(reason`${what} in line ${line}, so the file is no JSON. Repair it in the program that wrote it.`);
  };
  const endValue = (): void => {
    const level = levels.at(-1);
    if (level) level.expects = 'comma';
    else end.reached = true;
  };
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0] ?? fail(reason`A string is not closed, or “${text.charAt(at)}” stands where it cannot`, at);
    if (/^(?:\s|\/[/*])/.test(token)) continue;
    const level = levels.at(-1);
    if (end.reached) fail(reason`“${token.slice(0, 20)}” stands behind the end`, at);
    if (token === level?.close && level.expects !== 'colon' && !(level.expects === 'value' && level.close === '}')) {
      levels.pop();
      endValue();
    } else if (level?.expects === 'key') {
      level.key = token.startsWith('"')
        ? stringValue(token, () => fail(reason`A key is written wrongly`, at))
        : fail(reason`“${token.slice(0, 20)}” is no key`, at);
      level.expects = 'colon';
    } else if (level?.expects === 'colon') {
      if (token !== ':') fail(reason`“:” is missing behind a key`, at);
      level.expects = 'value';
    } else if (level?.expects === 'comma') {
      if (token !== ',') fail(reason`“,” is missing before “${token.slice(0, 20)}”`, at);
      if (typeof level.key === 'number') level.key++;
      level.expects = level.close === '}' ? 'key' : 'value';
    } else if (token === '{' || token === '[') {
      if (levels.length >= DEEPEST) {
        throw new DocumentError(reason`Values are nested more than ${DEEPEST} deep. Is it a string table? Choose another file.`);
      }
      levels.push(token === '{' ? { close: '}', key: '', expects: 'key' } : { close: ']', key: 0, expects: 'value' });
    } else if (token.startsWith('"')) {
      const value = stringValue(token, () => fail(reason`A string is written wrongly`, at));
      yield { start: at, end: at + token.length, value, path: levels.map(({ key }) => String(key)) };
      endValue();
    } else if (/^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(token)) {
      endValue();
    } else fail(reason`“${token.slice(0, 20)}” is no value`, at);
  }
  if (!end.reached) fail(reason`The end comes too soon`, text.length);
}

function stringValue(token: string, fail: () => never): string {
  try {
    return String(JSON.parse(token.replaceAll('\t', String.raw`\t`)));
  } catch {
    return fail();
  }
}

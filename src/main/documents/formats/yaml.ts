/**
 * YAML string tables. Read by its concrete syntax: aliases are not followed, nothing is evaluated. Values that read like text for people
 * are blocks, with their key path as the place. Plain, quoted and block scalars stay what they are where the text allows it.
 */
import { CST, Composer, Parser } from 'yaml';
import { reason } from '../../reasons';
import { DocumentError, type Format } from '../format';
import { renamed, type Languages } from '../language-names';
import { withoutAccelerator } from './accelerators';
import { humanStrings, type TableString, tableSpot } from './json';
import { readSourceText } from './source-text';
import { type Replacement, spliced, type Spot } from './splice';

export const yaml: Format = {
  id: 'yaml',
  name: 'YAML string table',
  extensions: ['yaml', 'yml'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes);
      const { text } = source;
      resolve(spliced(source, yamlSpots(text, 0, text.length).map(withoutAccelerator), [], (languages) => rootName(text, languages)));
    }),
};

/** Tables of Rails stand under the name of their language. */
function rootName(text: string, languages: Languages): Replacement[] {
  const [key, ...others] = [...text.matchAll(/^(["']?)([^\s#"'][^:\n]*?)\1:(?=\s|$)/gm)];
  const name = key && others.length === 0 ? renamed(key[2] ?? '', languages) : null;
  return key && name !== null ? [{ start: key.index, end: key.index + key[0].length, text: `${name}:` }] : [];
}

/** `lang: en` among the keys of a page. */
export function languageKeys(text: string, start: number, end: number, languages: Languages): Replacement[] {
  return [...text.slice(start, end).matchAll(/^(?:lang|language|locale):[ \t]*(["']?)([\w-]+)\1[ \t]*$/gm)].flatMap((key) => {
    const value = key[2] ?? '';
    const name = renamed(value, languages);
    const at = start + key.index + key[0].lastIndexOf(value);
    return name === null ? [] : [{ start: at, end: at + value.length, text: name }];
  });
}

type Scalar = CST.FlowScalar | CST.BlockScalar;

interface YamlString extends TableString {
  readonly scalar: Scalar;
  readonly inFlow: boolean;
  /** Spaces before the key or the dash of this value. */
  readonly indent: number;
}

const DEEPEST = 200;

/** The blocks of a stretch of YAML; offsets are those of `text`. Throws `DocumentError`. */
export function yamlSpots(text: string, start: number, end: number): Spot[] {
  const part = text.slice(start, end);
  refuseDeepNesting(part);
  const tokens = [...new Parser().parse(part)];
  for (const document of new Composer({ logLevel: 'silent' }).compose(tokens)) {
    const [error] = document.errors;
    if (error) {
      const line = part.slice(0, error.pos[0]).split('\n').length;
      const what = error.message.replace(/ at line \d+, column \d+:\n[^]*$/, '');
      throw new DocumentError(reason`${what} (line ${line}), so the file is no YAML. Repair it in the program that wrote it.`);
    }
  }
  const found = tokens.flatMap((token) => (token.type === 'document' && token.value ? [...stringsOf(token.value, [], false, 0)] : []));
  return humanStrings(found).map((string) => scalarSpot(string, part, start));
}

function refuseDeepNesting(text: string): void {
  let depth = 0;
  for (const bracket of text.matchAll(/[[{]|[\]}]|\n(?=\S)/g)) {
    depth = bracket[0] === '\n' ? 0 : Math.max(0, depth + (/[[{]/.test(bracket[0]) ? 1 : -1));
    if (depth > DEEPEST) refuse();
  }
  if (new RegExp(String.raw`^(?:[ \t]*[-?:][ \t]+){${DEEPEST},}|^ {${DEEPEST * 10},}\S`, 'm').test(text)) refuse();

  function refuse(): never {
    throw new DocumentError(reason`Values are nested more than ${DEEPEST} deep. Is it a string table? Choose another file.`);
  }
}

function* stringsOf(token: CST.Token, path: readonly string[], inFlow: boolean, indent: number): Generator<YamlString> {
  if (path.length > DEEPEST)
    throw new DocumentError(reason`Values are nested more than ${DEEPEST} deep. Is it a string table? Choose another file.`);
  if (CST.isScalar(token)) {
    const resolved = token.type === 'alias' ? null : CST.resolveAsScalar(token, false);
    if (!resolved || token.type === 'alias') return;
    // A plain scalar may be a number, a truth value or a date: `isHumanText` leaves those.
    const [start, end] = rangeOf(token);
    yield { start, end, value: resolved.value, path, scalar: token, inFlow, indent };
  } else if (CST.isCollection(token)) {
    const isFlow = inFlow || token.type === 'flow-collection';
    for (const [index, item] of token.items.entries()) {
      if (!item.value) {
        // A flow sequence keeps its values as keys without a colon.
        if (token.type === 'flow-collection' && token.start.source === '[' && item.key && !item.sep) {
          yield* stringsOf(item.key, [...path, String(index)], true, indent);
        }
        continue;
      }
      const hasTag = [...item.start, ...(item.sep ?? [])].some(({ type, source }) => type === 'tag' && source !== '!!str');
      if (hasTag) continue;
      const name = item.key && CST.isScalar(item.key) ? CST.resolveAsScalar(item.key, false).value : String(index);
      yield* stringsOf(item.value, [...path, name], isFlow, 'indent' in token ? token.indent : indent);
    }
  }
}

/** A block scalar begins with its header; its source is what follows the header's line. */
function rangeOf(token: Scalar): [start: number, end: number] {
  if (token.type !== 'block-scalar') return [token.offset, token.offset + token.source.length];
  const start = token.props[0]?.offset ?? token.offset;
  const header = token.props.reduce((length, prop) => length + ('source' in prop ? prop.source.length : 0), 0);
  return [start, start + header + token.source.length];
}

function scalarSpot(string: YamlString, part: string, offset: number): Spot {
  const written = part.slice(string.start, string.end);
  const newline = part.includes('\r\n') ? '\r\n' : '\n';
  const moved = { ...string, start: string.start + offset, end: string.end + offset };
  return tableSpot(moved, (text) => {
    switch (string.scalar.type) {
      case 'block-scalar':
        return blockScalar(written, text, string.indent, newline);
      case 'single-quoted-scalar':
        return /[\n\r\t\u0080-\u009f\ufeff]/.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
      case 'double-quoted-scalar':
        return JSON.stringify(text);
      default:
        return plainScalar(text, string.inFlow);
    }
  });
}

/** As it is where it may stand unquoted, else in double quotes. */
function plainScalar(text: string, inFlow: boolean): string {
  const isSafe = /^\p{L}/u.test(text) && !/[\n\r\t\u0080-\u009f\ufeff]|:(?:\s|$)|\s#|\s$/.test(text) && !(inFlow && /[,[\]{}]/.test(text));
  return isSafe && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text);
}

/** The header (`|`, `>-`, …) stays; a literal keeps its line breaks, a folded one becomes one line a paragraph. */
function blockScalar(written: string, text: string, keyIndent: number, newline: string): string {
  const [header, content] = splitAt(written, written.indexOf('\n') + 1);
  const indent = /^(?:[ \t]*\r?\n)*( *)\S/.exec(content)?.[1] ?? ' '.repeat(keyIndent + 2);
  const isFolded = header.startsWith('>');
  const lines = text.replace(/\n+$/, '').split('\n');
  const separator = isFolded ? `${newline}${newline}` : newline;
  const trailing = /(?:\r?\n[ \t]*)*$/.exec(content)?.[0] ?? '';
  return header + lines.map((line) => (line === '' ? '' : indent + line)).join(separator) + trailing;
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at)];

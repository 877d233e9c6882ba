/** Reads the sources: every reason has its words in every language, and every entry its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/main/documents/known-formats';
import { CATALOGUES, keyOf, reason, speakReasons, worded } from '../../../src/main/reasons';

const MAIN = 'src/main';
const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, source: ts.createSourceFile(path, readFileSync(join(MAIN, path), 'utf8'), ts.ScriptTarget.Latest, true) }));

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

const isReason = (node: ts.Node): node is ts.TaggedTemplateExpression =>
  ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === 'reason';

function piecesOf(template: ts.TemplateLiteral): string[] {
  return ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

const templates = files.flatMap(({ source }) => [...nodesOf(source)].filter(isReason).map((node) => keyOf(piecesOf(node.template))));
const keys = new Set([...templates, ...FORMATS.map(({ name }) => name)]);
/** Names that are the same in every language. */
const SAME = new Set(['Markdown', 'PDF', 'XLIFF']);

const holes = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();

afterEach(() => speakReasons(() => 'en'));

it('reads the sources', () => {
  expect(templates.length).toBeGreaterThan(200);
});

describe.each(Object.entries(CATALOGUES))('the catalogue in %s', (language, catalogue) => {
  it('has words for every reason', () => {
    expect([...keys].filter((key) => !(key in catalogue) && !SAME.has(key))).toEqual([]);
  });

  it('has none that nothing says', () => {
    expect(Object.keys(catalogue).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('fills in what the English text does', () => {
    for (const [key, words] of Object.entries(catalogue)) expect(holes(words), key).toEqual(holes(key));
  });

  it('keeps typography', () => {
    const wrong = language === 'fr' ? /['"“”]|\.\.\.| [:;?!»]|« / : /['"”]|\.\.\.|^[^„]*“/;
    for (const [key, words] of Object.entries(catalogue)) {
      expect(words, key).not.toMatch(wrong);
      expect(words.trim(), key).toBe(words);
    }
  });
});

/** Errors for a person and what makes them, and which of their arguments is the message. */
const ERRORS = new Map([
  ['Error', 0],
  ['NewerFile', 0],
  ['DocumentError', 0],
  ['JobFailure', 0],
  ['ExchangeError', 0],
  ['PackRefusal', 1],
  ['damaged', 0],
  ['refusal', 0],
]);
/** What is a reason already, or words that are not ours. */
const HANDED_ON = new Set([
  'compoundMessage(file, expected, format)',
  'engineReason(error)',
  'entry.problem',
  'error',
  'error instanceof Error ? error.message : String(error)',
  'error.message',
  'problem',
  'read.problem',
  'refused',
  'this.nothingToTest(provider)',
]);
/** Of the code's own mistakes, or of an end that somebody asked for: these never reach a person. */
const UNSEEN = new Set([
  'A PDF does not flow into {0}.',
  'A paragraph has no line.',
  "The job's journal has {0} of {1} bytes at {2}; start the job anew.",
  'The PDF names a character map {0}.',
  'The import was cancelled.',
  'The move was cancelled.',
  'The window that asked is gone.',
]);

function calleeOf({ expression }: ts.NewExpression | ts.CallExpression): string | null {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : null;
}

/** Text outside of a reason that `words` finds something in. */
function isPlain(node: ts.Node, words: RegExp): boolean {
  if (isReason(node.parent)) return false;
  const pieces = ts.isStringLiteral(node) ? [node.text] : ts.isTemplateLiteral(node) ? piecesOf(node) : [];
  return pieces.some((piece) => words.test(piece));
}

const textOf = (node: ts.Node): string => (ts.isStringLiteral(node) ? node.text : ts.isTemplateLiteral(node) ? keyOf(piecesOf(node)) : '');

const SEVERAL_WORDS = /\p{L} \p{L}/u;

it.each([...ERRORS])('%s is made with a reason', (name, place) => {
  const bare: string[] = [];
  // The engine's own words are English, and shown as details behind ours.
  for (const { path, source } of files.filter((file) => !file.path.startsWith('inference'))) {
    for (const node of nodesOf(source)) {
      if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || calleeOf(node) !== name) continue;
      const message = node.arguments?.[place];
      if (!message || HANDED_ON.has(message.getText(source)) || UNSEEN.has(textOf(message))) continue;
      const inside = [...nodesOf(message)];
      const isOfWords = inside.some((part) => ts.isCallExpression(part) && calleeOf(part) === 'words');
      if (!(isOfWords || inside.some(isReason)) || inside.some((part) => isPlain(part, SEVERAL_WORDS)))
        bare.push(`${path}: ${message.getText(source)}`);
    }
  }
  expect(bare).toEqual([]);
});

/** What puts a text where it is found, and which argument says where for a person. */
const PLACED = new Map([
  ['addAttribute', 2],
  ['addDescription', 3],
  ['addDrawing', 3],
  ['addDrawingParts', 3],
  ['addPlain', 1],
  ['addText', 3],
  ['inPlace', 1],
  ['numbered', 0],
  ['runSpot', 2],
  ['walk', 1],
  ['walkChildren', 1],
]);

/** As in `attributeOf(element, 'ref')`: it says what is looked for. */
const isLookup = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) && !PLACED.has(calleeOf(parent) ?? '');

it('every place in a document is named by a reason', () => {
  const bare: string[] = [];
  let seen = 0;
  for (const { path, source } of files.filter((file) => file.path.startsWith('documents'))) {
    for (const node of nodesOf(source)) {
      const argument = ts.isCallExpression(node) ? PLACED.get(calleeOf(node) ?? '') : undefined;
      const isNamed =
        (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && ts.isIdentifier(node.name) && node.name.text === 'place';
      const where = isNamed ? node.initializer : argument === undefined ? undefined : (node as ts.CallExpression).arguments[argument];
      if (where === undefined) continue;
      seen++;
      const inside = [where, ...nodesOf(where)];
      if (inside.some((part) => isPlain(part, /\p{L}/u) && !isLookup(part))) bare.push(`${path}: ${where.getText(source)}`);
    }
  }
  expect(seen).toBeGreaterThan(60);
  expect(bare).toEqual([]);
});

describe('a reason', () => {
  const damaged = (name: string, bytes: number) => {
    const again = reason`Get the file again.`;
    return reason`The part ${name} is damaged: it does not unpack to the ${bytes} bytes it declares. ${again}`;
  };

  it('is English until a language is set', () => {
    expect(damaged('a.xml', 123456)).toBe(
      'The part a.xml is damaged: it does not unpack to the 123456 bytes it declares. Get the file again.',
    );
  });

  it('follows the language, reasons within it as well, and writes numbers as the language does', () => {
    let language: 'de' | 'fr' = 'de';
    speakReasons(() => language);
    expect(damaged('{1}.xml', 123456)).toBe(
      'Der Teil {1}.xml ist beschädigt: Entpackt ergibt er nicht die angegebenen 123.456 Bytes. Besorgen Sie die Datei erneut.',
    );
    language = 'fr';
    expect(damaged('a.xml', 123456)).toContain('les 123\u202f456 octets annoncés. Procurez-vous à nouveau le fichier.');
  });

  it('is English where the language has no words for it', () => {
    speakReasons(() => 'de');
    expect(worded('Word document')).toBe('Word-Dokument');
    expect(worded('no entry {0}')).toBe('no entry {0}');
  });
});

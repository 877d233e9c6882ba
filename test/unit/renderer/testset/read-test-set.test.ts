import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTestSet } from '../../../../src/renderer/testset/read-test-set';
import { MOST_BYTES, MOST_PAIRS, TestSetProblem, type TestFile, type Wanted } from '../../../../src/renderer/testset/test-set';

const PAIR: Wanted = { task: 'translate', from: 'en', to: 'de' };
const SUMMARIES: Wanted = { task: 'summarize' };
const file = (name: string, text: string | Uint8Array): TestFile => ({
  name,
  bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});
const pairsFor = (wanted: Wanted, ...files: TestFile[]) =>
  readTestSet(files, wanted).pairs.map(({ line, source, reference }) => [line, source, reference]);
const pairsOf = (...files: TestFile[]) => pairsFor(PAIR, ...files);

const refusal = (...files: TestFile[]) => refusalFor(PAIR, ...files);

/** What a person is told; fails where nothing is wrong. */
function refusalFor(wanted: Wanted, ...files: TestFile[]): string {
  try {
    readTestSet(files, wanted);
  } catch (thrown) {
    if (thrown instanceof TestSetProblem) return thrown.words();
    throw thrown;
  }
  throw new Error('expected a refusal');
}

const tmx = (units: string, head = '<?xml version="1.0"?>') =>
  `${head}\n<tmx version="1.4"><header srclang="en"/>\n<body>\n${units}\n</body></tmx>`;
const unit = (en: string, de: string) => `<tu><tuv xml:lang="en-US"><seg>${en}</seg></tuv><tuv lang="DE"><seg>${de}</seg></tuv></tu>`;

describe('a TSV file', () => {
  it('of the repository is read to its last line', () => {
    const set = readTestSet([{ name: 'house.tsv', bytes: readFileSync('test/fixtures/testsets/house.tsv') }], PAIR);
    expect(set).toMatchObject({ name: 'house.tsv', sides: null, skipped: 0, duplicates: 0 });
    expect(set.pairs).toHaveLength(20);
    expect(set.pairs.at(-1)).toEqual({
      line: 20,
      source: 'Their new car is faster than ours.',
      reference: 'Ihr neues Auto ist schneller als unseres.',
    });
  });

  it('may have a mark of its order, any line ends, a head, blank lines and a source twice', () => {
    const set = readTestSet([file('a.tsv', '\ufeffEN\tde\r\nOne.\tEins.\r\n\r\n Two. \tZwei.\rOne.\tEins.')], PAIR);
    expect(set.pairs.map(({ line, source, reference }) => [line, source, reference])).toEqual([
      [2, 'One.', 'Eins.'],
      [4, 'Two.', 'Zwei.'],
      [5, 'One.', 'Eins.'],
    ]);
    expect(set.duplicates).toBe(1);
  });

  it('may be UTF-16 where it says so', () => {
    const text = '\ufeffÖl.\tHuile.';
    const little = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
    expect(pairsOf(file('a.tsv', little))).toEqual([[1, 'Öl.', 'Huile.']]);
  });

  it.each([
    ['without a tab', file('a.tsv', 'One.\tEins.\nTwo.'), /^a\.tsv, line 2: got one column, expected two/],
    ['with three columns', file('a.tsv', 'a\tb\tc'), /line 1: got 3 columns/],
    ['without a source', file('a.tsv', 'One.\tEins.\n\tZwei.'), /line 2: the source is empty/],
    ['without a reference', file('a.tsv', 'One.\t '), /line 1: the translation is empty/],
    ['with nothing in it', file('a.tsv', '\n\n'), /a\.tsv is empty\. Expected at least a source and its translation/],
    ['that is not UTF-8', file('a.tsv', Uint8Array.of(65, 9, 66, 10, 0xe4, 9, 66)), /a\.tsv, line 2: this is not UTF-8 text/],
    ['with a line that is a book', file('a.tsv', `${'word '.repeat(500)}\tx`), /line 1: 2,499 characters, expected at most 2,000/],
    ['with too many lines', file('a.tsv', 'a\tb\n'.repeat(MOST_PAIRS + 1)), /more than 5,000/],
    ['that is too large', file('a.tsv', new Uint8Array(MOST_BYTES + 1)), /expected at most 20 MB/],
    ['under a name that says nothing', file('a.docx', 'a\tb'), /a\.docx is no test set/],
  ])('%s is refused, and it says where', (_name, broken, words) => {
    expect(refusal(broken)).toMatch(words);
  });
});

describe('two text files', () => {
  const english = file('news.en', 'One.\nTwo.\n');
  const german = file('news.de', 'Eins.\nZwei.\n');

  it('belong together line by line; their names say which is which, whatever their order', () => {
    const expected = [
      [1, 'One.', 'Eins.'],
      [2, 'Two.', 'Zwei.'],
    ];
    expect(pairsOf(english, german)).toEqual(expected);
    expect(pairsOf(german, english)).toEqual(expected);
    expect(readTestSet([german, english], PAIR)).toMatchObject({ sides: { source: 'news.en', reference: 'news.de' } });
    expect(pairsOf(file('a.txt', 'One.'), file('b.txt', 'Eins.'))).toEqual([[1, 'One.', 'Eins.']]);
    expect(readTestSet([english, german], PAIR, true).sides).toEqual({ source: 'news.de', reference: 'news.en' });
  });

  it.each([
    ['of other lengths', [english, file('x.de', 'Eins.\n')], /news\.en has 2 lines, x\.de has 1; .* without a partner is line 2\./],
    ['with an empty line in one', [english, file('x.de', 'Eins.\n\n')], /x\.de, line 2: the translation is empty/],
    ['of which one is a TSV', [english, file('x.tsv', 'a\tb')], /Got news\.en and x\.tsv/],
    ['and a third', [english, german, german], /Got 3 files/],
  ])('%s are refused', (_name, files, words) => {
    expect(refusal(...files)).toMatch(words);
  });

  it('of which there is one only are refused, unless it has tabs', () => {
    expect(refusal(file('a.txt', 'One.\nTwo.'))).toMatch(/a\.txt is no test set/);
    expect(pairsOf(file('a.txt', 'One.\tEins.'))).toEqual([[1, 'One.', 'Eins.']]);
  });
});

describe('a TMX file', () => {
  it('is read by language, regions aside, markup of other formats left out', () => {
    const text = tmx(
      [
        unit('Press &lt;b&gt; <bpt i="1">{\\b </bpt>now<ept i="1">}</ept>.', 'Drücken Sie <hi>jetzt</hi>\n  <![CDATA[& <b>]]>.'),
        '<tu><tuv xml:lang="en"><seg>English only.</seg></tuv></tu>',
        unit('Two.', 'Zwei.'),
      ].join('\n'),
    );
    expect(pairsOf(file('a.tmx', text))).toEqual([
      [4, 'Press <b> now.', 'Drücken Sie jetzt & <b>.'],
      [7, 'Two.', 'Zwei.'],
    ]);
    expect(readTestSet([file('a.tmx', text)], PAIR).skipped).toBe(1);
  });

  it('may name its document type, as those of 1.4 do', () => {
    const head = '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">';
    expect(pairsOf(file('a.tmx', tmx(unit('One.', 'Eins.'), head)))).toEqual([[3 + 1, 'One.', 'Eins.']]);
  });

  it.each([
    ['that is cut off', '<tmx>\n<body>\n<tu>', /a\.tmx, line 3: this is not well-formed XML/],
    ['with an end tag that does not fit', '<tmx>\n</tm>', /a\.tmx, line 2: this is not well-formed XML/],
    ['that declares entities', '<!DOCTYPE tmx [\n<!ENTITY a "aaaa">\n]>\n<tmx/>', /a\.tmx, line 3: it declares entities/],
    ['with an entity that it does not declare', tmx(unit('&a;', 'x')), /a\.tmx, line 4: this is not well-formed XML/],
    ['that is something else', '<html/>', /a\.tmx, line 1: got <html>, expected <tmx>/],
    ['in other languages', tmx(unit('One.', 'Eins.').replace('DE', 'FR')), /no segment in both en and de\. It has: en and fr\./],
    ['with nothing in it', tmx(''), /a\.tmx is empty/],
    ['with an empty segment', tmx(unit('One.', ' ')), /a\.tmx, line 4: the translation is empty/],
  ])('%s is refused, and it says where', (_name, text, words) => {
    expect(refusal(file('a.tmx', text))).toMatch(words);
  });
});

describe('a test set of summaries', () => {
  const [text, summary] = ['A long text.\nIts second line.', 'A text.'];
  const jsonLines = `${JSON.stringify({ id: 7, text, summary })}\n\n${JSON.stringify({ summary, text: 'Another.' })}\n`;

  it('may be JSON Lines, a TSV or two text files, whose names say which is which', () => {
    const expected = [
      [1, text, summary],
      [3, 'Another.', summary],
    ];
    expect(pairsFor(SUMMARIES, file('a.jsonl', jsonLines))).toEqual(expected);
    expect(pairsFor(SUMMARIES, file('a.tsv', 'document\tsummary\nA long text.\tA text.'))).toEqual([[2, 'A long text.', 'A text.']]);
    const [target, source] = [file('test.target', 'A text.'), file('test.source', 'A long text.')];
    expect(pairsFor(SUMMARIES, target, source)).toEqual([[1, 'A long text.', 'A text.']]);
    expect(pairsFor(SUMMARIES, file('a.tsv', `${'word '.repeat(30_000)}\tA text.`))).toHaveLength(1);
  });

  it.each([
    ['with a line that is not JSON', file('a.jsonl', `${jsonLines}{"text": "One`), /a\.jsonl, line 4: this is not JSON/],
    ['with other keys', file('a.jsonl', '{"document": "One.", "id": 1}'), /line 1: got document and id, expected an object with “text”/],
    ['with what is no object', file('a.jsonl', '["One.", "Two."]'), /line 1: got no object/],
    ['with what is no text', file('a.jsonl', '{"text": 1, "summary": "One."}'), /line 1: got text and summary, .*both of them text/],
    ['without a document', file('a.jsonl', '{"text": " ", "summary": "One."}'), /line 1: the document is empty/],
    ['without a summary', file('a.tsv', 'One.\t'), /line 1: the summary is empty/],
    ['with one column', file('a.tsv', 'One.'), /line 1: got one column, expected two: the document, a tab, its summary/],
    ['with nothing in it', file('a.jsonl', '\n'), /a\.jsonl is empty\. Expected at least a document and its summary/],
    [
      'with a summary that is a book',
      file('a.tsv', `One.\t${'word '.repeat(5_000)}`),
      /line 1: 24,999 characters, expected at most 20,000/,
    ],
    ['of translations', file('a.tmx', tmx(unit('One.', 'Eins.'))), /a\.tmx is no test set: expected one TSV or JSON Lines file/],
  ])('%s is refused, and it says where', (_name, broken, words) => {
    expect(refusalFor(SUMMARIES, broken)).toMatch(words);
  });
});

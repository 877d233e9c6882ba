/** Files → a test set: TSV, TMX, or two text files whose lines belong together. Refuses what is broken, and says in which line. Pure. */
import { formatNumber, t } from '../i18n/i18n';
import { formatBytes } from '../units';
import { readTmx } from './read-tmx';
import { MOST_BYTES, MOST_CHARACTERS, MOST_PAIRS, testSetOf, TestSetProblem, type TestFile, type TestPair, type TestSet } from './test-set';

export interface Pair {
  from: string;
  to: string;
}

/** `swapped`: of two text files the other one is the source. Throws TestSetProblem. */
export function readTestSet(files: readonly TestFile[], pair: Pair, swapped = false): TestSet {
  const [first, second, ...others] = files;
  if (first === undefined || others.length > 0) throw new TestSetProblem(() => t('testset.tooManyFiles', { files: files.length }));
  if (second !== undefined) {
    if (kindOf(first) !== 'txt' || kindOf(second) !== 'txt') {
      throw new TestSetProblem(() => t('testset.twoOfAKind', { first: first.name, second: second.name }));
    }
    const [source, reference] = isReference(first.name, second.name, pair) !== swapped ? [second, first] : [first, second];
    return readAligned(source, reference);
  }
  switch (kindOf(first)) {
    case 'tmx':
      return checked(readTmx(textOf(first), first.name, pair), first.name);
    case 'tsv':
      return checked(readTsv(first, pair), first.name);
    case 'txt':
      // A text file with tabs is a TSV under another name.
      if (textOf(first).includes('\t')) return checked(readTsv(first, pair), first.name);
      throw new TestSetProblem(() => t('testset.unknownKind', { file: first.name }));
    case null:
      throw new TestSetProblem(() => t('testset.unknownKind', { file: first.name }));
  }
}

function kindOf({ name }: TestFile): 'tsv' | 'tmx' | 'txt' | null {
  if (/\.(tsv|tab)$/i.test(name)) return 'tsv';
  if (/\.tmx$/i.test(name)) return 'tmx';
  // Parallel corpora name their files after languages: news.en, news.de.
  return /\.(txt|text|[a-z]{2,3}|src|ref)$/i.test(name) ? 'txt' : null;
}

/** Whether names tell that the first file is the translation. */
function isReference(first: string, second: string, { from, to }: Pair): boolean {
  const names = (name: string, word: string) => new RegExp(String.raw`(?:^|[._\s-])${word}(?:[._\s-]|$)`, 'i').test(name);
  const isSource = (name: string) => names(name, from) || names(name, 'src') || names(name, 'source');
  const isTarget = (name: string) => names(name, to) || names(name, 'ref') || names(name, 'reference');
  return isTarget(first) && !isTarget(second) ? true : isSource(second) && !isSource(first);
}

function readTsv(file: TestFile, { from, to }: Pair): TestSet {
  const pairs: TestPair[] = [];
  const heads = ['source', 'src', 'target', 'tgt', 'reference', 'ref', 'translation', 'from', 'to', from, to];
  linesOf(textOf(file)).forEach((text, index) => {
    const line = index + 1;
    if (text.trim() === '') return;
    const [source = '', reference = '', ...others] = text.split('\t').map((cell) => cell.trim());
    const count = text.split('\t').length;
    if (count !== 2 || others.length > 0) throw new TestSetProblem(() => t('testset.columns', { file: file.name, line, count }));
    if (line === 1 && [source, reference].every((cell) => heads.includes(cell.toLowerCase()))) return;
    pairs.push({ line, source, reference });
  });
  return testSetOf(file.name, pairs);
}

function readAligned(source: TestFile, reference: TestFile): TestSet {
  const sources = linesOf(textOf(source));
  const references = linesOf(textOf(reference));
  if (sources.length !== references.length) {
    throw new TestSetProblem(() =>
      t('testset.unaligned', {
        first: source.name,
        firstLines: formatNumber(sources.length),
        second: reference.name,
        secondLines: formatNumber(references.length),
        line: formatNumber(Math.min(sources.length, references.length) + 1),
      }),
    );
  }
  const pairs = sources.flatMap((text, index): TestPair[] => {
    const pair = { line: index + 1, source: text.trim(), reference: (references[index] ?? '').trim() };
    return pair.source === '' && pair.reference === '' ? [] : [pair];
  });
  const sides = { source: source.name, reference: reference.name };
  return checked(testSetOf(`${source.name}, ${reference.name}`, pairs, { sides }), source.name, reference.name);
}

/** What must hold of every test set, whatever it was read from. */
function checked(set: TestSet, sourceFile: string, referenceFile = sourceFile): TestSet {
  const { pairs } = set;
  if (pairs.length === 0) throw new TestSetProblem(() => t('testset.emptyFile', { file: sourceFile }));
  if (pairs.length > MOST_PAIRS) {
    throw new TestSetProblem(() => t('testset.tooMany', { file: sourceFile, limit: formatNumber(MOST_PAIRS) }));
  }
  for (const { line, source, reference } of pairs) {
    if (source === '') throw new TestSetProblem(() => t('testset.emptySource', { file: sourceFile, line }));
    if (reference === '') throw new TestSetProblem(() => t('testset.emptyReference', { file: referenceFile, line }));
    const length = Math.max(source.length, reference.length);
    if (length > MOST_CHARACTERS) {
      const file = source.length === length ? sourceFile : referenceFile;
      throw new TestSetProblem(() =>
        t('testset.lineTooLong', { file, line, length: formatNumber(length), limit: formatNumber(MOST_CHARACTERS) }),
      );
    }
  }
  return set;
}

/** Without the end that a last line may have. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
function textOf({ name, bytes }: TestFile): string {
  if (bytes.length > MOST_BYTES) {
    throw new TestSetProblem(() => t('testset.tooLarge', { file: name, size: formatBytes(bytes.length), limit: formatBytes(MOST_BYTES) }));
  }
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    const line = brokenLine(bytes);
    throw new TestSetProblem(() => t('testset.notUtf8', { file: name, line }));
  }
}

/** The first line that is not UTF-8, from 1. */
function brokenLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}

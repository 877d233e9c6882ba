/**
 * Files → a test set: TSV, TMX (of translations), JSON Lines (of summaries), or two text files whose lines belong together. Refuses what is
 * broken, and says in which line. Pure.
 */
import { formatNumber, t } from '../i18n/i18n';
import { linesOf, textOf } from './file-text';
import { readJsonLines } from './read-jsonl';
import { readTmx } from './read-tmx';
import {
  MOST_CHARACTERS,
  MOST_PAIRS,
  testSetOf,
  TestSetProblem,
  type TestFile,
  type TestPair,
  type TestSet,
  type Wanted,
} from './test-set';

type Kind = 'tsv' | 'tmx' | 'jsonl' | 'txt';

/** `swapped`: of two text files the other one is the source. Throws TestSetProblem. */
export function readTestSet(files: readonly TestFile[], wanted: Wanted, swapped = false): TestSet {
  const expected = () => t(`testset.${wanted.task}Kinds`);
  const [first, second, ...others] = files;
  if (first === undefined || others.length > 0) {
    throw new TestSetProblem(() => t('testset.tooManyFiles', { files: files.length, expected: expected() }));
  }
  if (second !== undefined) {
    if (kindOf(first) !== 'txt' || kindOf(second) !== 'txt') {
      throw new TestSetProblem(() => t('testset.twoOfAKind', { first: first.name, second: second.name, expected: expected() }));
    }
    const [source, reference] = isReference(first.name, second.name, wanted) !== swapped ? [second, first] : [first, second];
    return readAligned(source, reference, wanted);
  }
  return checked(readOne(first, wanted), first.name);
}

function readOne(file: TestFile, wanted: Wanted): TestSet {
  const kind = kindOf(file);
  // A text file with tabs is a TSV under another name.
  if (kind === 'tsv' || (kind === 'txt' && textOf(file).includes('\t'))) return readTsv(file, wanted);
  if (kind === 'tmx' && wanted.task === 'translate') return readTmx(textOf(file), file.name, wanted);
  if (kind === 'jsonl' && wanted.task === 'summarize') {
    return testSetOf(wanted.task, file.name, readJsonLines(linesOf(textOf(file)), file.name));
  }
  throw new TestSetProblem(() => t('testset.unknownKind', { file: file.name, expected: t(`testset.${wanted.task}Kinds`) }));
}

function kindOf({ name }: TestFile): Kind | null {
  if (/\.(tsv|tab)$/i.test(name)) return 'tsv';
  if (/\.tmx$/i.test(name)) return 'tmx';
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'jsonl';
  // Parallel corpora name their files after languages or sides: news.en, test.source.
  return /\.(txt|text|[a-z]{2,3}|source|target|document|summary)$/i.test(name) ? 'txt' : null;
}

/** What a file or a column of each side may be called. */
function sidesOf(wanted: Wanted): { source: string[]; reference: string[] } {
  const [source, reference] = [
    ['source', 'src'],
    ['reference', 'ref', 'target', 'tgt'],
  ];
  return wanted.task === 'translate'
    ? { source: [...source, wanted.from], reference: [...reference, 'translation', wanted.to] }
    : { source: [...source, 'document', 'text', 'article'], reference: [...reference, 'summary', 'title', 'abstract'] };
}

/** Whether names tell that the first file is the reference. */
function isReference(first: string, second: string, wanted: Wanted): boolean {
  const sides = sidesOf(wanted);
  const names = (name: string, words: readonly string[]) =>
    new RegExp(String.raw`(?:^|[._\s-])(?:${words.join('|')})(?:[._\s-]|$)`, 'i').test(name);
  if (names(first, sides.reference) && !names(second, sides.reference)) return true;
  return names(second, sides.source) && !names(first, sides.source);
}

function readTsv(file: TestFile, wanted: Wanted): TestSet {
  const pairs: TestPair[] = [];
  const heads = [...Object.values(sidesOf(wanted)).flat(), 'from', 'to'];
  linesOf(textOf(file)).forEach((text, index) => {
    const line = index + 1;
    if (text.trim() === '') return;
    const cells = text.split('\t').map((cell) => cell.trim());
    const [source = '', reference = ''] = cells;
    if (cells.length !== 2) {
      const columns = () => t(`testset.${wanted.task}Columns`);
      throw new TestSetProblem(() => t('testset.columns', { file: file.name, line, count: cells.length, columns: columns() }));
    }
    if (line === 1 && cells.every((cell) => heads.includes(cell.toLowerCase()))) return;
    pairs.push({ line, source, reference });
  });
  return testSetOf(wanted.task, file.name, pairs);
}

function readAligned(source: TestFile, reference: TestFile, { task }: Wanted): TestSet {
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
  return checked(testSetOf(task, `${source.name}, ${reference.name}`, pairs, { sides }), source.name, reference.name);
}

/** What must hold of every test set, whatever it was read from. */
function checked(set: TestSet, sourceFile: string, referenceFile = sourceFile): TestSet {
  const { task, pairs } = set;
  const files = { source: sourceFile, reference: referenceFile };
  if (pairs.length === 0) throw new TestSetProblem(() => t('testset.emptyFile', { file: sourceFile, expected: t(`testset.${task}Pair`) }));
  if (pairs.length > MOST_PAIRS) {
    throw new TestSetProblem(() => t('testset.tooMany', { file: sourceFile, limit: formatNumber(MOST_PAIRS) }));
  }
  for (const pair of pairs) {
    for (const side of ['source', 'reference'] as const) {
      const { line, [side]: text } = pair;
      const [file, limit] = [files[side], MOST_CHARACTERS[task][side]];
      if (text === '') throw new TestSetProblem(() => t('testset.emptySide', { file, line, side: t(`testset.${task}${sideKey[side]}`) }));
      if (text.length > limit) {
        const numbers = { length: formatNumber(text.length), limit: formatNumber(limit) };
        throw new TestSetProblem(() => t('testset.lineTooLong', { file, line, ...numbers }));
      }
    }
  }
  return set;
}

const sideKey = { source: 'Source', reference: 'Reference' } as const;

/** TMX 1.4: translation units with a segment in each of several languages. Pure. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { formatList, t } from '../i18n/i18n';
import { testSetOf, TestSetProblem, type TestPair, type TestSet, type Wanted } from './test-set';

/** Their content is markup of some other format, not text. */
const CODES = new Set(['bpt', 'ept', 'ph', 'it', 'ut', 'sub']);

interface Unit {
  line: number;
  /** First segment of each language, by its primary subtag. */
  segments: Map<string, string>;
}

/** Throws TestSetProblem. */
export function readTmx(text: string, file: string, { task, from, to }: Extract<Wanted, { task: 'translate' }>): TestSet {
  const units = unitsOf(text, file);
  const pairs = units.flatMap(({ line, segments }): TestPair[] => {
    const [source, reference] = [segments.get(from), segments.get(to)];
    return source === undefined || reference === undefined ? [] : [{ line, source, reference }];
  });
  if (pairs.length === 0 && units.length > 0) {
    const languages = [...new Set(units.flatMap(({ segments }) => [...segments.keys()]))].sort();
    throw new TestSetProblem(() => t('testset.noPair', { file, from, to, languages: formatList(languages) }));
  }
  return testSetOf(task, file, pairs, { skipped: units.length - pairs.length });
}

function unitsOf(text: string, file: string): Unit[] {
  const parser = new SaxesParser();
  const units: Unit[] = [];
  let isRoot = true;
  let language = '';
  let segment: string | null = null;
  /** How many elements around the text are markup. */
  let codes = 0;
  parser.on('error', (error) => {
    const line = parser.line;
    // The parser says where by itself, in its own way.
    const reason = error.message.replace(/^[\d:]+\s*/, '').replace(/\.$/, '');
    throw new TestSetProblem(() => t('testset.xmlBroken', { file, line, reason }));
  });
  parser.on('doctype', (declared) => {
    const line = parser.line;
    if (declared.includes('[')) throw new TestSetProblem(() => t('testset.xmlDoctype', { file, line }));
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const line = parser.line;
    if (isRoot && name !== 'tmx') throw new TestSetProblem(() => t('testset.notTmx', { file, line, tag: name }));
    isRoot = false;
    if (name === 'tu') units.push({ line, segments: new Map() });
    else if (name === 'tuv') language = (attributes['xml:lang'] ?? attributes['lang'] ?? '').toLowerCase().replace(/[-_].*$/, '');
    else if (name === 'seg') segment = '';
    else if (CODES.has(name)) codes++;
  });
  const take = (part: string) => {
    if (segment !== null && codes === 0) segment += part;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', ({ name }) => {
    if (CODES.has(name)) codes--;
    if (name !== 'seg' || segment === null) return;
    const unit = units.at(-1);
    if (unit && language !== '' && !unit.segments.has(language)) unit.segments.set(language, segment.replace(/\s+/g, ' ').trim());
    segment = null;
  });
  parser.write(text).close();
  return units;
}

/**
 * Tries a format on any number of files: `npx tsx test/unit/main/documents/containers/check-files.ts docx FILE…`, or `-` for names on
 * standard input. Prints what does not hold, every refusal, and what was slow.
 */
import { readFileSync } from 'node:fs';
import { DocumentError, type Format } from '../../../../../src/main/documents/format';
import { problemsOf } from './invariants';

const SLOW_MS = 3000;

const [id = '', ...names] = process.argv.slice(2);
const module = (await import(`../../../../../src/main/documents/formats/${['odt', 'odp', 'ods'].includes(id) ? 'odf' : id}.ts`)) as Record<
  string,
  Format
>;
const format = module[id];
if (!format) throw new Error(`No format ${id}.`);
const files = names[0] === '-' ? readFileSync(0, 'utf8').split('\n').filter(Boolean) : names;
let good = 0;
let refused = 0;
let broken = 0;
let blocks = 0;
for (const file of files) {
  const start = performance.now();
  try {
    const bytes = readFileSync(file);
    const problems = await problemsOf(format, bytes);
    blocks += (await format.read(bytes)).blocks.length;
    if (problems.length === 0) good++;
    else {
      broken++;
      console.log(`${file}\n  ${problems.slice(0, 3).join('\n  ').slice(0, 1500)}`);
    }
  } catch (error) {
    if (error instanceof DocumentError) {
      refused++;
      console.log(`${file}\n  refused: ${error.message}`);
    } else {
      broken++;
      console.log(file, error);
    }
  }
  const tookMs = performance.now() - start;
  if (tookMs > SLOW_MS) console.log(`${file}\n  took ${Math.round(tookMs)} ms`);
}
console.log(`${good} good, ${refused} refused, ${broken} broken; ${blocks} blocks.`);

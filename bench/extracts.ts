/**
 * What is shown of texts where nothing was written that may be shown: the headline, the short and the long summary in the text's own words.
 * For judging how sentences are chosen, without a model. `npx tsx bench/extracts.ts FILE…`
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withoutBoilerplate } from '../src/main/inference/summarize/boilerplate';
import { textProblem } from '../src/main/inference/summarize/check-text';
import { grounded, NOTHING_WRITTEN } from '../src/main/inference/summarize/ground';
import { sentenceRanges } from '../src/main/inference/summarize/sentence-ranges';
import { SourceIndex } from '../src/main/inference/summarize/support';

for (const file of process.argv.slice(2)) {
  const whole = readFileSync(file, 'utf8').replace(/\r\n?/g, '\n');
  process.stdout.write(`\n# ${basename(file)}\n${extractsOf(whole)}`);
}

function extractsOf(whole: string): string {
  const text = withoutBoilerplate(whole);
  const sentences = [...sentenceRanges(text)];
  const problem = textProblem(whole, text, sentences.length);
  if (problem !== null) return `refused: ${problem}\n`;
  const indexing = SourceIndex.of(text, sentences, whole);
  let step = indexing.next();
  while (!step.done) step = indexing.next();
  const source = { text, sentences, index: step.value };
  return (['headline', 'short', 'long'] as const)
    .map((length) => `[${length}]\n${grounded(NOTHING_WRITTEN, source, { length, form: 'bullets' }).text}\n`)
    .join('');
}

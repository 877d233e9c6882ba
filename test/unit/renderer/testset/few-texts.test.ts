/** What is said of a difference depends on how many texts it was measured on. */
import { expect, it } from 'vitest';
import { METRICS } from '../../../../src/renderer/testset/measures';
import { fewWords } from '../../../../src/renderer/testset/score-table';
import { FEWEST_LINES, scoresOf, type TestLine, type WriterScore } from '../../../../src/renderer/testset/test-run';
import { CHOICE } from './tiny-choice';

const REFERENCE = 'Die Katze schläft auf der Matte.';

function writtenAs(output: string) {
  return { output, words: 6, counts: METRICS.translate.map((metric) => metric.counts(output, REFERENCE)), work: null };
}

/** In each of them the hybrid is worse by the same. */
function linesWorse(count: number): TestLine[] {
  const written = { llm: writtenAs(REFERENCE), hybrid: writtenAs('Die Katze liegt auf dem Boden.') };
  return Array.from({ length: count }, (_, line) => ({ pair: { line, source: 'The cat sleeps.', reference: REFERENCE }, written }));
}

function hybridOf(lines: readonly TestLine[]): WriterScore | undefined {
  const steps = scoresOf(lines, CHOICE);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value.find(({ writer }) => writer === 'hybrid');
}

it('calls no difference sure that few texts show, however far its interval is from 0, and warns of it', () => {
  const lines = linesWorse(FEWEST_LINES - 1);
  const values = hybridOf(lines)?.values;
  expect(values?.map(({ against }) => (against?.high ?? 0) < 0)).toEqual([true, true]);
  expect(values?.map(({ isSure }) => isSure)).toEqual([false, false]);
  expect(fewWords(lines)).toBe('Fewer than 30 texts: the intervals are narrower than they should be and say little about other texts.');
});

it('calls the same difference sure in enough texts, and warns of nothing', () => {
  const lines = linesWorse(FEWEST_LINES);
  expect(hybridOf(lines)?.values.map(({ isSure }) => isSure)).toEqual([true, true]);
  expect(fewWords(lines)).toBeNull();
});

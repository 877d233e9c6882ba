/** JSON Lines: in each line an object with a document (`text`) and its reference summary (`summary`); what else it holds is left alone. Pure. */
import { z } from 'zod';
import { formatList, t } from '../i18n/i18n';
import { TestSetProblem, type TestPair } from './test-set';

const rowSchema = z.object({ text: z.string(), summary: z.string() });

/** Throws TestSetProblem. */
export function readJsonLines(lines: readonly string[], file: string): TestPair[] {
  return lines.flatMap((text, index): TestPair[] => {
    if (text.trim() === '') return [];
    const line = index + 1;
    const got = parsed(text, file, line);
    const row = rowSchema.safeParse(got);
    if (!row.success) throw new TestSetProblem(() => t('testset.jsonKeys', { file, line, got: keysOf(got) }));
    return [{ line, source: row.data.text.trim(), reference: row.data.summary.trim() }];
  });
}

function parsed(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TestSetProblem(() => t('testset.notJson', { file, line }));
  }
}

/** E.g. `id and text`. */
function keysOf(row: unknown): string {
  const keys = typeof row === 'object' && row !== null && !Array.isArray(row) ? Object.keys(row) : [];
  return keys.length === 0 ? t('testset.noKeys') : formatList(keys);
}

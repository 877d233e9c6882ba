/** The prompt of a summary: the text first, so that one reading of it serves every length and form whose `before` is the same. */
import type { SummarizeTask, SummarizingManifest } from '../../shared/pack';
import type { ByteTokenizer } from './byte-tokenizer';

export interface SummaryPrompt {
  /** Of `before` and the text. */
  documentIds: number[];
  /** Of `after`. */
  instructionIds: number[];
}

export function summaryPrompt(tokenizer: ByteTokenizer, { before, after }: SummarizeTask, text: string): SummaryPrompt {
  return {
    documentIds: [...tokenizer.encodeTemplate(before), ...tokenizer.encode(text)],
    instructionIds: tokenizer.encodeTemplate(after),
  };
}

/** The pack's own entry for a length and form, with its prompt. */
export function summarizeTask(
  { tasks }: Pick<SummarizingManifest, 'tasks'>,
  { length, form }: Pick<SummarizeTask, 'length' | 'form'>,
): SummarizeTask | null {
  return tasks.find((task) => task.length === length && task.form === form) ?? null;
}

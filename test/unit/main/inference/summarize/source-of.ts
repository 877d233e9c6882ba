import type { Source } from '../../../../../src/main/inference/summarize/ground';
import { sentenceRanges } from '../../../../../src/main/inference/summarize/sentence-ranges';
import { SourceIndex } from '../../../../../src/main/inference/summarize/support';

/** A text as `grounded` wants it. */
export function sourceOf(text: string): Source {
  const sentences = [...sentenceRanges(text)];
  const indexing = SourceIndex.of(text, sentences);
  for (;;) {
    const step = indexing.next();
    if (step.done) return { text, sentences, index: step.value };
  }
}

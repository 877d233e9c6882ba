/** A summary cut into stretches that are drawn alike. Pure. */
import type { Range, Summary } from '../../shared/inference/summary';
import type { SummaryForm } from '../../shared/pack';

export interface Stretch {
  text: string;
  /** Not in the source. */
  unknown: 'number' | 'name' | null;
  isCopied: boolean;
}

export interface SentenceMarks {
  /** Of the summary; in a paragraph, what lies between two sentences belongs to the first of them. */
  start: number;
  isSupported: boolean;
  /** Word for word from the source. */
  isTaken: boolean;
  stretches: readonly Stretch[];
}

/** Of a paragraph, every code unit of the text is in one stretch; of points, what stands between them in none. */
export function sentenceMarks(
  text: string,
  { sentences, copied }: Pick<Summary, 'sentences' | 'copied'>,
  form: SummaryForm,
): SentenceMarks[] {
  return sentences.map((sentence, index) => {
    const start = form === 'paragraph' && index === 0 ? 0 : sentence.start;
    const end = form === 'bullets' ? sentence.end : (sentences[index + 1]?.start ?? text.length);
    const cuts = new Set([start, end]);
    for (const range of [...sentence.unknown, ...copied]) {
      for (const cut of [range.start, range.end]) if (cut > start && cut < end) cuts.add(cut);
    }
    const inOrder = [...cuts].sort((a, b) => a - b);
    const stretches = inOrder.slice(1).map((to, i): Stretch => {
      const from = inOrder[i] ?? start;
      const holds = (range: Range) => range.start <= from && range.end >= to;
      return { text: text.slice(from, to), unknown: sentence.unknown.find(holds)?.kind ?? null, isCopied: copied.some(holds) };
    });
    return { start, isSupported: sentence.sources.length > 0, isTaken: sentence.isTaken, stretches };
  });
}

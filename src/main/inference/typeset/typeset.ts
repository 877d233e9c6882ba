/**
 * What a target language wants of a translation's letters and marks, put right where the model does not: quotation marks, spaces around
 * marks, separators in numbers, dates, a digit that slipped, hyphens in names, the first letter, the last mark. No word is touched. Languages without rules of their own
 * keep what the model wrote. Pure.
 */
import { type Inline, type Inlines } from '../../../shared/inlines';
import { localizedDates } from './dates';
import { withCapital, withMark } from './edges';
import { spacedMarks } from './marks';
import { partedNames } from './names';
import { localizedNumbers, repairedNumbers } from './numbers';
import { localizedQuotes } from './quotes';

export interface Languages {
  from: string;
  to: string;
}

/** Stands for a code: object replacement character. Texts that hold one themselves are left as they are. */
const CODE = '\ufffc';

/** `target`, or the beginning of one, with the same codes in the same order. Doing it twice changes nothing more. */
export const typeset = (source: Inlines, target: Inlines, { from, to }: Languages): Inlines =>
  changed(source, target, (sourceText, text) => {
    // Asked with every token; most sentences hold no digit.
    const numbered = /\d/.test(text)
      ? localizedNumbers(sourceText, localizedDates(sourceText, repairedNumbers(sourceText, text), from, to), from, to)
      : text;
    return withCapital(sourceText, spacedMarks(localizedQuotes(partedNames(sourceText, numbered), to), to), to);
  });

/** `target`, which is written to its end, with the source's last mark where it has none. */
export const ended = (source: Inlines, target: Inlines, { to }: Languages): Inlines =>
  changed(source, target, (sourceText, text) => withMark(sourceText, text, to));

function changed(source: Inlines, target: Inlines, change: (source: string, target: string) => string): Inlines {
  const sourceText = flat(source);
  const text = flat(target);
  if ((text + sourceText).split(CODE).length !== codeCount(source) + codeCount(target) + 1) return target;
  return unflat(change(sourceText, text), target);
}

const flat = (inlines: Inlines) => inlines.map((inline) => (typeof inline === 'string' ? inline : CODE)).join('');

const codeCount = (inlines: Inlines) => inlines.filter((inline) => typeof inline !== 'string').length;

/** `text` cut where codes stand, with those of `target`. */
function unflat(text: string, target: Inlines): Inlines {
  const codes = target.filter((inline) => typeof inline !== 'string');
  const inlines: Inline[] = [];
  for (const part of text.split(CODE)) {
    if (part !== '') inlines.push(part);
    const code = codes.shift();
    if (code) inlines.push(code);
  }
  return inlines;
}

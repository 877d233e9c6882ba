/** How the sentences and points of a summary are laid out as a line, a paragraph or a list, and where each was written. */
import type { Range } from '../../../shared/inference/summary';
import type { SummaryForm } from '../../../shared/pack';

/** `growing`: more may come; `ended`: the model ended it; `cut`: it was stopped in the middle. */
export type Growth = 'growing' | 'ended' | 'cut';

/** A sentence or point, as a range of what was written. */
export interface Unit extends Range {
  readonly isListItem: boolean;
  /** Something comes after it, or it ends as sentences do. */
  readonly isWhole: boolean;
}

/** A stretch of the text that stands for itself: `text.slice(start, end)` is what was written from `from` on. */
interface Stretch extends Range {
  readonly from: number;
}

export interface Composed {
  readonly text: string;
  /** In order; between them is what was put in: bullets, spaces, full stops. */
  readonly stretches: readonly Stretch[];
  /** Of each sentence or point, in order. */
  readonly units: readonly Range[];
}

export const SENTENCE_END = /[.!?…:;]["'”’»)\]]*$/;
const BOLD = /\*\*/g;
/** Of a long word that comes twice in a row, the second. */
const BOLD_OR_DOUBLED = /\*\*|(?<=(?<!\p{L})(\p{L}{5,})) \1(?!\p{L})/gu;

/** Ranges of what was written as ranges of what is shown. */
export function shownRanges({ stretches }: Pick<Composed, 'stretches'>, written: Range): Range[] {
  return stretches.flatMap(({ start, end, from }) => {
    const first = Math.max(start, written.start - from + start);
    const last = Math.min(end, written.end - from + start);
    return first < last ? [{ start: first, end: last }] : [];
  });
}

class Composition {
  private text = '';
  private readonly stretches: Stretch[] = [];
  private readonly units: Range[] = [];

  constructor(
    private readonly written: string,
    private readonly growth: Growth,
  ) {}

  put(text: string): void {
    this.text += text;
  }

  /** A range of what was written, without bold marks and, when all of it is there, without doubled words. */
  take({ start, end }: Range): void {
    let from = start;
    const leftOut = this.growth === 'growing' ? BOLD : BOLD_OR_DOUBLED;
    for (const { 0: mark, index } of this.written.slice(start, end).matchAll(leftOut)) {
      this.takePlain({ start: from, end: start + index });
      from = start + index + mark.length;
    }
    this.takePlain({ start: from, end });
  }

  /** A unit that was cut ends with its last whole word, and shows that it was cut; one that is whole ends with `closing`. */
  takeUnit(unit: Unit, closing = ''): void {
    const first = this.text.length;
    if (this.growth !== 'cut' || unit.isWhole) {
      this.take(unit);
      this.put(closing);
    } else {
      const end = unit.start + this.written.slice(unit.start, unit.end).replace(/(?<=\S)\s+\S*$/, '').length;
      this.take({ start: unit.start, end });
      this.put('…');
    }
    this.units.push({ start: first, end: this.text.length });
  }

  private takePlain({ start, end }: Range): void {
    if (start === end) return;
    this.stretches.push({ start: this.text.length, end: this.text.length + end - start, from: start });
    this.text += this.written.slice(start, end);
  }

  get composed(): Composed {
    return { text: this.text, stretches: this.stretches, units: this.units };
  }
}

/** One line, without quotes around it and the full stop at its end. */
export function headline(written: string, [unit]: readonly Unit[], growth: Growth): Composed {
  const composition = new Composition(written, growth);
  if (!unit) return composition.composed;
  let { start, end } = unit;
  const text = () => written.slice(start, end);
  const before = () => /^(?:\*\*|["“”‘«])+/.exec(text())?.[0].length ?? 0;
  const isQuoted = before() > 0;
  start += before();
  const after = isQuoted ? /(?:\*\*|[."”’»,;:])+$/ : /(?:\*\*|[,;:])+$|(?<!\.|\.\p{Lu})\.(?:\*\*)?$/u;
  end -= after.exec(text())?.[0].length ?? 0;
  composition.takeUnit({ ...unit, start, end: Math.max(start, end) });
  return composition.composed;
}

export function laidOut(written: string, units: readonly Unit[], form: SummaryForm, growth: Growth): Composed {
  const composition = new Composition(written, growth);
  for (const [index, unit] of units.entries()) {
    const isLast = index === units.length - 1;
    if (form === 'bullets') composition.put(index === 0 ? '- ' : '\n- ');
    else if (index > 0) composition.put(' ');
    const isOpen = isLast && growth === 'growing';
    const needsStop = form === 'paragraph' && unit.isListItem && !isOpen && !SENTENCE_END.test(written.slice(unit.start, unit.end));
    composition.takeUnit(unit, needsStop ? '.' : '');
  }
  return composition.composed;
}

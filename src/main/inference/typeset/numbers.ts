/** Numbers of a translation: those that a digit slipped into or out of, and separators as the target language writes them. Pure. */

interface Separators {
  thousands: string;
  decimal: string;
}

const SEPARATORS: Readonly<Record<string, Separators>> = {
  de: { thousands: '.', decimal: ',' },
  en: { thousands: ',', decimal: '.' },
  fr: { thousands: '\u00a0', decimal: ',' },
};

/** Digits with what may separate them. */
const NUMBER = /\d+(?:[.,'’]\d+|[ \u00a0\u202f]\d{3}(?!\d))*/g;

/** What makes "1.5" an amount and no chapter or version, behind it and before it. */
const UNIT_BEHIND =
  /^[ \u00a0-]?(?:%|‰|°|€|\$|£|percent|per cent|thousand|million|billion|trillion|times|(?:kilo|centi|milli)?(?:met(?:er|re)|gram|lit(?:er|re))s?|(?:milli|micro)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|miles?|inch(?:es)?|feet|euros?|dollars?|pounds?|cents?|degrees?|(?:[kcm]?m|[km]?g|[cm]?[lL]|km\/h|[kKMGT]i?B|[kMG]?Hz|[kM]?W|kWh|[mk]?V|m?A|ms|cm²|m²|km²|m³)\b)/;
const CURRENCY_BEFORE = /[$€£¥][ \u00a0]?$/;

/** Numbers without their separators, in the order of the text. */
export const numbersOf = (text: string): string[] => Array.from(text.matchAll(NUMBER), ([number]) => number.replace(/\D/g, ''));

/** The target with the source's number where, among as many numbers in the same order, one differs from it by a single digit. */
export function repairedNumbers(source: string, target: string): string {
  const wanted = Array.from(source.matchAll(NUMBER));
  const got = Array.from(target.matchAll(NUMBER));
  if (wanted.length !== got.length) return target;
  const wrong = got.flatMap((number, at) => (digits(number) === digits(wanted[at]) ? [] : [at]));
  const [at] = wrong;
  if (at === undefined || wrong.length > 1) return target;
  const [right, slipped] = [wanted[at], got[at]];
  if (!right || !slipped || !isSlip(digits(right), digits(slipped))) return target;
  return target.slice(0, slipped.index) + right[0] + target.slice(slipped.index + slipped[0].length);
}

/**
 * Numbers that the model copied with the source language's separators, written with the target's: 2,500 → 2.500. Only where it is certain that
 * the separators are such: "1.5 km", not "see 1.5".
 */
export function localizedNumbers(source: string, target: string, from: string, to: string): string {
  const theirs = SEPARATORS[from];
  const ours = SEPARATORS[to];
  if (!theirs || !ours || from === to) return target;
  let text = target;
  for (const [number, { thousands, decimal }] of amountsOf(source, theirs)) {
    const [whole = '', fraction] = number.split(decimal);
    const localized = whole.replaceAll(thousands, ours.thousands) + (fraction === undefined ? '' : ours.decimal + fraction);
    text = text.replace(new RegExp(`(?<![\\d.,])${escaped(number)}(?![.,]?\\d)`, 'g'), () => localized);
  }
  return text;
}

/** The longest first, so that none is taken for a part of another. */
function amountsOf(text: string, separators: Separators): Map<string, Separators> {
  const thousands = separators.thousands === '\u00a0' ? '[ \u00a0\u202f]' : escaped(separators.thousands);
  const decimal = escaped(separators.decimal);
  const amount = new RegExp(`(?<![\\d.,])(?:\\d{1,3}(?:${thousands}\\d{3})+(?:${decimal}\\d+)?|\\d+${decimal}\\d+)(?![.,]?\\d)`, 'g');
  const found = Array.from(text.matchAll(amount)).flatMap(({ 0: number, index }): [string, Separators][] => {
    const grouping = /^\d{1,3}([^\d])\d{3}(?!\d)/.exec(number)?.[1];
    const isGrouped = grouping !== undefined && grouping !== separators.decimal;
    const isAmount = isGrouped || UNIT_BEHIND.test(text.slice(index + number.length)) || CURRENCY_BEFORE.test(text.slice(0, index));
    return isAmount ? [[number, { ...separators, thousands: isGrouped ? grouping : separators.thousands }]] : [];
  });
  return new Map(found.sort(([a], [b]) => b.length - a.length));
}

const digits = (match: RegExpMatchArray | undefined) => (match?.[0] ?? '').replace(/\D/g, '');

/** Whether two numbers of some length are one digit apart: one more, one less, or another one. */
function isSlip(right: string, slipped: string): boolean {
  if (right.length < 3) return false;
  let start = 0;
  while (start < right.length && right[start] === slipped[start]) start++;
  let end = 0;
  while (end < Math.min(right.length, slipped.length) - start && right.at(-1 - end) === slipped.at(-1 - end)) end++;
  return right.length - start - end <= 1 && slipped.length - start - end <= 1;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

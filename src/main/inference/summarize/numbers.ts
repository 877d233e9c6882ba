/** The numbers of an English text, as digits or words, and what each is worth: "1,000", "1000", "one thousand" and "1 thousand" are one. */
import type { Range } from '../../../shared/inference/summary';

export interface NumberMention extends Range {
  /** The same for numbers that are the same: plain digits, or the digits and dots of a version. */
  readonly value: string;
}

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const WORTH: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 10 * (index + 2)] as const),
]);
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

const SCALE = [...SCALES.keys()].join('|');
const WORD = [...WORTH.keys()].join('|');
const DIGITS = String.raw`\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)*`;
const DIGIT_NUMBER = new RegExp(String.raw`(${DIGITS})(?:[\s-]?(${SCALE})(?![\p{L}\p{N}]))?`, 'giu');
const WORD_NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:${WORD})(?:(?:[\s-]|\s+and\s+)(?:${WORD}|${SCALE})(?![\p{L}\p{N}]))*(?![\p{L}\p{N}])`,
  'giu',
);
/** What digits belong to: "GPT-4", "H2O" and "x86" are names; "v2" is a number. */
const IN_A_NAME = /(?:\p{L}-?|[\p{L}\p{N}]\.)$/u;
const VERSION_MARK = /(?<!\p{L})[vV]$/u;

/** In order of their places. "one" is left out, and so are digits inside names: neither is meant as a count. */
export function numberMentions(text: string): NumberMention[] {
  const mentions: NumberMention[] = [];
  for (const match of text.matchAll(DIGIT_NUMBER)) {
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    if (!IN_A_NAME.test(before) || VERSION_MARK.test(before)) mentions.push(mentionOf(match, digitValue(match[1] ?? '', match[2])));
  }
  for (const match of text.matchAll(WORD_NUMBER)) {
    if (match[0].toLowerCase() !== 'one') mentions.push(mentionOf(match, String(wordValue(match[0]))));
  }
  return mentions.sort((a, b) => a.start - b.start);
}

/** Every value that a reader can find in a text: inside names, of ordinals, and of both readings of "3 million" too. */
export function numberValues(text: string): Set<string> {
  const values = new Set(numberMentions(text).map(({ value }) => value));
  for (const match of text.matchAll(DIGIT_NUMBER)) {
    values.add(digitValue(match[1] ?? '', undefined));
    values.add(digitValue(match[1] ?? '', match[2]));
    for (const [digits] of match[0].matchAll(/\d+/g)) values.add(digitValue(digits, undefined));
  }
  for (const [index, word] of ORDINALS.entries()) if (new RegExp(String.raw`\b${word}\b`, 'i').test(text)) values.add(String(index + 1));
  return values;
}

const mentionOf = (match: RegExpExecArray, value: string): NumberMention => ({
  start: match.index,
  end: match.index + match[0].length,
  value,
});

function digitValue(digits: string, scale: string | undefined): string {
  const plain = digits.replace(/[,\u00a0\u202f]/g, '');
  const isVersion = plain.split('.').length > 2;
  return isVersion ? plain : String(Number(plain) * (SCALES.get(scale?.toLowerCase() ?? '') ?? 1));
}

/** "two hundred and five thousand" → 205000. */
function wordValue(words: string): number {
  let total = 0;
  let group = 0;
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    const scale = SCALES.get(word);
    if (scale === undefined) group += WORTH.get(word) ?? 0;
    else if (scale === 100) group *= scale;
    else {
      total += group * scale;
      group = 0;
    }
  }
  return total + group;
}

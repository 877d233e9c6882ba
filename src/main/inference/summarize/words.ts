/** English words as a comparison sees them: stems of the words that say something. */

/** A word of a text, where it stands. */
export interface Word {
  readonly text: string;
  /** In UTF-16 code units. */
  readonly start: number;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu;

const STOP_WORDS = new Set(
  (
    'a about above after again against all also although am among an and any are as at be because been before being below between both but by ' +
    'can cannot could did do does doing down during each either etc even ever every few for from further had has have having he her here hers ' +
    'him his how however i if in into is it its itself just may me might more most much must my neither no nor not of off on once one only ' +
    'onto or other others our ours out over own per rather same shall she should since so some such than that the their theirs them then ' +
    'there these they this those though through thus to together too toward under until up upon us very via was we were what when where ' +
    'whereas whether which while who whom whose why will with within without would yet you your yours'
  ).split(' '),
);

/** All words, those that say nothing too; a hyphen or a digit parts words. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(WORD), (match) => ({ text: match[0], start: match.index }));
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(withoutApostrophe(word.toLowerCase()));
}

/**
 * What forms of a word have in common: "studies" and "study", "running" and "run", "quickly" and "quick". A few rules, no dictionary: some
 * different words fall together ("universal", "universe" do not; "caring" and "car" do), which costs less than forms that stay apart.
 */
export function stemOf(word: string): string {
  const lower = withoutApostrophe(word.toLowerCase());
  if (lower.length <= 3) return lower;
  const singular = lower
    .replace(/(?<=..)ies$/, 'y')
    .replace(/(?<=(?:ss|sh|ch|x|z))es$/, '')
    .replace(/(?<![sui])s$/, '');
  const root = singular
    .replace(/(?<=...)(?:ization|isation)$/, 'ize')
    .replace(/(?<=...)(?:ations?|ators?|ating|ated)$/, 'ate')
    .replace(/(?<=....)(?:ions?|ive|ively)$/, '')
    .replace(/(?<=...)ally$/, 'al')
    .replace(/(?<=...)(?:ing|edly|ed|ly|ness|ers?|ors?)$/, '');
  return root.replace(/([bdfgklmnprt])\1$/, '$1').replace(/(?<=...)[eiy]$/, '');
}

const withoutApostrophe = (lower: string) => lower.replace(/n['’]t$|['’](?:s|d|ll|re|ve|m)?$/, '');

/** Porter's stemmer of English as NLTK has it, its extensions included (nltk.stem.porter 3.10), which rouge-score stems with. */

/** `word` in small letters a to z and digits. */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  return [plural, pastOrGerund, finalY, step2, step3, step4, finalE, finalLl].reduce((stem, step) => step(stem), word);
}

const IRREGULAR = new Map([
  ['sky', 'sky'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

/** A suffix, what takes its place, and what the stem before it must be. */
type Rule = readonly [suffix: string, replacement: string, condition?: (stem: string) => boolean];

/** The first rule whose suffix the word has decides, whether its condition holds or not. */
function apply(rules: readonly Rule[], word: string): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const [suffix, replacement, condition] = rule;
  const stem = word.slice(0, word.length - suffix.length);
  return condition === undefined || condition(stem) ? stem + replacement : word;
}

/** `c` and `v`: a y is a vowel behind a consonant. */
function shape(word: string): string {
  let letters = '';
  for (const letter of word) {
    const isVowel = 'aeiou'.includes(letter) || (letter === 'y' && letters.endsWith('c'));
    letters += isVowel ? 'v' : 'c';
  }
  return letters;
}

/** How often consonants follow vowels. */
const measure = (stem: string) => shape(stem).split('vc').length - 1;
const hasMeasure = (stem: string) => measure(stem) > 0;
const isLong = (stem: string) => measure(stem) > 1;
const endsInConsonant = (word: string) => shape(word).endsWith('c');
const endsInDouble = (word: string) => word.length >= 2 && word.at(-1) === word.at(-2) && endsInConsonant(word);
/** Consonant, vowel, consonant, as in `hop`; or vowel and consonant alone. */
const endsShort = (word: string) => (shape(word).endsWith('cvc') && !/[wxy]$/.test(word)) || shape(word) === 'vc';

function plural(word: string): string {
  if (word.length === 4 && word.endsWith('ies')) return word.slice(0, -1);
  return apply(
    [
      ['sses', 'ss'],
      ['ies', 'i'],
      ['ss', 'ss'],
      ['s', ''],
    ],
    word,
  );
}

function pastOrGerund(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return apply([['eed', 'ee', hasMeasure]], word);
  const stem = word.replace(/(?:ed|ing)$/, '');
  if (stem === word || !shape(stem).includes('v')) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (endsInDouble(stem)) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

const finalY = (word: string) => apply([['y', 'i', (stem) => stem.length > 1 && endsInConsonant(stem)]], word);

const STEP_2: readonly Rule[] = [
  ['ational', 'ate', hasMeasure],
  ['tional', 'tion', hasMeasure],
  ['enci', 'ence', hasMeasure],
  ['anci', 'ance', hasMeasure],
  ['izer', 'ize', hasMeasure],
  ['bli', 'ble', hasMeasure],
  ['alli', 'al', hasMeasure],
  ['entli', 'ent', hasMeasure],
  ['eli', 'e', hasMeasure],
  ['ousli', 'ous', hasMeasure],
  ['ization', 'ize', hasMeasure],
  ['ation', 'ate', hasMeasure],
  ['ator', 'ate', hasMeasure],
  ['alism', 'al', hasMeasure],
  ['iveness', 'ive', hasMeasure],
  ['fulness', 'ful', hasMeasure],
  ['ousness', 'ous', hasMeasure],
  ['aliti', 'al', hasMeasure],
  ['iviti', 'ive', hasMeasure],
  ['biliti', 'ble', hasMeasure],
  ['fulli', 'ful', hasMeasure],
  // The l belongs to the stem, so that `geo` and `theo` count as `archaeo` does.
  ['logi', 'log', (stem) => hasMeasure(`${stem}l`)],
];

/** What is left of `alli` may have a suffix of this step again. */
function step2(word: string): string {
  const stem = word.slice(0, -4);
  return word.endsWith('alli') && hasMeasure(stem) ? step2(`${stem}al`) : apply(STEP_2, word);
}

const STEP_3: readonly Rule[] = [
  ['icate', 'ic', hasMeasure],
  ['ative', '', hasMeasure],
  ['alize', 'al', hasMeasure],
  ['iciti', 'ic', hasMeasure],
  ['ical', 'ic', hasMeasure],
  ['ful', '', hasMeasure],
  ['ness', '', hasMeasure],
];
const step3 = (word: string) => apply(STEP_3, word);

const STEP_4: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'].map((suffix): Rule => [suffix, '', isLong]),
  ['ion', '', (stem) => isLong(stem) && /[st]$/.test(stem)],
  ...['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'].map((suffix): Rule => [suffix, '', isLong]),
];
const step4 = (word: string) => apply(STEP_4, word);

const finalE = (word: string) => apply([['e', '', (stem) => isLong(stem) || (measure(stem) === 1 && !endsShort(stem))]], word);

const finalLl = (word: string) => apply([['ll', 'l', (stem) => isLong(`${stem}l`)]], word);

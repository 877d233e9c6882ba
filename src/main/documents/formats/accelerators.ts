/**
 * The keys of menus and buttons, marked in their words: `&File`, `&&File`, `_Open`, `~Help`. A block is shown without its mark; the
 * translation gets one, on the same letter where it has it, else on the first that may carry one. A key belongs to one letter, so a text with
 * more marks than one, and one whose mark may be something else (`R&D`, `file_name`, `~5`), stays as it is. Pure.
 */
import { folded } from '../../../shared/folded';
import { textOf, type Inlines } from '../../../shared/inlines';
import { mask, unmask } from '../../../shared/mask';
import type { Spot } from './splice';

/** Longest text of a menu or button, in UTF-16 code units. */
const LONGEST = 100;

/** Each finds its mark before a letter: at the start of a word, or soon behind its capital (“E&xit”), where it is no “Drag&drop”, no `file_name`. */
const MARKS: readonly RegExp[] = [
  // No entity, no parameter of an address.
  /(?<![\p{L}\p{N}&])&{1,2}(?=[\p{L}\p{N}])(?!&?\w+[;=])|(?<=(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{0,2})&(?=\p{Ll})/gu,
  // No name in a program, such as `_blank`, `_id(` or “my_name”.
  /(?<![\p{L}\p{N}_]|^(?=_\p{Ll}+$))_(?=\p{L}+(?![\p{L}\p{N}_.(]))|(?<=(?<![\p{L}\p{N}_])\p{Lu}\p{Ll}{0,2})_(?=\p{Ll}+(?![\p{L}\p{N}_.(]))/gu,
  // No home folder.
  /(?<![\p{L}\p{N}~/]|^(?=~\p{Ll}+$))~(?=\p{L}+(?![\p{L}\p{N}/]))|(?<=\p{Ll})~(?=\p{Ll})/gu,
];

interface Accelerator {
  readonly mark: string;
  readonly letter: string;
}

/** The spot of a table of strings without the mark in its block; its translation gets the mark again. */
export function withoutAccelerator(spot: Spot): Spot {
  const accelerator = acceleratorOf(spot.block.inlines);
  if (!accelerator) return spot;
  const inlines = spot.block.inlines.map((inline) => (typeof inline === 'string' ? inline.replace(accelerator.mark, '') : inline));
  return {
    ...spot,
    block: { ...spot.block, inlines },
    replace: (translation, slice) => spot.replace(accelerated(translation, accelerator), slice),
  };
}

/** The text as it is read aloud. */
export function withoutMark(text: string): string {
  const accelerator = acceleratorOf([text]);
  return accelerator ? text.replace(accelerator.mark, '') : text;
}

const marksIn = (text: string): RegExpExecArray[] => MARKS.flatMap((pattern) => [...text.matchAll(pattern)]);

/** Null where there is none, or where it cannot be told. */
function acceleratorOf(inlines: Inlines): Accelerator | null {
  const text = textOf(inlines);
  if (text.length > LONGEST || /\n|:\/\//.test(text)) return null;
  const [found, ...others] = marksIn(text);
  const mark = found?.[0] ?? '';
  // A mark that stands twice is not one: “_word_”, “~/.config and ~user”.
  if (!found || others.length > 0 || text.split(mark).length !== 2) return null;
  return { mark, letter: /^./u.exec(text.slice(found.index + mark.length))?.[0] ?? '' };
}

/** Scripts whose characters are on no key: there, the key follows in parentheses. */
const WITHOUT_KEYS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const BEHIND_WORDS = /(?:…|\.{3}|[:：])?\s*$/u;

function accelerated(translation: Inlines, { mark, letter }: Accelerator): Inlines {
  if (acceleratorOf(translation)?.mark === mark) return translation;
  const { inlines, hidden } = mask(translation);
  const strings = inlines.map((inline) => (typeof inline === 'string' ? inline : ''));
  const pick = (isFit: (character: string, before: string) => boolean) => placeOf(strings, isFit);
  const isSame = (character: string) => folded(character) === folded(letter);
  const startsWord = (character: string, before: string) => /[\p{L}\p{N}]/u.test(character) && !/[\p{L}\p{M}\p{N}]/u.test(before);
  const place = WITHOUT_KEYS.test(strings.join(''))
    ? null
    : (pick((character, before) => isSame(character) && startsWord(character, before)) ?? pick(isSame) ?? pick(startsWord));
  if (place) return unmask(withText(inlines, place, mark), hidden);
  const last = strings.findLastIndex((text) => text.trim() !== '');
  const end = { inline: last, at: strings[last]?.search(BEHIND_WORDS) ?? 0 };
  const key = `(${mark}${letter.toUpperCase()})`;
  return last < 0 ? [...translation, key] : unmask(withText(inlines, end, key), hidden);
}

interface Place {
  readonly inline: number;
  /** In UTF-16 code units of its text. */
  readonly at: number;
}

function placeOf(strings: readonly string[], isFit: (character: string, before: string) => boolean): Place | null {
  for (const [inline, text] of strings.entries()) {
    let at = 0;
    let before = '';
    for (const character of text) {
      if (isFit(character, before)) return { inline, at };
      at += character.length;
      before = character;
    }
  }
  return null;
}

const withText = (inlines: Inlines, { inline, at }: Place, text: string): Inlines =>
  inlines.map((known, number) => (number === inline && typeof known === 'string' ? known.slice(0, at) + text + known.slice(at) : known));

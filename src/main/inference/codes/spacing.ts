/**
 * Where spaces stand around inline codes. A model that writes codes does not write the spaces next to them (see training's
 * inline_codes.py): they follow the source, as far as what stands next to a code in the translation lets them. Pure.
 */
import { type Inline, type Inlines } from '../../../shared/inlines';
import type { CodeKinds } from './code-kinds';

/** What touches a code in its source, other codes looked past: a space, a letter or digit, or neither (punctuation, or nothing). */
type Touch = 'space' | 'word' | 'other';

interface Touches {
  before: Touch;
  after: Touch;
}

const WORD = /[\p{L}\p{N}]/u;
const WORD_END = /[\p{L}\p{N}]\p{M}*$/u;
const WORD_START = /^[\p{L}\p{N}]/u;
const CLOSES = { de: /^[.,;:!?…)\]}»”“’%]/u, en: /^[.,;:!?…)\]}»”’%]/u, fr: /^[.,…)\]}”’]/u };
const OPENS = { de: /[([{«„‚¿¡]$/u, en: /[([{«“‘¿¡]$/u, fr: /[([{“‘]$/u };
/** `l'`, `qu’`: what follows is written together. */
const ELISION = /(?:^|[\s("«-])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’]$/iu;
/** Joins what stands on both sides: no space next to it unless the source says so. */
const JOINER_END = /[/\\@#_=+*~<>|–—-]$/u;
const JOINER_START = /^[/\\@#_=+*~<>|–—-]/u;

/**
 * `target` holds the codes of `source` and text without the spaces next to codes. Where a text does end or begin with a space next to a
 * code, one is known to be there: no two words grow together then.
 */
export function spaced(source: Inlines, target: Inlines, kinds: CodeKinds, language: string): Inlines {
  const touches = touchesOf(source);
  const spacedInlines: Inline[] = [];
  for (const run of runsOf(target)) {
    const slots = slotsOf(run, touches, kinds, language);
    append(spacedInlines, run.left.trim());
    run.codes.forEach((code, i) => {
      append(spacedInlines, slots[i] ? ' ' : '');
      spacedInlines.push({ code });
    });
    append(spacedInlines, slots[run.codes.length] ? ' ' : '');
  }
  return spacedInlines;
}

/** Codes between two texts; the empty text at the edge of the sentence. */
interface Run {
  left: string;
  codes: number[];
  right: string;
}

/** Every text is the left one of exactly one run. */
function runsOf(target: Inlines): Run[] {
  const runs: Run[] = [{ left: '', codes: [], right: '' }];
  for (const inline of target) {
    const run = runs.at(-1);
    if (!run) continue;
    if (typeof inline !== 'string') run.codes.push(inline.code);
    else if (inline.trim() !== '') {
      run.right = inline;
      runs.push({ left: inline, codes: [], right: '' });
    }
  }
  return runs;
}

/** Whether there is a space before each code, and after the last. */
function slotsOf(run: Run, touches: ReadonlyMap<number, Touches>, kinds: CodeKinds, language: string): boolean[] {
  const { codes } = run;
  const left = run.left.trim();
  const right = run.right.trim();
  if (codes.length === 0) return [];
  const hasSpace = /\s$/.test(run.left) || /^\s/.test(run.right);
  // Where words are known to be apart, what touched in the source does not touch here.
  const touch = (code: number | undefined, side: keyof Touches): Touch => {
    const found = (code === undefined ? undefined : touches.get(code)?.[side]) ?? 'other';
    return hasSpace && found === 'word' ? 'other' : found;
  };
  const slots = Array.from({ length: codes.length + 1 }, (_, i) => {
    const before = codes[i - 1];
    const after = codes[i];
    if (before === undefined) return left !== '' && spaceAfterText(left, touch(after, 'before'), kindOf(after, kinds), right, language);
    if (after === undefined) return right !== '' && spaceBeforeText(right, touch(before, 'after'), kindOf(before, kinds), left, language);
    return touch(before, 'after') === 'space' || touch(after, 'before') === 'space';
  });
  // A space between codes that all stand at the edge of the sentence, or before its punctuation, is none of the text's.
  const isGlued = codes.some((code) => {
    const kind = kinds.of(code);
    return (kind !== 'close' && touch(code, 'before') === 'word') || (kind !== 'open' && touch(code, 'after') === 'word');
  });
  if (!slots.includes(true) && WORD_END.test(left) && WORD_START.test(right) && (hasSpace || !isGlued)) {
    const firstThatDoesNotClose = codes.findIndex((code) => kinds.of(code) !== 'close');
    slots[firstThatDoesNotClose < 0 ? codes.length : firstThatDoesNotClose] = true;
  }
  return slots;
}

const kindOf = (code: number | undefined, kinds: CodeKinds) => (code === undefined ? 'alone' : kinds.of(code));

/** Between a text and the code after it. */
function spaceAfterText(left: string, touch: Touch, kind: ReturnType<CodeKinds['of']>, right: string, language: string): boolean {
  if (opens(language).test(left) || (language === 'fr' && ELISION.test(left))) return false;
  if (touch === 'word') return false;
  // Something that only closes or opens leaves punctuation where it belongs: at the word before it.
  if (kind !== 'alone' && touch === 'space' && closes(language).test(right)) return false;
  if (touch === 'space') return true;
  return kind !== 'close' && !JOINER_END.test(left);
}

/** Between a code and the text after it. */
function spaceBeforeText(right: string, touch: Touch, kind: ReturnType<CodeKinds['of']>, left: string, language: string): boolean {
  if (closes(language).test(right)) return false;
  if (language === 'fr' && kind !== 'open' && /^[;:!?»%]/.test(right)) return true;
  if (touch === 'word') return false;
  if (kind !== 'alone' && touch === 'space' && left !== '' && opens(language).test(left)) return false;
  if (touch === 'space') return true;
  return kind !== 'open' && !JOINER_START.test(right) && /^[\p{L}\p{N}([{«„“‘"']/u.test(right);
}

const closes = (language: string) => (language === 'de' ? CLOSES.de : language === 'fr' ? CLOSES.fr : CLOSES.en);
const opens = (language: string) => (language === 'de' ? OPENS.de : language === 'fr' ? OPENS.fr : OPENS.en);

function touchesOf(source: Inlines): Map<number, Touches> {
  const touches = new Map<number, Touches>();
  const touchOf = (character: string | undefined): Touch =>
    character === undefined ? 'other' : /\s/.test(character) ? 'space' : WORD.test(character) ? 'word' : 'other';
  source.forEach((inline, index) => {
    if (typeof inline === 'string') return;
    const before = source.slice(0, index).findLast((other) => typeof other === 'string');
    const after = source.slice(index + 1).find((other) => typeof other === 'string');
    touches.set(inline.code, {
      before: touchOf(typeof before === 'string' ? before.at(-1) : undefined),
      after: touchOf(typeof after === 'string' ? String.fromCodePoint(after.codePointAt(0) ?? 0) : undefined),
    });
  });
  return touches;
}

function append(inlines: Inline[], text: string): void {
  if (text === '') return;
  const last = inlines.at(-1);
  if (typeof last === 'string') inlines[inlines.length - 1] = last + text;
  else inlines.push(text);
}

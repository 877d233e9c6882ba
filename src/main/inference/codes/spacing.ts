/**
 * Where spaces stand around inline codes. A model that writes codes does not write the spaces next to them (see training's
 * inline_codes.py): they follow the source, as far as what stands next to a code in the translation lets them. Pure.
 */
import { type Inline, type Inlines } from '../../../shared/inlines';
import type { CodeKinds } from './code-kinds';

/** What touches a code in its source, other codes looked past: a space, a letter or digit, another character, or nothing. */
export type Touch = 'space' | 'word' | 'mark' | 'edge';

export interface Touches {
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

/** `target` holds the codes of `source`, and text without the spaces next to them. */
export function spaced(source: Inlines, target: Inlines, kinds: CodeKinds, language: string): Inlines {
  const touches = touchesOf(source);
  const neighbours = neighboursOf(source);
  const spacedInlines: Inline[] = [];
  for (const run of runsOf(target)) {
    const slots = slotsOf(run, touches, neighbours, kinds, language);
    append(spacedInlines, run.left);
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
      run.right = inline.trim();
      runs.push({ left: run.right, codes: [], right: '' });
    }
  }
  return runs;
}

/** Whether there is a space before each code, and after the last. */
function slotsOf(
  { left, codes, right }: Run,
  touches: ReadonlyMap<number, Touches>,
  neighbours: ReadonlyMap<number, number>,
  kinds: CodeKinds,
  language: string,
): boolean[] {
  if (codes.length === 0) return [];
  const touch = (code: number | undefined, side: keyof Touches): Touch =>
    (code === undefined ? undefined : touches.get(code)?.[side]) ?? 'edge';
  const slots = Array.from({ length: codes.length + 1 }, (_, i) => {
    const before = codes[i - 1];
    const after = codes[i];
    if (before === undefined) return left !== '' && spaceAfterText(left, touch(after, 'before'), kindOf(after, kinds), right, language);
    if (after === undefined) return right !== '' && spaceBeforeText(right, touch(before, 'after'), kindOf(before, kinds), left, language);
    if (neighbours.get(before) === after) return false;
    return touch(before, 'after') === 'space' || touch(after, 'before') === 'space';
  });
  const isGlued = codes.some((code) => {
    const kind = kinds.of(code);
    return (kind !== 'close' && touch(code, 'before') === 'word') || (kind !== 'open' && touch(code, 'after') === 'word');
  });
  if (!slots.includes(true) && WORD_END.test(left) && WORD_START.test(right) && !isGlued) {
    const firstThatDoesNotClose = codes.findIndex((code) => kinds.of(code) !== 'close');
    slots[firstThatDoesNotClose < 0 ? codes.length : firstThatDoesNotClose] = true;
  }
  return slots;
}

const kindOf = (code: number | undefined, kinds: CodeKinds) => (code === undefined ? 'alone' : kinds.of(code));

/** Whether there is a space between a text and the code after it. `right`: the text after the codes that follow; neither text has outer spaces. */
export function spaceAfterText(left: string, touch: Touch, kind: ReturnType<CodeKinds['of']>, right: string, language: string): boolean {
  if (opens(language).test(left) || (language === 'fr' && ELISION.test(left))) return false;
  if (touch === 'word' || (touch === 'mark' && !WORD_END.test(left))) return false;
  // Something that only closes or opens leaves punctuation where it belongs: at the word before it.
  if (kind !== 'alone' && touch === 'space' && closes(language).test(right)) return false;
  if (touch === 'space') return true;
  return kind !== 'close' && !JOINER_END.test(left);
}

/** As `spaceAfterText`, between a code and the text after it. */
export function spaceBeforeText(right: string, touch: Touch, kind: ReturnType<CodeKinds['of']>, left: string, language: string): boolean {
  if (closes(language).test(right)) return false;
  if (language === 'fr' && kind !== 'open' && /^[;:!?»%]/.test(right)) return true;
  if (touch === 'word' || (touch === 'mark' && !WORD_START.test(right))) return false;
  if (kind !== 'alone' && touch === 'space' && left !== '' && opens(language).test(left)) return false;
  if (touch === 'space') return true;
  return kind !== 'open' && !JOINER_START.test(right) && /^[\p{L}\p{N}([{«„“‘"']/u.test(right);
}

const closes = (language: string) => (language === 'de' ? CLOSES.de : language === 'fr' ? CLOSES.fr : CLOSES.en);
const opens = (language: string) => (language === 'de' ? OPENS.de : language === 'fr' ? OPENS.fr : OPENS.en);

export function touchesOf(source: Inlines): Map<number, Touches> {
  const touches = new Map<number, Touches>();
  const touchOf = (character: string | undefined): Touch =>
    character === undefined ? 'edge' : /\s/.test(character) ? 'space' : WORD.test(character) ? 'word' : 'mark';
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

/** The code that follows directly on another. */
function neighboursOf(source: Inlines): Map<number, number> {
  const neighbours = new Map<number, number>();
  source.forEach((inline, index) => {
    const next = source[index + 1];
    if (typeof inline !== 'string' && next !== undefined && typeof next !== 'string') neighbours.set(inline.code, next.code);
  });
  return neighbours;
}

function append(inlines: Inline[], text: string): void {
  if (text === '') return;
  const last = inlines.at(-1);
  if (typeof last === 'string') inlines[inlines.length - 1] = last + text;
  else inlines.push(text);
}

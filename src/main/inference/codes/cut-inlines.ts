/** Cuts text with inline codes where a function cuts text, and keeps codes that hold a whole sentence, or none of it, outside. Pure. */
import { textOf, type Inline, type Inlines } from '../../../shared/inlines';
import type { Piece } from '../../../shared/segment';
import type { CodeKinds } from './code-kinds';

/** Gaps stay as they are; sentences hold at least one letter that a model reads. */
export interface InlinePiece {
  kind: Piece['kind'];
  inlines: Inlines;
}

/** A code and what stands for it in the text that is cut, at an offset in UTF-16 code units. */
interface Mark {
  at: number;
  length: number;
  code: number;
}

const LATIN_LETTER = /\p{Script=Latin}/u;
/** A code that is neither text nor nothing: object replacement character. */
const OBJECT = '\ufffc';
/** A word: the sentence goes on around it as around a name. */
const NAME = 'Xy';

/** `isWord`: whether a code that stands alone stands for a word. Concatenating the pieces gives the inlines. */
export function* cutInlines(
  inlines: Inlines,
  kinds: CodeKinds,
  isWord: (code: number) => boolean,
  cut: (text: string) => Iterable<Piece>,
): Generator<InlinePiece> {
  const marks: Mark[] = [];
  let text = '';
  for (const inline of inlines) {
    if (typeof inline === 'string') text += inline;
    else {
      const standIn = kinds.of(inline.code) !== 'alone' ? '' : isWord(inline.code) ? NAME : OBJECT;
      marks.push({ at: text.length, length: standIn.length, code: inline.code });
      text += standIn;
    }
  }
  let start = 0;
  // A cut may go through the middle of what stands for a code: the code is in the first part.
  let covered = 0;
  const sliced = (end: number, inside: readonly Mark[]) => {
    const from = Math.max(start, covered);
    for (const { at, length } of inside) covered = Math.max(covered, at + length);
    return slice(text, from, end, inside);
  };
  for (const piece of cut(text)) {
    const end = start + piece.text.length;
    if (piece.kind === 'gap') {
      yield {
        kind: 'gap',
        inlines: sliced(
          end,
          take(marks, (mark) => mark.at < end),
        ),
      };
    } else {
      // What ends where the sentence begins, and what begins where it ends, is not of it.
      const outside = marks.findLastIndex((mark) => mark.at < start || (mark.at === start && kinds.of(mark.code) === 'close'));
      if (outside >= 0) yield { kind: 'gap', inlines: marks.splice(0, outside + 1).map(({ code }) => ({ code })) };
      const firstOutside = marks.findIndex(
        (mark) => mark.at > end || (mark.at === end && (mark.length > 0 || kinds.of(mark.code) === 'open')),
      );
      const inside = marks.splice(0, firstOutside < 0 ? marks.length : firstOutside);
      yield* withEdgesOutside(sliced(end, inside), kinds);
    }
    start = end;
  }
  if (marks.length > 0) yield { kind: 'gap', inlines: marks.map(({ code }) => ({ code })) };
}

/** As pieces, in order. Codes of kind `alone` at the edges may stand for a word of the sentence and stay inside. */
function* withEdgesOutside(sentence: Inlines, kinds: CodeKinds): Generator<InlinePiece> {
  if (!LATIN_LETTER.test(textOf(sentence))) {
    yield { kind: 'gap', inlines: sentence };
    return;
  }
  const { before, inner, after } = edgesOf(sentence, kinds, false);
  if (before.length > 0) yield { kind: 'gap', inlines: before };
  yield { kind: 'sentence', inlines: inner };
  if (after.length > 0) yield { kind: 'gap', inlines: after };
}

/**
 * Splits off the codes (and spaces) at both ends whose place is certain: pairs around everything, and what began before or ends behind;
 * with `alsoAlone` those that belong to no pair as well.
 */
export function edgesOf(sentence: Inlines, kinds: CodeKinds, alsoAlone: boolean): { before: Inlines; inner: Inlines; after: Inlines } {
  const before: Inline[] = [];
  const after: Inline[] = [];
  const inner = [...sentence];
  const holds = (code: number | undefined) => inner.some((inline) => typeof inline !== 'string' && inline.code === code);
  const isCertain = (code: number, kind: 'open' | 'close') =>
    kinds.of(code) === 'alone' ? alsoAlone : kinds.of(code) === kind && !holds(kinds.partnerOf(code));
  for (;;) {
    const first = inner[0];
    const last = inner.at(-1);
    if (first === undefined || last === undefined) break;
    if (typeof first === 'string' && first.trimStart() !== first) {
      before.push(first.slice(0, first.length - first.trimStart().length));
      inner.splice(0, 1, ...(first.trimStart() === '' ? [] : [first.trimStart()]));
    } else if (typeof last === 'string' && last.trimEnd() !== last) {
      after.unshift(last.slice(last.trimEnd().length));
      inner.splice(-1, 1, ...(last.trimEnd() === '' ? [] : [last.trimEnd()]));
    } else if (typeof first !== 'string' && isCertain(first.code, 'open')) {
      before.push(first);
      inner.shift();
    } else if (typeof last !== 'string' && isCertain(last.code, 'close')) {
      after.unshift(last);
      inner.pop();
    } else if (
      typeof first !== 'string' && typeof last !== 'string' &&
      first !== last && kinds.of(first.code) === 'open' && kinds.partnerOf(first.code) === last.code
    ) {
      before.push(first);
      after.unshift(last);
      inner.shift();
      inner.pop();
    } else break;
  } // prettier-ignore
  return { before, inner, after };
}

function take(marks: Mark[], isMeant: (mark: Mark) => boolean): Mark[] {
  const first = marks.findIndex((mark) => !isMeant(mark));
  return marks.splice(0, first < 0 ? marks.length : first);
}

function slice(text: string, start: number, end: number, marks: readonly Mark[]): Inlines {
  const inlines: Inline[] = [];
  let done = start;
  for (const { at, length, code } of marks) {
    if (at > done) inlines.push(text.slice(done, at));
    inlines.push({ code });
    done = Math.max(done, at + length);
  }
  if (done < end) inlines.push(text.slice(done, end));
  return inlines;
}

/**
 * Whether a sentence retells the source: nearly all that it says stands in one sentence of it or in two neighbours, in the same order, its
 * names and numbers among it, and no denial or condition put in or left out. The same words in another order say something else: of "the bridge
 * is closed, the bus stops at the church" a small model makes "the church is closed". Lexical, as `support.ts`. Knows no model.
 */
import type { Range } from '../../../shared/inference/summary';
import { numberMentions } from './numbers';
import { isStopWord, stemOf, wordsOf } from './words';

/**
 * Of what a sentence says, so much must stand in the passage, in its order: of six words all, of seven all but one. Headlines of abstracts lose
 * some of people's words by it, those of package descriptions none (training/LOG.md).
 */
const NEARLY_ALL = 0.85;
/** Words without which a sentence says the opposite, or too much. */
const TURNING =
  /\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unless|except|hardly|rarely|seldom|if|until)\b|n['’]t\b/gi;

/** What a sentence says, in its order. */
type Saying = readonly Term[];

interface Term {
  /** A stem, or a number behind a "#". */
  readonly term: string;
  /** A number or a name: must be held, a number together with what comes behind it, which is mostly what it counts. */
  readonly kind: 'number' | 'name' | 'word';
}

/** `sources`: ranges of `text`, those that hold most of the sentence. */
export function isRetelling(sentence: string, text: string, sources: readonly Range[]): boolean {
  const saying = sayingOf(sentence);
  return passagesOf(text, sources).some((passage) => turnsOf(passage) === turnsOf(sentence) && isHeldBy(saying, sayingOf(passage)));
}

/** Each source sentence, and each two that stand next to each other. */
function passagesOf(text: string, sources: readonly Range[]): string[] {
  const inOrder = sources.toSorted((a, b) => a.start - b.start);
  const pairs = inOrder.flatMap(({ start, end }, index) => {
    const next = inOrder[index + 1];
    return next && text.slice(end, next.start).trim() === '' ? [{ start, end: next.end }] : [];
  });
  return [...inOrder, ...pairs].map(({ start, end }) => text.slice(start, end));
}

function isHeldBy(saying: Saying, passage: Saying): boolean {
  const held = inCommon(saying, passage);
  const isHeld = (place: number) => place >= saying.length || held.has(place);
  const areFactsHeld = saying.every(({ kind }, place) => kind === 'word' || (isHeld(place) && (kind === 'name' || isHeld(place + 1))));
  return saying.length > 0 && held.size >= NEARLY_ALL * saying.length && areFactsHeld;
}

/** Places in `a` of the longest sequence that is in both. */
function inCommon(a: Saying, b: Saying): Set<number> {
  const width = b.length + 1;
  /** Of the rest of `a` from i and of `b` from j: how much they have in common. */
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i]?.term === b[j]?.term ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const places = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]?.term === b[j]?.term) {
      places.add(i++);
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return places;
}

function sayingOf(text: string): Saying {
  const numbers = numberMentions(text);
  const isNumber = (place: number) => numbers.some(({ start, end }) => start <= place && place < end);
  const words = wordsOf(text).filter((word) => !isStopWord(word.text) && !isNumber(word.start));
  const terms = [
    ...words.map(({ text: word, start }) => ({ start, term: stemOf(word), kind: kindOf(word, start) })),
    ...numbers.map(({ start, value }) => ({ start, term: `#${value}`, kind: 'number' as const })),
  ];
  return terms.sort((a, b) => a.start - b.start);
}

const kindOf = (word: string, start: number): Term['kind'] => (start > 0 && /^\p{Lu}/u.test(word) ? 'name' : 'word');

const turnsOf = (text: string) => text.match(TURNING)?.length ?? 0;

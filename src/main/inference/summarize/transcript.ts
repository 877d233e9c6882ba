/** Who speaks in a transcript, and when: in front of what is said; and what is said while thinking of what to say. Knows lines. */
import { blank } from './blank';
import { withoutHesitation } from './speech';
import { wordsOf } from './words';

const TIME = /^\s*[[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?(?:\s*(?:-->|[-–])\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?\s+/;
const FEWEST_TIMES = 3;
/** Up to three words with capital letters and a colon. */
const LABEL = /(?<!\S)((?:\p{Lu}\. )?\p{Lu}[\p{L}\p{M}'’-]*(?: (?:\p{Lu}[\p{L}\p{M}'’-]*|\d{1,2})){0,2}):\s+(?=\S)/gmu;
/** People who speak to each other say something more than once. */
const FEWEST_SPEAKERS = 2;
const FEWEST_TURNS = 4;
/** In words, on average: a page with a few notes that have a heading of their own is no transcript. */
const LONGEST_TURN = 80;

/** Lines of a text in which nobody speaks stay as they are. */
export function withoutSpeakers(lines: readonly string[]): readonly string[] {
  const isTimed = lines.filter((line) => TIME.test(line)).length >= FEWEST_TIMES;
  const untimed = isTimed ? lines.map((line) => line.replace(TIME, blank)) : lines;
  const turns = new Map<string, number>();
  for (const line of untimed) {
    for (const [, name = ''] of line.matchAll(LABEL)) turns.set(name, (turns.get(name) ?? 0) + 1);
  }
  const speakers = new Set([...turns].filter(([, count]) => count > 1).map(([name]) => name));
  const count = [...speakers].reduce((sum, name) => sum + (turns.get(name) ?? 0), 0);
  const words = untimed.reduce((sum, line) => sum + wordsOf(line).length, 0);
  if (speakers.size < FEWEST_SPEAKERS || count < Math.max(FEWEST_TURNS, words / LONGEST_TURN)) return untimed;
  return untimed.map((line) =>
    withoutHesitation(line.replace(LABEL, (label, name: string) => (isTimed || speakers.has(name) ? blank(label) : label))),
  );
}

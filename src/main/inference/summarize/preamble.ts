/** What chat models say before what they were asked for: "Sure! Here is a summary of the text:", "Summary:". */

const HERE = String.raw`(?:here(?:'s|\s+is|\s+are)|(?:below|the following)\s+(?:is|are))\b`;
const ADJECTIVE_WORDS = ['an', 'a', 'the', 'new', 'possible', 'suitable', 'concise', 'short', 'brief', 'one-sentence', 'long', 'detailed'];
const ADJECTIVES = String.raw`(?:(?:${ADJECTIVE_WORDS.join('|')}) )*`;
const TEXT = String.raw`(?:text|document|article|passage)`;
const LABEL = String.raw`(?:summary|headline|title|tl;?dr|bullet points|key points|main points)`;
/** Each match is followed by the summary, or by more of the same. */
const PREAMBLES = [
  /^(?:sure|certainly|of course|okay|ok|absolutely)(?: thing)?[.!:,]\s+/i,
  new RegExp(String.raw`^${HERE}[^.!?:\n]{0,160}:\s+`, 'i'),
  new RegExp(String.raw`^${HERE}[^.!?:\n]{0,160}\b(?:${LABEL}|overview)\b[^.!?:\n]{0,160}\.?\s*\n\s*`, 'i'),
  new RegExp(String.raw`^${ADJECTIVES}${LABEL}(?: (?:of|for) the ${TEXT})?\s*(?::\s+|\n\s*)`, 'i'),
  new RegExp(String.raw`^${ADJECTIVES}${LABEL} (?:of|for) the ${TEXT}(?: above)? (?:(?:could|might|would) be|is)[:,]?\s+(?=["“])`, 'i'),
];
/** How such a beginning begins. */
const OPENERS = ['sure', 'certainly', 'of course', 'okay', 'absolutely'];
const HERE_OPENERS = ['here is', 'here are', "here's", 'below is', 'below are', 'the following is', 'the following are'];
const LABELS = [
  ...['summary', 'headline', 'title', 'tl;dr', 'tldr', 'bullet points', 'key points', 'main points'],
  ...['title', 'headline', 'summary'].flatMap((label) => [`${label} for the text could be`, `${label} for the text above could be`]),
];
const BEGUN_ADJECTIVES = new RegExp(`^${ADJECTIVES}`);
/** A beginning that is longer without ending is none of these. */
const LONGEST = 200;
const LONGEST_ADJECTIVES = 30;

/** Where the summary begins in what was written; null where that is not known yet, as long as it grows. */
export function preambleEnd(written: string, isGrowing: boolean): number | null {
  let start = 0;
  for (;;) {
    start += /^(?:\s+|\*\*|#+\s)*/.exec(written.slice(start))?.[0].length ?? 0;
    const rest = written.slice(start).replace(/’/g, "'").replace(/\*/g, ' ');
    const length = PREAMBLES.map((pattern) => pattern.exec(rest)?.[0].length ?? 0).find((found) => found > 0);
    if (length === undefined) return isGrowing && mayBePreamble(rest) ? null : start;
    start += length;
  }
}

function mayBePreamble(rest: string): boolean {
  const begun = rest.toLowerCase().replace(/\s+/g, ' ');
  if (begun.length > LONGEST) return false;
  const isBegun = (phrases: readonly string[], text: string) => phrases.some((phrase) => phrase.startsWith(text.trimEnd()));
  if (isBegun([...OPENERS, ...HERE_OPENERS], begun)) return true;
  const label = begun.replace(BEGUN_ADJECTIVES, '').replace(/ ?:? ?$/, '');
  if (label === '' ? begun.length < LONGEST_ADJECTIVES : isBegun([...LABELS, ...ADJECTIVE_WORDS], label)) return !rest.includes('\n');
  if (/^(?:\S+|of course)(?: thing)?[.!:,]?$/.test(begun.trimEnd()) && OPENERS.some((opener) => begun.startsWith(opener))) return true;
  return HERE_OPENERS.some((opener) => begun.startsWith(opener)) && !/[.!?:\n]\s/.test(rest);
}

/** Messages in ICU's syntax that are one choice between texts: `{count, plural, one {# tree} other {# trees}}`. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

const CHOICE = /^\s*\{\s*[\w.-]+\s*,\s*(?:plural|select|selectordinal)\s*,(?:\s*offset:\d+)?\s*(?=[\w=]+\s*\{)/;
const SELECTOR = /\s*=?\w+\s*\{/y;

/** The texts to choose from, those of choices within choices included; null where the message is not one choice and nothing else. */
export function choicesOf(message: string): Range[] | null {
  const head = CHOICE.exec(message);
  if (!head) return null;
  const choices: Range[] = [];
  let at = head[0].length;
  for (;;) {
    SELECTOR.lastIndex = at;
    const selector = SELECTOR.exec(message);
    if (!selector) break;
    const start = at + selector[0].length;
    const end = closingBrace(message, start);
    if (end < 0) return null;
    const inner = choicesOf(message.slice(start, end));
    choices.push(...(inner?.map((range) => ({ start: start + range.start, end: start + range.end })) ?? [{ start, end }]));
    at = end + 1;
  }
  return /^\s*\}\s*$/.test(message.slice(at)) ? choices : null;
}

/** Of the brace that is open at `from`; -1 where it is not closed. */
function closingBrace(message: string, from: number): number {
  let depth = 1;
  for (let at = from; at < message.length; at++) {
    if (message[at] === '{') depth++;
    if (message[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** Messages in ICU's syntax that choose between texts: `You have {count, plural, one {# tree} other {# trees}}.` */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text of a message, with the choices between further texts that stand in it. */
export interface MessageText extends Range {
  readonly choices: readonly Range[];
  /** Whether it is one of those that a choice is between: there, `#` stands for the number. */
  readonly isChosen: boolean;
}

const CHOICE = /\{\s*[\w.-]+\s*,\s*(?:plural|select|selectordinal)\s*,(?:\s*offset:\d+)?\s*(?=[\w=]+\s*\{)/y;
const SELECTOR = /\s*=?\w+\s*\{/y;

/** All its texts, from the outside in; null where the message chooses nothing, or is not well put. */
export function textsOf(message: string): MessageText[] | null {
  const texts = textsIn(message, { start: 0, end: message.length }, false);
  return texts && texts.length > 1 ? texts : null;
}

function textsIn(message: string, { start, end }: Range, isChosen: boolean): MessageText[] | null {
  const choices: Range[] = [];
  const inner: MessageText[] = [];
  for (let at = message.indexOf('{', start); at >= 0 && at < end;) {
    const close = closingBrace(message, at + 1);
    if (close < 0 || close >= end) return null;
    const argument = { start: at, end: close + 1 };
    const branches = branchesOf(message, argument);
    for (const branch of branches) {
      const found = textsIn(message, branch, true);
      if (!found) return null;
      inner.push(...found);
    }
    if (branches.length > 0) choices.push(argument);
    at = message.indexOf('{', close);
  }
  return [{ start, end, choices, isChosen }, ...inner];
}

/** Between which an argument chooses; none where it does not. */
function branchesOf(message: string, { start, end }: Range): Range[] {
  CHOICE.lastIndex = start;
  const head = CHOICE.exec(message);
  const branches: Range[] = [];
  for (let at = start + (head?.[0].length ?? 0); head;) {
    SELECTOR.lastIndex = at;
    const selector = SELECTOR.exec(message);
    if (!selector) return message.slice(at, end - 1).trim() === '' ? branches : [];
    const from = at + selector[0].length;
    const to = closingBrace(message, from);
    if (to < 0) return [];
    branches.push({ start: from, end: to });
    at = to + 1;
  }
  return branches;
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

/** Double quotation marks as the target language writes them. Pure. */

interface Quotes {
  open: string;
  close: string;
}

const QUOTES: Readonly<Record<string, Quotes>> = {
  de: { open: '„', close: '“' },
  fr: { open: '«\u00a0', close: '\u00a0»' },
};
const QUOTE = /["“”„«»]/g;
/** Feet and inches: no quotation. */
const INCHES = /\d\s?["”]/;
/** What stands before a quotation, and behind one. */
const BEFORE = /(?:^|[\s([{—–\-/'’\ufffc])$/;
const AFTER = /^(?:$|[\s)\]}—–\-/.,;:!?…\ufffc])/;

/** They open and close by turns, the last perhaps not closed yet. Where something else stands around them they stay as they are. */
export function localizedQuotes(text: string, language: string): string {
  const quotes = QUOTES[language];
  if (!quotes || INCHES.test(text)) return text;
  let quoted = '';
  let done = 0;
  let isOpen = false;
  for (const { index } of text.matchAll(QUOTE)) {
    const before = text.slice(done, index);
    if (isOpen && before.trim() === '') return text;
    if (!(isOpen ? AFTER.test(text.slice(index + 1)) : BEFORE.test(text.slice(0, index)))) return text;
    quoted += isOpen ? before.trim() + quotes.close : before + quotes.open;
    isOpen = !isOpen;
    done = index + 1;
  }
  const rest = text.slice(done);
  const all = quoted + (isOpen ? rest.trimStart() : rest);
  // What goes on behind a German quotation has the comma.
  return language === 'de' ? all.replace(/,“,?/g, '“,') : all;
}

/**
 * The sections of a text, by its headings: signs of Markdown, an underline, capitals at the margin, or a short line by itself. What stands under
 * some of them is beside the subject (who wrote it, how it may be used, where to ask), under others a reference. Knows lines of English, German and French texts.
 */

export interface Section {
  /** In UTF-16 code units. */
  readonly start: number;
  /** What a sentence in it is worth in a summary. */
  readonly worth: number;
}

/** Beside the subject; a reference, which goes through its parts one by one. */
const WORTH = { beside: 0.2, reference: 0.6, other: 1 };

/** Those of lower levels divide a section. */
const MARKED = /^ {0,3}#{1,2}[ \t]+\S/;
const UNDERLINE = /^[ \t]*([=\-~^*#"+])\1{2,}[ \t]*$/;
/** As in manual pages. */
const CAPITALS = /^\p{Lu}[\p{Lu}\d ()/&-]{2,60}$/u;
/** By itself between empty lines: it begins as headings do and does not end as sentences do. */
const ALONE = /^[ \t]*[\p{L}\d][^\n]{0,80}[^\s.,:;!?…]\s*$/u;
const MOST_WORDS_ALONE = 10;
const LABELLED = /^\s*(?:APPENDIX|ANNEX|ANHANG|ANNEXE)\b/;
/** What numbers and marks a heading. */
const MARK = /^[\s#*\d.)]*|[\s#*:]*$/g;
const BESIDE =
  /^(?:licen[sc]es?|licensing|copyrights?(?: (?:notice|and licen[sc]e))?|authors?|credits|acknowledge?ments?|contribut(?:ors?|ing|ions?)|maintainers?|(?:our )?sponsors?|sponsorship|backers|supporters|donat(?:e|ions?)|see also|reporting bugs|references|bibliography|(?:table of )?contents|status of this memo|further reading|related(?: \w+)?|install(?:ation|ing)?|getting help|people|community|(?:appendix|annex|anhang|annexe)\b.*|lizenz|autoren|mitwirkende|danksagung|literatur|inhalt(?:sverzeichnis)?|impressum|auteurs|remerciements|contributeurs|sommaire|table des matières|bibliographie)$/i;

const REFERENCE =
  /^(?:api(?: \w+)?|reference|options|parameters|arguments|properties|methods|environment variables|configuration|settings|usage|examples?|troubleshooting|faq|notes|optionen|parameter|beispiele?|paramètres|exemples?)$/i;

/** In order; the first begins with the text and is never beside it. A short line by itself does not end what a plainer heading began beside the subject. */
export function sectionsOf(text: string): Section[] {
  const lines = text.split('\n');
  const sections: Section[] = [{ start: 0, worth: WORTH.other }];
  let start = 0;
  let isFirst = true;
  let isPlainlyBeside = false;
  for (const [at, line] of lines.entries()) {
    const heading = headingAt(lines, at);
    if (heading !== null && !isFirst && (heading === 'plain' || !isPlainlyBeside)) {
      const worth = worthUnder(line.replace(MARK, ''));
      sections.push({ start, worth });
      isPlainlyBeside = heading === 'plain' && worth === WORTH.beside;
    }
    if (line.trim() !== '' && !UNDERLINE.test(line)) isFirst = false;
    start += line.length + 1;
  }
  return sections;
}

const worthUnder = (heading: string) => (BESIDE.test(heading) ? WORTH.beside : REFERENCE.test(heading) ? WORTH.reference : WORTH.other);

/** The place among the sections of the one that holds `position`. */
export function sectionAt(sections: readonly Section[], position: number): number {
  return sections.findLastIndex(({ start }) => start <= position);
}

/** `alone`: a short line between empty ones, which may be none. */
function headingAt(lines: readonly string[], at: number): 'plain' | 'alone' | null {
  const [before = '', line = '', after = ''] = [lines[at - 1], lines[at], lines[at + 1]];
  if (line.trim() === '' || UNDERLINE.test(line)) return null;
  if (MARKED.test(line) || LABELLED.test(line)) return 'plain';
  if (before.trim() !== '' && !UNDERLINE.test(before)) return null;
  if (UNDERLINE.test(after) || CAPITALS.test(line)) return 'plain';
  return after.trim() === '' && ALONE.test(line) && (line.match(/\S+/g)?.length ?? 0) <= MOST_WORDS_ALONE ? 'alone' : null;
}

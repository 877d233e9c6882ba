/**
 * What of a text is not for a summary: code, tables, lists of links, what a mail has beside its words, and who speaks in a transcript. Spaces
 * stand in its place, so the text is as long as it was and every range of it holds. Knows lines, no model.
 */
import { blank } from './blank';
import { inRuns } from './lines';
import { withoutMailParts } from './mail';
import { withoutTables } from './tables';
import { withoutSpeakers } from './transcript';
import { isStopWord, wordsOf } from './words';

const COMMENT = /<!--[^]{0,2000}?-->/g;
/** What a page is made with: only its title is for a reader. */
const FRONT_MATTER = /^\s*---[ \t]*\n[^]{0,4000}?\n---[ \t]*(?:\n|$)/;
const TITLE_FIELD = /^title:\s/;
/** What the lines of a comment in code begin with. */
const COMMENT_BLOCK = /^[ \t]*\/\*\*?[^]{0,8000}?\*\//gm;
const COMMENT_MARK = /^[ \t]*(?:\/\*+|\*(?!\/))|\*\/$/gm;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
/** Pictures, linked or not, links, and tags of HTML. */
const LINK =
  /\[!\[[^\]]{0,200}\][([][^()[\]]{0,800}[)\]]\][([][^()[\]]{0,800}[)\]]|!?\[[^\]]{0,300}\][([][^()[\]]{0,800}[)\]]|<\/?(?:p|a|img|br|hr|div|span|h[1-6]|b|i|em|strong|center|details|summary|picture|source|table|t[rdh])\b[^<>]{0,800}>/gi;
/** A line of links may say one word beside them: the language that the page is in. */
const MOST_WORDS_BESIDE_LINKS = 1;
/** A prompt, the end of a statement, and what statements and commands begin with. */
const STATEMENT =
  /^\s*(?:[$%] \S|>>> )|[;{}]\s*$|=>|^\s*(?:import|export|const|let|var|function|return|def|class|#include|npm|yarn|npx|pip|sudo|git|cd)\s\S/;
/** Under a heading, or between paragraphs. */
const RULE = /^[\s=\-_*~#+^]*$/;
const SIGN = /[^\p{L}\p{N}\s.,:!?'’"“”-]/gu;
/** Of the characters that are no space. */
const MANY_SIGNS = 0.12;
/** So many words that say nothing make a line prose, whatever signs are in it. */
const PROSE_STOP_WORDS = 3;
/** What a report of a news agency begins with. */
const DATELINE =
  /^\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}\s/;
/** The line under an entry of a Debian changelog. */
const MAINTAINER = /^ -- .{1,200}<[^<>]{1,100}>\s.*$/;

const RULES = [withoutFences, withoutTables, withoutCode, withoutMailParts, withoutSpeakers];

export function withoutBoilerplate(text: string): string {
  const plain = text.replace(FRONT_MATTER, titleAlone).replace(COMMENT, blank).replace(DATELINE, blank);
  const lines = plain.replace(COMMENT_BLOCK, (block) => block.replace(COMMENT_MARK, blank)).split('\n');
  const left = RULES.reduce<readonly string[]>((rest, rule) => rule(rest), lines);
  return left.map((line) => (isOnlyLinks(line) || MAINTAINER.test(line) ? blank(line) : line)).join('\n');
}

const titleAlone = (matter: string) =>
  matter
    .split('\n')
    .map((line) => (TITLE_FIELD.test(line) ? line : blank(line)))
    .join('\n');

/** A fence that is not closed hides nothing. */
function withoutFences(lines: readonly string[]): string[] {
  const left = [...lines];
  let open: { readonly mark: string; readonly at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const [, mark = '', rest = ''] = FENCE.exec(line) ?? [];
    if (mark === '') continue;
    if (open === null) open = { mark, at };
    else if (mark.startsWith(open.mark) && rest.trim() === '') {
      for (let inside = open.at; inside <= at; inside++) left[inside] = blank(left[inside] ?? '');
      open = null;
    }
  }
  return left;
}

/** Paragraphs of which more than half the lines are code. */
function withoutCode(lines: readonly string[]): string[] {
  const paragraphs = inRuns(lines, (line) => line.trim() !== '');
  return paragraphs.flatMap(({ run, is }) => (is && 2 * run.filter(isCode).length > run.length ? run.map(blank) : run));
}

function isCode(line: string): boolean {
  const words = wordsOf(line);
  if (RULE.test(line) || words.filter(({ text }) => isStopWord(text)).length >= PROSE_STOP_WORDS) return false;
  const plain = line.replace(LINK, '');
  const visible = plain.match(/\S/g)?.length ?? 0;
  const signs = plain.match(SIGN)?.length ?? 0;
  return signs >= MANY_SIGNS * visible && visible > 0 && (STATEMENT.test(line) || signs >= 2 * MANY_SIGNS * visible);
}

function isOnlyLinks(line: string): boolean {
  let links = 0;
  const beside = line.replace(LINK, () => {
    links++;
    return ' ';
  });
  const words = wordsOf(beside).length;
  return links > 0 && words <= (links > 1 ? MOST_WORDS_BESIDE_LINKS : 0);
}

/**
 * A text as a model should read it: without what stands for something else or says nothing in a summary, such as badges, targets of links, rules
 * and signs of markup. Words stay. Pure; sources are still looked for in the text as it was.
 */

type Rule = readonly [pattern: RegExp, replacement: string];

const RULES: readonly Rule[] = [
  [/<!--[^]{0,2000}?-->/g, ''],
  // Pictures, linked or not, and what a link is called by.
  [/\[!\[[^\]\n]{0,200}\](?:\([^()\s]{0,500}\)|\[[^\]\n]{0,200}\])\](?:\([^()\s]{0,500}\)|\[[^\]\n]{0,200}\])/g, ''],
  [/!\[[^\]\n]{0,200}\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,200}\])/g, ''],
  [/\[([^[\]\n]{1,300})\](?:\((?:https?:|mailto:|[./#\w-])[^()\s]{0,500}\)|\[[^\]\n]{0,200}\])/g, '$1'],
  [/^ {0,3}\[[^\]\n]{1,200}\]:[ \t]+\S+.*$/gm, ''],
  [/<\/?(?:p|a|img|br|div|span|h[1-6]|b|i|em|strong|code|center|details|summary|picture|source|table|t[rdh])\b[^<>]{0,500}>/gi, ''],
  // Targets of links in reStructuredText.
  [/^ {0,3}\.\. _[^\n]{1,200}:[ \t]+\S+.*$/gm, ''],
  // Roles and links in reStructuredText: what they are called by.
  [/:[a-z][\w:+.-]{1,40}:`([^`<>]{1,200}?)(?:\s*<[^`<>]{1,200}>)?`/g, '$1'],
  [/`([^`<>]{1,200}?)\s*<[^`<>\s]{1,300}>`__?/g, '$1'],
  // Rules and underlines.
  [/^[ \t]*(?:[-=_*~#+]{3,}|(?:[-*_] ){2,}[-*_])[ \t]*$/gm, ''],
  [/^(?:`{3,}|~{3,}).*$/gm, ''],
  [/\*\*(?=\S)([^\n*]{1,300})\*\*/g, '$1'],
  [/(?<!\w)__(\p{Lu}[^\n_]{0,300})__(?!\w)/gu, '$1'],
  [/(?<![\p{L}\p{N}_])_([\p{L}(][^\n_]{0,80})_(?![\p{L}\p{N}_])/gu, '$1'],
  [/(?<![\p{L}\p{N}*\\])\*(\p{L}[^\n*]{0,80})\*(?![\p{L}\p{N}*])/gu, '$1'],
  [/-\*-.{0,80}-\*-/g, ''],
  [/^#{1,6}[ \t]+(.*?)[ \t#]*$/gm, '$1'],
];

/** A text of nothing else is left as it is. */
export function readable(text: string): string {
  const read = RULES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return read === '' ? text : read;
}

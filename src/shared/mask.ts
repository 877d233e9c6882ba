/**
 * What must survive a translation exactly, found in text and put behind codes: addresses, placeholders, tags, paths, options, code,
 * identifiers, versions, hashes, signs. Numbers stay text. Pure; knows no model. Training hides the same strings by the same patterns, which `npm run
 * schema` writes to resources/mask.json for it.
 */
import type { CodePair } from './check-codes';
import { codesOf, type Inline, type Inlines } from './inlines';

export interface Masked {
  /** With codes of their own, numbered on from the highest there was, in place of what is hidden. */
  readonly inlines: Inlines;
  /** What each of those codes stands for. */
  readonly hidden: ReadonlyMap<number, string>;
  /** Tags among them that open and close together. */
  readonly pairs: readonly CodePair[];
}

const FILE_EXTENSIONS =
  'txt|md|csv|tsv|json|jsonl|ya?ml|toml|ini|cfg|conf|log|xml|html?|css|scss|js|mjs|cjs|jsx|tsx?|py|ipynb|rb|go|rs|java|kt|swift|[ch]pp|[ch]|cs|php|sh|bat|ps1|sql|' +
  'pdf|docx?|xlsx?|pptx?|od[tsp]|epub|rtf|tex|srt|vtt|po|pot|tmx|xliff?|png|jpe?g|gif|svg|webp|ico|mp[34]|wav|ogg|mkv|avi|mov|webm|' +
  'zip|tar|gz|bz2|xz|7z|rar|deb|rpm|exe|dll|so|dylib|dmg|iso|jar|onnx|db|sqlite|bak|tmp|lock|env';
const TOP_DOMAINS = 'com|org|net|edu|gov|info|io|dev|app|eu|de|fr|uk|at|ch|be|nl|it|es';

/** The first that fits at a place wins; each is told apart from what is ordinary text by what stands before and behind it. */
export const PATTERNS: readonly string[] = [
  // Addresses; punctuation at the end belongs to the sentence.
  String.raw`(?:https?|ftp|file|mailto|tel|ssh|git|data):(?:\/\/)?[^\s<>"'“”„«»{}|\\^]*[^\s<>"'“”„«»{}|\\^.,;:!?)\]…’]`,
  String.raw`\bwww\.[^\s<>"'“”„«»]*[\p{L}\p{N}/]`,
  String.raw`(?<![\w.+%-])[\w.+%-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`,
  String.raw`(?<![\w@.\/-])(?:[a-z0-9-]+\.)+(?:${TOP_DOMAINS})(?:\/[^\s<>"'“”„«»]*[\p{L}\p{N}/])?(?![\w-])(?!\.\w)`,
  // Markup.
  String.raw`<!--[^]*?-->`,
  String.raw`<\/?[A-Za-z][A-Za-z0-9:._-]*(?:\s+[^<>]*)?\/?>`,
  String.raw`&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});`,
  // Placeholders. One argument of ICU's with everything in it is one; braces nest up to three deep.
  String.raw`\$?\{\{[^{}\n]{0,100}\}\}`,
  // Tags and comments of templates, attributes of Markdown: {% if %}, {# note #}, {#plant}, {: .wide}, <%= name %>; keys in keys: $t(a.b).
  String.raw`\{[#%.:/@!?][^{}\n]{1,100}\}`,
  String.raw`<%[^\n]{0,100}?%>`,
  String.raw`\$t\([^()\n]{1,100}\)`,
  // Emoji by name, not a time's colons: :tada:, :+1:.
  String.raw`(?<![\p{L}\p{N}:/]):(?:[+-]1|[a-z\d_]*[a-z][a-z\d_]+):(?![\p{L}\p{N}:/])`,
  String.raw`[$%#]\{[^{}\n]{1,100}\}`,
  String.raw`\{\s*[\w.-]+\s*,\s*(?:number|date|time|spellout|ordinal|duration|plural|select|selectordinal)\b(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`,
  String.raw`\{[\w.:$-]*\}`,
  String.raw`%\(\w+\)[sdfi]`,
  String.raw`(?<![\p{L}\p{N}%])%(?:\d+\$)?[-+#0]*\d*(?:\.\d+)?(?:hh?|ll?|[qjzt])?[sdiufFeEgGxXoc@](?![\p{L}\p{N}])`,
  String.raw`%[A-Z][A-Z0-9_]+%`,
  String.raw`(?<![\w$])\$[A-Za-z_]\w*(?![\w$])`,
  // Code in a sentence, between backticks (\x60) as in Markdown; not the quotes of older manuals, which end in an apostrophe.
  String.raw`(?<![\p{L}\p{N}\\\x60])\x60[^\x60\s](?:[^\x60\n]{0,98}[^\x60\s])?\x60(?!\x60)`,
  // Telephone numbers with their country.
  String.raw`(?<![\p{L}\p{N}+])\+\d{1,3}(?:[ \u00a0./-]?\(?\d{1,5}\)?){2,6}(?![\p{L}\p{N}])`,
  // Signs that models of a small vocabulary spell byte by byte, and get wrong: €, ♥, →, ™. Degrees they know.
  String.raw`(?:(?![\0-\x7f°])[\p{Sc}\p{Sm}\p{So}]\ufe0f?)+`,
  // Names with letters of other languages than the models': Łódź, Dvořák.
  String.raw`(?<![\p{L}\p{M}'’-])(?=\p{Script=Latin})[\p{Script=Latin}\p{M}'’-]*(?![A-Za-zÀ-ÖØ-öø-ÿŒœŸẞ])\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*`,
  // Command-line options.
  String.raw`(?<![\p{L}\p{N}_-])--[A-Za-z][\w-]*(?:=(?:"[^"\n]*"|[^\s"',;)\]]*[\w/]))?`,
  String.raw`(?<=^|[\s("'“„«])-[A-Za-z](?=$|[\s)"'”“».,;:!?])`,
  // Paths and file names.
  String.raw`(?<![\p{L}\p{N}])[A-Za-z]:\\(?:[^\s\\/:*?"<>|]+\\)*(?:[^\s\\/:*?"<>|]*[\p{L}\p{N}_])?`,
  String.raw`(?<![\p{L}\p{N}_./:~-])(?:~|\.{1,2})?(?:\/[\p{L}\p{N}_.+@-]*[\p{L}\p{N}_+@-])+\/?`,
  String.raw`(?<![\p{L}\p{N}_./:-])(?:[\w+@-]+[/\\])*[\w+@-](?:[\w.+@-]*[\w+@-])?\.(?:${FILE_EXTENSIONS})(?![\p{L}\p{N}_])(?!\.\w)`,
  // Identifiers, and what they are called with: RGB(79,129,189).
  String.raw`(?<![\p{L}\p{N}_])[A-Za-z_]\w*\(-?\d+(?:\.\d+)?(?:, ?-?\d+(?:\.\d+)?)+\)`,
  String.raw`(?<![\p{L}\p{N}_])[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)*\(\)`,
  String.raw`(?<![\p{L}\p{N}_])\w+(?:::\w+)+(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}_])_*[A-Za-z][A-Za-z0-9]*_(?:\w*[A-Za-z0-9_])?(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}_])__\w+__(?![\p{L}\p{N}_])`,
  String.raw`(?<![\p{L}\p{N}_])[a-z]+[A-Z][A-Za-z0-9]*(?![\p{L}\p{N}])`,
  // Versions, not dates (12.05.2024) and not thousands (1.000.000).
  String.raw`(?<![\p{L}\p{N}.,])[vV]\d+(?:\.\d+)*(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?(?![\p{L}\p{N}])`,
  String.raw`(?<![\p{L}\p{N}.,])(?!\d{1,3}(?:\.\d{3})+(?!\d))(?!\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})(?![\d.]))\d+(?:\.\d+){2,}(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?(?![\p{L}\p{N}])`,
  // UUIDs and hashes: hexadecimal, with a digit and a letter.
  String.raw`(?<![\p{L}\p{N}_-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\p{L}\p{N}_-])`,
  String.raw`(?<![\p{L}\p{N}_-])(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,128}(?![\p{L}\p{N}_-])`,
];
const MUST_SURVIVE = new RegExp(PATTERNS.map((pattern) => `(?:${pattern})`).join('|'), 'gu');
/** None of the patterns fits a text without one of these: most sentences are done with here. */
export const HINT =
  /[@/\\%${}<&_`]|(?![–—‘’“”„…])[^\0-\u00ff]|\+\d|[\u00a2-\u00b1\u00d7\u00f7]|::|:[a-z\d+-]|\(\)|\w\(-?\d|--|(?:^|[\s("'“„«])-[A-Za-z]|[A-Za-z]:|[\p{L}\p{N}]\.[\p{L}\p{N}]|[a-z][A-Z]|[vV]\d|\d[a-f]|[a-f]\d/u;

export function mask(inlines: Inlines): Masked {
  const hidden = new Map<number, string>();
  const firstCode = Math.max(-1, ...codesOf(inlines)) + 1;
  const masked: Inline[] = [];
  for (const inline of inlines) {
    if (typeof inline !== 'string' || !HINT.test(inline)) {
      masked.push(inline);
      continue;
    }
    let text = '';
    for (const window of windowsOf(inline)) {
      let done = 0;
      for (const match of window.matchAll(MUST_SURVIVE)) {
        text += window.slice(done, match.index);
        if (text !== '') masked.push(text);
        const code = firstCode + hidden.size;
        hidden.set(code, match[0]);
        masked.push({ code });
        text = '';
        done = match.index + match[0].length;
      }
      text += window.slice(done);
    }
    if (text !== '') masked.push(text);
  }
  return { inlines: masked, hidden, pairs: tagPairs(masked, hidden) };
}

/** The patterns take quadratic time on the worst of texts, so they get this much at once, in UTF-16 code units; cut at a space if there is one. */
const WINDOW = 1000;

function* windowsOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const space = start + WINDOW < text.length ? text.slice(start, start + WINDOW).search(/\s\S*$/) : -1;
    const end = space > 0 ? start + space : start + WINDOW;
    yield text.slice(start, end);
    start = end;
  }
}

/** The hidden strings in place of their codes; other codes stay. */
export function unmask(inlines: Inlines, hidden: ReadonlyMap<number, string>): Inlines {
  const unmasked: Inline[] = [];
  for (const inline of inlines) {
    const shown = typeof inline === 'string' ? inline : (hidden.get(inline.code) ?? inline);
    const last = unmasked.at(-1);
    if (typeof shown === 'string' && typeof last === 'string') unmasked[unmasked.length - 1] = last + shown;
    else unmasked.push(shown);
  }
  return unmasked;
}

/** Pairs only where all tags with the same parent nest; a code that is not of ours ends what can be told. */
function tagPairs(inlines: Inlines, hidden: ReadonlyMap<number, string>): CodePair[] {
  const pairs: CodePair[] = [];
  let open: { name: string; code: number }[] = [];
  for (const code of codesOf(inlines)) {
    const text = hidden.get(code);
    const tag = /^<(\/?)([A-Za-z][\w:.-]*)[^]*?(\/?)>$/.exec(text ?? '');
    if (text === undefined) open = [];
    if (!tag || tag[3] === '/') continue;
    const name = tag[2] ?? '';
    if (tag[1] !== '/') open.push({ name, code });
    else {
      const at = open.findLastIndex((opened) => opened.name === name);
      const opened = open[at];
      if (!opened) continue;
      // What was opened since and never closed (<br>, <img>) stands alone.
      open.length = at;
      pairs.push([opened.code, code]);
    }
  }
  return pairs;
}

/**
 * Web pages. Read as a row of tags and text, not as a tree: block-level tags are borders between blocks, inline tags are codes, so a page
 * that closes nothing, or wrongly, is read as well as one that does. Scripts, styles, code, what says `translate="no"`, and what says that it
 * is in another language than the page are left alone.
 */
import { type Token, Tokenizer } from 'parse5';
import { textOf } from '../../../shared/inlines';
import { reason } from '../../reasons';
import type { Format } from '../format';
import { bilingualHtml } from './bilingual-html';
import { attributeValue, enterElement, languageNames, languageOf, pageLanguage, type Syntax, valueRange } from './html-tags';
import { runSpot, type Piece } from './inline-run';
import { type Declaration, readSourceText } from './source-text';
import { hasLetter, spliced, type Spot } from './splice';

const DECLARATION: Declaration = {
  pattern: /(?:<meta[^>]+charset\s*=\s*["']?\s*|<\?xml[^>]+encoding\s*=\s*["'])([\w-]+)/i,
  substitute: (character) => `&#${character.codePointAt(0) ?? 0};`,
};

export const html: Format = {
  id: 'html',
  name: 'Web page',
  extensions: ['html', 'htm', 'xhtml'],
  read: (bytes) =>
    new Promise((resolve) => {
      const source = readSourceText(bytes, DECLARATION);
      const { text } = source;
      const syntax = syntaxOf(text);
      const own = pageLanguage(text, syntax);
      const spots = pageSpots(text, own === null ? null : [own]);
      resolve(spliced(source, spots, [], (languages) => languageNames(text, syntax, languages)));
    }),
  bilingual: (source, translation, languages) =>
    new Promise((resolve) => {
      const own = readSourceText(source, DECLARATION);
      const { text } = readSourceText(translation, DECLARATION);
      const isNamed = pageLanguage(own.text, syntaxOf(own.text)) !== null;
      const spotsOf = (page: string) => ({ text: page, spots: pageSpots(page, isNamed ? [languages.from, languages.to] : null) });
      resolve(own.encode(bilingualHtml(spotsOf(own.text), spotsOf(text), languages, syntaxOf(text))));
    }),
};

const syntaxOf = (page: string): Syntax => (/^\s*<\?xml\b/.test(page) ? 'xml' : 'html');

const pageSpots = (page: string, languages: readonly string[] | null): Spot[] =>
  htmlSpots(page, 0, page.length, { syntax: syntaxOf(page), languages }).sort((a, b) => a.start - b.start);

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Borders between blocks. All other elements are inline. */
const BLOCK_LEVEL =
  words(`address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption
  figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main menu meta nav noembed noframes
  noscript ol optgroup option p plaintext pre search section select source summary table tbody td template textarea tfoot th thead title tr
  track ul xmp`);
const VOID = words('area base br col embed hr img input link meta param source track wbr');
/** Left alone with all that is in them. */
const LEFT_ALONE = words(
  `script style code pre kbd samp var svg math textarea iframe noembed noframes xmp object audio video canvas plaintext`,
);
/** Of these, what stands for words of the sentence around it. */
const SPOKEN = words('code kbd samp var math');
/** Elements that another of their kind ends. */
const ENDED_BY_NEXT = words('p option dt dd td th tr');
const SPOKEN_ATTRIBUTES = words('alt title placeholder aria-label aria-description aria-roledescription');
const DESCRIPTIONS = /^(?:(?:og:|twitter:)?(?:title|description)|og:image:alt|twitter:image:alt)$/i;

export interface PageReading {
  readonly syntax: Syntax;
  /** What says it is in another one is left alone; null: whatever it says, it is read. */
  readonly languages: readonly string[] | null;
}

/** The blocks of a stretch of HTML; offsets are those of `text`. */
export function htmlSpots(
  text: string,
  start: number,
  end: number,
  { syntax, languages }: PageReading = { syntax: 'html', languages: null },
): Spot[] {
  const spots: Spot[] = [];
  let pieces: Piece[] = [];
  /** The element that is left alone, and how many of its kind are open inside it. */
  let left: { name: string; depth: number; start: number; inline: boolean } | null = null;

  const border = (): void => {
    const spot = runSpot(text, pieces, '', (written) => escapeText(written, syntax));
    if (spot) spots.push(spot);
    pieces = [];
  };

  const endLeft = (at: number): void => {
    if (left?.inline === true)
      pieces.push({ kind: 'alone', spoken: SPOKEN.has(left.name) || !LEFT_ALONE.has(left.name), start: left.start, end: at });
    left = null;
    tokenizer.inForeignNode = false;
  };

  // Where a text token stands is not to be relied on if it begins with an entity: text reaches from tag to tag.
  let textStart = start;
  let pendingText = '';
  const onText = (token: Token.CharacterToken): void => {
    if (!left) pendingText += token.chars;
  };
  /** The range of a token that is not text; the text before it is complete. */
  const enter = (token: { location: Token.Location | null }): { start: number; end: number } => {
    const at = { start: start + (token.location?.startOffset ?? 0), end: start + (token.location?.endOffset ?? 0) };
    if (pendingText !== '')
      pieces.push({ kind: 'text', text: pendingText.replaceAll(/[ \t\r\n\f]+/g, ' '), start: textStart, end: at.start });
    pendingText = '';
    textStart = at.end;
    return at;
  };

  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const name = token.tagName;
        const at = enter(token);
        const isEmpty = VOID.has(name) || (token.selfClosing && (syntax === 'xml' || left !== null));
        if (left) {
          if (name !== left.name || isEmpty) return;
          if (!ENDED_BY_NEXT.has(name)) {
            left.depth++;
            return;
          }
          endLeft(at.start);
        }
        enterElement(tokenizer, name, syntax);
        const isBlock = BLOCK_LEVEL.has(name);
        if (isBlock) border();
        if (LEFT_ALONE.has(name) || saysLeaveAlone(token) || isForeign(token, languages)) {
          if (isEmpty && !isBlock) pieces.push({ kind: 'alone', spoken: false, ...at });
          if (!isEmpty) {
            left = { name, depth: 1, start: at.start, inline: !isBlock };
            tokenizer.inForeignNode = name === 'svg' || name === 'math';
          }
          return;
        }
        spots.push(...attributeSpots(text, start, token));
        if (isBlock) return;
        if (isEmpty) pieces.push({ kind: 'alone', spoken: false, ...at });
        else pieces.push({ kind: 'open', name, ...at });
      },
      onEndTag(token) {
        const name = token.tagName;
        const at = enter(token);
        if (left) {
          if (name === left.name && --left.depth === 0) endLeft(at.end);
        } else if (BLOCK_LEVEL.has(name)) border();
        else pieces.push({ kind: 'close', name, ...at });
      },
      onComment(token) {
        const at = enter(token);
        if (!left) pieces.push({ kind: 'alone', spoken: false, ...at });
      },
      onDoctype(token) {
        enter(token);
      },
      onCharacter: onText,
      onWhitespaceCharacter: onText,
      onNullCharacter() {},
      onEof(token) {
        enter(token);
        border();
      },
    },
  );
  tokenizer.write(text.slice(start, end), true);
  return spots;
}

const saysLeaveAlone = ({ attrs }: Token.TagToken): boolean =>
  attrs.some(
    ({ name, value }) => (name === 'translate' && /^no$/i.test(value)) || (name === 'class' && /(?:^|\s)notranslate(?:\s|$)/.test(value)),
  );

function isForeign(token: Token.TagToken, languages: PageReading['languages']): boolean {
  const own = token.tagName === 'html' ? null : languageOf(token);
  return own !== null && languages !== null && !languages.includes(own);
}

function attributeSpots(text: string, offset: number, token: Token.TagToken): Spot[] {
  const { attrs, tagName } = token;
  const valueOf = (name: string): string => attributeValue(token, name) ?? '';
  const isSpoken = (name: string): boolean => {
    if (tagName === 'meta') return name === 'content' && DESCRIPTIONS.test(valueOf('name') || valueOf('property'));
    if (tagName === 'input' && name === 'value') return /^(?:submit|button|reset)$/i.test(valueOf('type'));
    // Style sheets of one title are used together.
    if (tagName === 'link') return name === 'title' && !/\bstylesheet\b/i.test(valueOf('rel'));
    return SPOKEN_ATTRIBUTES.has(name) || (name === 'label' && (tagName === 'track' || tagName === 'optgroup' || tagName === 'option'));
  };
  return attrs.flatMap(({ name, value }) => {
    if (!isSpoken(name) || !hasLetter(value)) return [];
    const range = valueRange(text, offset, token, name);
    if (!range) return [];
    const { start, end, quote } = range;
    return [
      {
        block: { inlines: [value], codes: [], place: reason`attribute ${name}` },
        start,
        end,
        replace: (translation) => [{ start, end, text: escapeAttribute(textOf(translation), quote) }],
      },
    ];
  });
}

const escapeText = (text: string, syntax: 'html' | 'xml'): string => {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return syntax === 'html' ? escaped.replaceAll('\u00a0', '&nbsp;') : escaped;
};

function escapeAttribute(text: string, quote: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  if (quote === "'") return escaped.replaceAll("'", '&#39;');
  const safe = escaped.replaceAll('"', '&quot;');
  return quote === '"' ? safe : `"${safe}"`;
}

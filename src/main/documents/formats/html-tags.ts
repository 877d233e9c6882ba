/** The tags of web pages: how their text is read, where their attributes' values stand, and which languages they name. */
import { type Token, Tokenizer, TokenizerMode } from 'parse5';
import { primaryLanguage, regionOf, renamed, type Languages } from '../language-names';
import type { Replacement } from './splice';

export type Syntax = 'html' | 'xml';

/** How the tokenizer reads what is in elements whose content is no markup. */
const RAW_TEXT = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
]);

/** To be called for every start tag that is not inside of what is left alone. */
export function enterElement(tokenizer: Tokenizer, name: string, syntax: Syntax): void {
  const mode = RAW_TEXT.get(name);
  if (mode !== undefined && syntax === 'html') tokenizer.state = mode;
}

export const attributeValue = ({ attrs }: Token.TagToken, name: string): string | undefined =>
  attrs.find((attribute) => attribute.name === name)?.value;

/** Of an attribute's value in `text`, between its quotes; `quote` is empty where there are none. */
export function valueRange(text: string, offset: number, { location }: Token.TagToken, name: string) {
  const range = location?.attrs?.[name];
  if (!range) return null;
  const raw = text.slice(offset + range.startOffset, offset + range.endOffset);
  const [before = '', quote = ''] = /^[^=]*=\s*(["']?)/.exec(raw) ?? [];
  return { start: offset + range.startOffset + before.length, end: offset + range.endOffset - quote.length, quote };
}

/** The language that an element says its text is in; null where it says none. */
export const languageOf = (token: Token.TagToken): string | null =>
  primaryLanguage(attributeValue(token, 'lang') ?? attributeValue(token, 'xml:lang') ?? '');

/** The language that the page says it is in. */
export function pageLanguage(page: string, syntax: Syntax): string | null {
  const root = startTags(page, syntax).find(({ tagName }) => tagName === 'html');
  return root ? languageOf(root) : null;
}

/** What changes where tags name the language of their text, that of the page included. */
export function languageNames(page: string, syntax: Syntax, languages: Languages): Replacement[] {
  return startTags(page, syntax).flatMap((token) =>
    token.attrs.flatMap(({ name, value }) => {
      const next = namesLanguage(token, name) ? renamed(value, languages) : null;
      const range = next === null ? null : valueRange(page, 0, token, name);
      if (next === null || !range) return [];
      const isLocale = attributeValue(token, 'property') === 'og:locale';
      const text = isLocale ? `${languages.to}_${regionOf(languages.to)}` : next;
      return [{ start: range.start, end: range.end, text }];
    }),
  );
}

function namesLanguage(token: Token.TagToken, attribute: string): boolean {
  if (attribute === 'lang' || attribute === 'xml:lang') return true;
  if (token.tagName !== 'meta' || attribute !== 'content') return false;
  const of = attributeValue(token, 'http-equiv') ?? attributeValue(token, 'property') ?? attributeValue(token, 'name') ?? '';
  return /^(?:content-language|og:locale|(?:dc|dcterms)\.language)$/i.test(of);
}

function startTags(page: string, syntax: Syntax): Token.TagToken[] {
  const tags: Token.TagToken[] = [];
  const ignore = (): void => {};
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        tags.push(token);
        enterElement(tokenizer, token.tagName, syntax);
      },
      onEndTag: ignore,
      onComment: ignore,
      onDoctype: ignore,
      onCharacter: ignore,
      onWhitespaceCharacter: ignore,
      onNullCharacter: ignore,
      onEof: ignore,
    },
  );
  tokenizer.write(page, true);
  return tags;
}

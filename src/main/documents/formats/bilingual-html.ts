/** Web pages with each paragraph, heading and cell followed, in the same place, by its translation. */
import { reason } from '../../reasons';
import { DocumentError } from '../format';
import type { Languages } from '../language-names';
import type { Spot } from './splice';

/** Elements that hold one line of plain text. */
const ONE_LINE = /<(?:title|option)\b[^>]*>\s*$/i;
const ONE_LINE_HEAD = 2000;
/** An element's own name, which a page may hold once. */
const ID = /(<[A-Za-z][^<>]*?)\s+id\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/g;

/** Both texts have the same spots, in order. Attributes are translated alone. Throws `DocumentError`. */
export function bilingualHtml(
  source: { text: string; spots: readonly Spot[] },
  translation: { text: string; spots: readonly Spot[] },
  { from, to }: Languages,
  syntax: 'html' | 'xml',
): string {
  const own = source.spots.filter(isText);
  const other = translation.spots.filter(isText);
  const inLanguage = (language: string, content: string): string =>
    `<span lang="${language}"${syntax === 'xml' ? ` xml:lang="${language}"` : ''}>${content}</span>`;
  if (own.length !== other.length) {
    throw new DocumentError(reason`The paragraphs of source and translation do not match one by one, so there is no bilingual file.`);
  }
  let result = '';
  let done = 0;
  for (const [at, { start, end }] of other.entries()) {
    const spot = own[at];
    if (!spot || start < done) continue;
    const before = translation.text.slice(done, start);
    const text = source.text.slice(spot.start, spot.end);
    const translated = translation.text.slice(start, end);
    const isOnce = text === translated || ONE_LINE.test(translation.text.slice(Math.max(0, start - ONE_LINE_HEAD), start));
    const lineBreak = syntax === 'xml' ? '<br/>' : '<br>';
    result += before + (isOnce ? translated : inLanguage(from, text) + lineBreak + inLanguage(to, translated.replace(ID, '$1')));
    done = end;
  }
  return result + translation.text.slice(done);
}

const isText = ({ block }: Spot): boolean => block.place === '';

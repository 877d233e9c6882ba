/** Where the parts of containers name the language of their text, and what they say once that is translated. */
import { regionOf, renamed, type Languages } from './language-names';
import { contentOf, escapeAttribute, escapeText, within, type XmlAttribute, type XmlElement, type XmlVocabulary } from './xml';

export interface PartLanguages {
  /** Names of the parts that may name a language. */
  readonly parts: RegExp;
  readonly vocabulary: XmlVocabulary;
  /** Elements whose content is the name of a language. */
  readonly elements: ReadonlySet<string>;
  /** Attributes that name one, on any element: `name` or `element@name`. */
  readonly attributes: ReadonlySet<string>;
  /** Where the region stands apart: its attribute, by that of the language. */
  readonly regions?: ReadonlyMap<string, string>;
}

interface Renaming {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The part's text with the new names; the same text where it names no language, or others. */
export function textRenamed(text: string, root: XmlElement, named: PartLanguages, languages: Languages): string {
  let result = '';
  let done = 0;
  for (const { start, end, text: name } of renamings(root, named, languages)) {
    result += text.slice(done, start) + name;
    done = end;
  }
  return result + text.slice(done);
}

/** In the order of the text. */
function renamings(root: XmlElement, named: PartLanguages, languages: Languages): Renaming[] {
  const found: Renaming[] = [];
  for (const element of within(root)) {
    for (const attribute of element.attributes) found.push(...attributeRenamings(element, attribute, named, languages));
    const name = named.elements.has(element.name) ? renamed(contentOf(element), languages) : null;
    if (name !== null) found.push({ start: element.contentStart, end: element.contentEnd, text: escapeText(name) });
  }
  return found.sort((a, b) => a.start - b.start);
}

function attributeRenamings(element: XmlElement, attribute: XmlAttribute, named: PartLanguages, languages: Languages): Renaming[] {
  const { name, value, start, end } = attribute;
  if (!named.attributes.has(name) && !named.attributes.has(`${element.name}@${name}`)) return [];
  const language = renamed(value, languages);
  if (language === null) return [];
  const region = element.attributes.find((other) => other.name === named.regions?.get(name));
  const hasRegion = region !== undefined && /^[A-Za-z]{2}$/.test(region.value);
  return [
    { start, end, text: escapeAttribute(language) },
    ...(hasRegion ? [{ start: region.start, end: region.end, text: regionOf(languages.to) }] : []),
  ];
}

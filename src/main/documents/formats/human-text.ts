/** Which strings of a table of data are text for people, and which are addresses, names of things in a program, codes and the like. */
import { hasLetter } from './splice';

/** Keys whose values are never text, whatever they look like. */
const DATA_KEY =
  /^(?:[$@].*|id|uuid|guid|key|url|uri|href|src|link|path|file|filename|dir|type|kind|class|classname|style|icon|image|img|colou?r|lang|language|locale|slug|version|email|format|encoding|charset|mime|regex|pattern|selector|layout|license|author|date|permalink)$/i;

const DATA: readonly RegExp[] = [
  // Addresses, paths, mail, domains.
  /^(?:[a-z][a-z0-9+.-]*:\/\/|mailto:|tel:|data:|www\.)\S+$/i,
  /^(?:\.{0,2}|~|[A-Za-z]:)?[\\/][\w.@%+~-]*(?:[\\/][\w.@%+~*-]*)*$/,
  /^[\w.@-]+(?:\/[\w.@*-]+)+\/?$/,
  /^[\w.+-]+@[\w-]+\.[\w.-]+$/,
  // A person with an address; a command for a shell, or several.
  /^[^<>@]*<[^<>@\s]+@[^<>@\s]+>$/,
  /^(?:(?:\$ )?(?:sudo )?(?:(?:npm|npx|yarn|pnpm|pip3?|apt-get|brew|cargo|docker|git) [a-z-][^.!?\n]*|(?:node|python3?|bash|sh|tsx|source) [\w./-]+\.\w+(?: .*)?)(?:\n+|$))+$/,
  // Colours, functions, selectors, variables, tags of a program.
  /^#[0-9a-f]{3,8}$/i,
  /^[\w.-]*\([^()\s]*(?:,[^()]*)?\)$/,
  /^[#.$@%&][\w-]+$/,
  /^(?:\{\{?[^{}]*\}\}?|%[\w()]+|\$\{[^}]*\}|[\s\p{P}\d])+$/u,
  // Dates, times, versions, formats of dates.
  /^[vV]?\d[\d.,:/\-+TZ]*(?:[-+.](?:alpha|beta|rc|dev)[\d.]*|\s*(?:[ap]\.?m\.?|px|em|rem|pt|%|ms|s|[kmgt]?i?b|[A-Z]{3,4}))?$/i,
  /^\d{1,4}[-/. ](?:\d{1,2}|[A-Z][a-z]{2})[-/. ]\d{1,4}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
  /^(?=.*[%dDmMyYhHs])(?:%-?[A-Za-z%^]|[yYMdDHhmsaAzZ]{1,4}|[\s\p{P}])+$/u,
];

/** What has no space and is longer is no word, in UTF-16 code units; bounds the work of the patterns below. */
const LONGEST_WORD = 200;
/** One word as people write it: letters, with marks between them or behind. */
const WORD = /^["'“‘«¿¡(]*\p{L}[\p{Ll}\p{M}]*(?:['’-]\p{L}[\p{Ll}\p{M}]*)*["'”’»).,:;!?…]*$|^["'“¿¡(]*\p{Lu}+(?:-\p{L}+)?["'”).,:;!?…]*$/u;
/** One letter is a switch, a column, a variable. */
const LETTER = /^\p{L}$/u;
/** A programming language's key words and values that are no words of a sentence. */
const VALUE = /^(?:true|false|yes|no|on|off|null|none|nil|undefined|auto|default|utf-?8|utf-?16|ltr|rtl|[a-z]{2}[-_][A-Z]{2})$/i;

export interface HumanTextOptions {
  /** Whether a single word in small letters ("open") is text: in a table of strings it is, among settings it is not. */
  readonly smallWords: boolean;
}

/** `key` is the string's name in the table, or empty. */
export function isHumanText(value: string, key: string, { smallWords }: HumanTextOptions): boolean {
  const text = value.trim();
  if (!hasLetter(text) || LETTER.test(text) || DATA_KEY.test(key) || DATA.some((pattern) => text.length < 2000 && pattern.test(text)))
    return false;
  if (/\s/.test(text)) return /\p{L}{2}/u.test(text) && !isCodeLike(text);
  if (/[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]/.test(text)) return true;
  if (text.length > LONGEST_WORD) return false;
  if (!WORD.test(text) || VALUE.test(text)) return /^\p{L}{2,}.*\{.*\}|\{.*\}.*\p{L}{2,}[.!?]?$/u.test(text);
  return smallWords || /^\P{L}*\p{Lu}/u.test(text);
}

/** Several words, but of a program: `1px solid #fff`, `SELECT * FROM`, `a = b;`, `npm run build`. */
function isCodeLike(text: string): boolean {
  if (/[;{]\s*$|^\s*[[{<][^\p{L}]*$|=>|&&|\|\||^(?:SELECT|INSERT|UPDATE|DELETE)\s.+\s(?:FROM|INTO|SET)\s/u.test(text)) return true;
  const words = text.split(/\s+/);
  const plain = words.filter((word) => /^["'“‘«¿¡(*_]*\p{L}[\p{L}\p{M}'’-]*["'”’»)*_]*[.,:;!?…]*["'”’»)]*$/u.test(word)).length;
  return plain * 3 < words.length;
}

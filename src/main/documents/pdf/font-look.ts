/** What a font's name tells of its look. PDFs say little else: subset names such as `ABCDEF+CMBX10` and `BCDEEE+Calibri,Bold`. Pure. */

export interface FontLook {
  readonly bold: boolean;
  readonly italic: boolean;
  /** All letters have the same width: code, mostly. */
  readonly mono: boolean;
  /** Symbols of formulas. */
  readonly math: boolean;
}

const BOLD = /bold|black|heavy|demi|medi(?![a-z])|^(?:cm|lm|sf|ec|ptm|tx|px|q\w\w)?(?:ss)?bx|[-,]b(?:i|d)?$|(?<=Medi)Ital/i;
const ITALIC =
  /ital|obliq|slant|kursiv|[-,](?:it|i|bi|ri)$|^(?:cm|sf|ec)(?:ti|sl|bxti|bxsl|ssi|itt)\d|(?:regu|medi|demi|book|light|bold)it?$/i;
const MONO =
  /mono(?!type)|courier|consol|typewriter|menlo|monaco|inconsolata|(?:source|fira)\s?code|letter\s?gothic|^(?:cm|sf|ec|lm|tx|px)\w?tt|cour(?![a-z])/i;
const MATH = /^(?:cm|lm|eu|ms|tx|px|st)(?:mi|sy|ex|bsy|mib|am|bm|sya|fm|ry)\w?\d*$|math(?!design)|symbol(?!a)|mtsyn|mtmi|mtex|wasy|rsfs/i;

/** `family` is PDF.js's guess: `serif`, `sans-serif` or `monospace`. */
export function fontLook(name: string, family: string): FontLook {
  const plain = name.replace(/^[A-Z]{6}\+/, '');
  return {
    bold: BOLD.test(plain),
    italic: ITALIC.test(plain),
    mono: MONO.test(plain) || (family === 'monospace' && !MATH.test(plain)),
    math: MATH.test(plain),
  };
}

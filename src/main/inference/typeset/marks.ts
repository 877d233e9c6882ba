/** Spaces around marks as the target language wants them. Pure. */

const NO_BREAK = '\u00a0';

type Rule = readonly [pattern: RegExp, replacement: string];

const ALL: readonly Rule[] = [[/(?<=[\p{L}\p{N}]) +([.,])(?=\s|$)/gu, '$1']];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  de: [[/(?<=\d) (?=[%‰])/g, NO_BREAK]],
  fr: [
    [/(?<=[?!])[ \u00a0\u202f]+(?=[?!])/g, ''],
    // Before a mark that ends something, not in "9:45", "C:\" or "::".
    [/(?<=[\p{L}\p{N})\]»”"'’%.…])[ \u00a0\u202f]*(?=[;:!?]+(?:[\s)\]»”"]|$))/gu, NO_BREAK],
    [/(?<=\d)[ \u00a0\u202f]?(?=[%‰])/g, NO_BREAK],
    [/(?<=(?:^|[\s(«])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]) (?=\p{L})/giu, ''],
  ],
};

export function spacedMarks(text: string, language: string): string {
  return [...ALL, ...(RULES[language] ?? [])].reduce((spaced, [pattern, replacement]) => spaced.replace(pattern, replacement), text);
}

import { describe, expect, it } from 'vitest';
import { CodeKinds } from '../../../../src/main/inference/codes/code-kinds';
import { cutInlines, edgesOf } from '../../../../src/main/inference/codes/cut-inlines';
import { placed } from '../../../../src/main/inference/codes/placing';
import { spaced } from '../../../../src/main/inference/codes/spacing';
import { codesProblem, type CodePair } from '../../../../src/shared/check-codes';
import type { Inline, Inlines } from '../../../../src/shared/inlines';
import { segment, splitLong } from '../../../../src/shared/segment';

/** `Click [0]Save[1] now` as inlines. */
function inlinesOf(text: string): Inlines {
  return text
    .split(/(\[\d+\])/)
    .filter((part) => part !== '')
    .map((part) => (/^\[\d+\]$/.test(part) ? { code: Number(part.slice(1, -1)) } : part));
}
const textWith = (inlines: Inlines) => inlines.map((inline) => (typeof inline === 'string' ? inline : `[${inline.code}]`)).join('');

const B: CodePair = [0, 1];
const C: CodePair = [2, 3];

describe('spaces around codes', () => {
  const cases: [source: string, written: string, expected: string, pairs: CodePair[], language?: string][] = [
    // Pairs: the space is outside, wherever the words go.
    ['the [0]red[1] car', 'das|[0]|rote|[1]|Auto', 'das [0]rote[1] Auto', [B]],
    ['the [0]red[1] car.', 'la voiture|[0]|rouge|[1]|.', 'la voiture [0]rouge[1].', [B], 'fr'],
    ['cars are [0]red[1].', '[0]|rot|[1]|sind Autos.', '[0]rot[1] sind Autos.', [B]],
    ['[0]Red[1] cars', 'Autos in|[0]|Rot|[1]', 'Autos in [0]Rot[1]', [B]],
    ['Say "[0]yes[1]" now', 'Sag „|[0]|ja|[1]|“ jetzt', 'Sag „[0]ja[1]“ jetzt', [B], 'de'],
    ['(see [0]this[1])', '(siehe|[0]|dies|[1]|)', '(siehe [0]dies[1])', [B]],
    ['the [0]water[1]', "l'|[0]|eau|[1]", "l'[0]eau[1]", [B], 'fr'],
    ['Is it [0]red[1]?', 'Est-elle|[0]|rouge|[1]|?', 'Est-elle [0]rouge[1] ?', [B], 'fr'],
    ['un[0]believ[1]able', 'un|[0]|glaub|[1]|lich', 'un[0]glaub[1]lich', [B]],
    ['a[0] b [1]c', 'x|[0]|y|[1]|z', 'x[0] y [1]z', [B]],
    // Several codes in a row.
    ['the [0]red[1] and [2]blue[3] car', '|[0]|rot|[1]|[2]|blau|[3]|Auto', '[0]rot[1] [2]blau[3] Auto', [B, C]],
    ['[0]a [2]b[3][1] c', '[0]|x|[2]|y|[3]|[1]|z', '[0]x [2]y[3][1] z', [B, C]],
    ['[0]ab[1][2]cd[3]', '[0]|x|[1]|[2]|y|[3]', '[0]x[1][2]y[3]', [B, C]],
    // What stands for a word.
    ['Hello [0], welcome to [1]!', '[1]|, hallo|[0]|.', '[1], hallo [0].', []],
    ['Open [0].', '[0]|öffnen.', '[0] öffnen.', []],
    ['[0] is open', 'Offen ist|[0]', 'Offen ist [0]', []],
    ['[0]s and [1]', '[0]|s und|[1]', '[0]s und [1]', []],
    ['in [0]/[1] or [2]-based', 'in|[0]|/|[1]|oder|[2]|-basiert', 'in [0]/[1] oder [2]-basiert', []],
    ['Use [0]: [1]', 'Utilisez|[0]|:|[1]', 'Utilisez [0] : [1]', [], 'fr'],
    ['Use [0]: [1]', 'Nutze|[0]|:|[1]', 'Nutze [0]: [1]', [], 'de'],
    // What stands next to a word, like a footnote's mark.
    ['A word[0] here.', 'Hier ein Wort|[0]|.', 'Hier ein Wort[0].', []],
    ['A word.[0]', 'Ein Wort.|[0]', 'Ein Wort.[0]', []],
  ];

  it.each(cases)('%s → %s', (source, written, expected, pairs, language = 'de') => {
    const target = inlinesOf(written.replaceAll('|', '\0')).flatMap((inline): Inline[] =>
      typeof inline === 'string' ? inline.split('\0').filter((part) => part !== '') : [inline],
    );
    expect(textWith(spaced(inlinesOf(source), target, new CodeKinds(pairs), language))).toBe(expected);
  });
});

describe('codes placed by position', () => {
  it.each<[source: string, target: string, expected: string, pairs: CodePair[]]>([
    ['[0]Hello[1] world.', 'Hallo Welt.', '[0]Hallo[1] Welt.', [B]],
    ['Press [0]Save[1] now.', 'Drücken Sie jetzt Speichern.', 'Drücken [0]Sie jetzt[1] Speichern.', [B]],
    ['One [0]two[1].', 'Eins zwei.', 'Eins [0]zwei[1].', [B]],
    ['[0]Everything.[1]', 'Alles.', '[0]Alles.[1]', [B]],
    ['Everything[0].', 'Alles zusammen.', 'Alles zusammen[0].', []],
    ['Say "[0]yes[1]".', 'Sag "ja".', 'Sag "[0]ja[1]".', [B]],
    ['Open [0] in [1].', 'Öffne in.', 'Öffne [0] in [1].', []],
    ['a [0]b [2]c[3][1] d', 'w x y z', 'w [0]x [2]y[3][1] z', [B, C]],
    ['un[0]real[1] things', 'irreale Dinge', '[0]irreale[1] Dinge', [B]],
    ['a b c d e [0]f[1] g', 'kurz', '[0]kurz[1]', [B]],
    ['x [0]y[1]', '…', '…[0][1]', [B]],
  ])('%s in %s', (source, target, expected, pairs) => {
    expect(textWith(placed(inlinesOf(source), target, new CodeKinds(pairs), 'de'))).toBe(expected);
  });

  it('always keeps every code once, pairs nested, and the words', () => {
    let state = 5;
    const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
    const words = ['one', 'two,', '(three)', '"four"', 'five.', '–', 'x'];
    for (let round = 0; round < 500; round++) {
      const pairs: CodePair[] = [];
      let code = 0;
      const grow = (depth: number): string =>
        Array.from({ length: 1 + random(4) }, () => {
          const kind = random(6);
          if (kind === 0) return `[${code++}]`;
          if (kind === 1 && depth < 3) {
            const open = code++;
            const inner = grow(depth + 1);
            const close = code++;
            pairs.push([open, close]);
            return `[${open}]${inner}[${close}]`;
          }
          return `${words[random(words.length)]}${random(3) === 0 ? '' : ' '}`;
        }).join('');
      const source = inlinesOf(grow(0));
      const target = Array.from({ length: random(8) }, () => words[random(words.length)]).join(' ');
      const inlines = placed(source, target, new CodeKinds(pairs), 'de');
      expect(codesProblem(source, inlines, pairs)).toBeNull();
      expect(inlines.filter((inline) => typeof inline === 'string').join('').replace(/\s+/g, '')).toBe(target.replace(/\s+/g, '')); // prettier-ignore
    }
  });
});

describe('cutting text with codes', () => {
  const cutOf = (text: string, pairs: CodePair[], words: number[] = []) =>
    [...cutInlines(inlinesOf(text), new CodeKinds(pairs), (code) => words.includes(code), segment)].map(({ kind, inlines }) =>
      kind === 'gap' ? `-${textWith(inlines)}` : textWith(inlines),
    );

  it.each<[text: string, expected: string[], pairs: CodePair[], words?: number[]]>([
    ['One. Two.', ['One.', '- ', 'Two.'], []],
    ['[0]One.[1] Two.', ['-[0]', 'One.', '-[1]', '- ', 'Two.'], [B]],
    ['[0]One. Two.[1]', ['-[0]', 'One.', '- ', 'Two.', '-[1]'], [B]],
    ['[0]One[1] more. Two.', ['[0]One[1] more.', '- ', 'Two.'], [B]],
    ['One [0]more. And[1] two.', ['One [0]more.', '- ', 'And[1] two.'], [B]],
    ['One.[0] Two.[1]', ['One.', '-[0] ', 'Two.', '-[1]'], [B]],
    ['One.[0]\nTwo.', ['One.', '-[0]\n', 'Two.'], []],
    ['See [0]. Then [1] goes.', ['See [0].', '- ', 'Then [1] goes.'], [], [0, 1]],
    ['Read it. [0] is good.', ['Read it.', '- ', '[0] is good.'], [], [0]],
    ['[0]', ['-[0]'], [], [0]],
    ['[0] [1]', ['-[0] [1]'], [], [0, 1]],
    ['[0]42[1] – 7', ['-[0]42[1] – 7'], [B]],
    ['- [0]Item[1]', ['-- ', '-[0]', 'Item', '-[1]'], [B]],
  ])('%s', (text, expected, pairs, words) => {
    const pieces = cutOf(text, pairs, words);
    expect(pieces.map((piece) => piece.replace(/^-/, '')).join('')).toBe(text);
    // Gaps next to each other are as good as one.
    const merged = (all: string[]) => all.reduce<string[]>((list, piece) => (piece.startsWith('-') && list.at(-1)?.startsWith('-') ? [...list.slice(0, -1), `${list.at(-1)}${piece.slice(1)}`] : [...list, piece]), []); // prettier-ignore
    expect(merged(pieces)).toEqual(merged(expected));
  });

  it('loses nothing where a cut goes through what stands for a code', () => {
    const inlines: Inlines = ['abcdef', { code: 0 }, 'ghijkl', { code: 1 }];
    const pieces = [...cutInlines(inlines, new CodeKinds([]), () => true, (text) => splitLong(text, (part) => part.length <= 7))]; // prettier-ignore
    expect(textWith(pieces.flatMap((piece) => piece.inlines))).toBe('abcdef[0]ghijkl[1]');
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('splits off what is certain at the edges, alone codes only when told', () => {
    const edges = (text: string, pairs: CodePair[], alsoAlone: boolean) => {
      const { before, inner, after } = edgesOf(inlinesOf(text), new CodeKinds(pairs), alsoAlone);
      return [before, inner, after].map(textWith);
    };
    expect(edges('[0] a b [1]', [B], false)).toEqual(['[0] ', 'a b', ' [1]']);
    expect(edges('[0]a[1] b', [B], false)).toEqual(['', '[0]a[1] b', '']);
    expect(edges('[0]a b', [B], false)).toEqual(['[0]', 'a b', '']);
    expect(edges('a b[1]', [B], false)).toEqual(['', 'a b', '[1]']);
    expect(edges('[4]a b[5]', [], false)).toEqual(['', '[4]a b[5]', '']);
    expect(edges('[4]a b[5]', [], true)).toEqual(['[4]', 'a b', '[5]']);
    expect(edges('[0][1]', [B], true)).toEqual(['[0]', '', '[1]']);
  });
});

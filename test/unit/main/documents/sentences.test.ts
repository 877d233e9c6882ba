import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairsOf, type Block, type Code } from '../../../../src/main/documents/format';
import { joinParts, partsOf, segmentKey, type BlockPart } from '../../../../src/main/documents/sentences';
import { codesProblem } from '../../../../src/shared/check-codes';
import { segmentSchema } from '../../../../src/shared/inference/sentences';
import { codesOf, textOf, type Inline, type Inlines } from '../../../../src/shared/inlines';
import { parseShown } from './properties';

/** `Hello <0>world</1>, <2/>` as a block. */
function blockOf(shown: string): Block {
  const codes: Code[] = [];
  const open: number[] = [];
  for (const [tag] of shown.matchAll(/<\/?\d+\/?>/g)) {
    const number = Number(/\d+/.exec(tag)?.[0]);
    if (tag.startsWith('</')) {
      const opening = open.pop() ?? -1;
      codes[opening] = { kind: 'open', close: number };
      codes[number] = { kind: 'close', open: opening };
    } else if (tag.endsWith('/>')) codes[number] = { kind: 'alone' };
    else open.push(number);
  }
  return { inlines: parseShown(shown), codes, place: '' };
}

const sentencesIn = (parts: readonly BlockPart[]) => parts.filter((part) => part.kind === 'sentence');
const show = (inlines: Inlines) => inlines.map((inline) => (typeof inline === 'string' ? inline : `<${inline.code}>`)).join('');
/** Each sentence with its own numbers. */
const shownSentences = (shown: string) => sentencesIn(partsOf(blockOf(shown))).map(({ segment }) => show(segment.inlines));

describe('codes and sentences', () => {
  it.each([
    ['a pair around a sentence stays outside', '<0>Hello world.</1>', ['Hello world.']],
    ['a pair around several sentences stays outside', '<0>One cat. Two dogs.</1> Three.', ['One cat.', 'Two dogs.', 'Three.']],
    ['a pair inside a sentence is its own', 'A <0>red</1> cat. A dog.', ['A <0>red<1> cat.', 'A dog.']],
    ['a pair at the edge of a sentence is its own', '<0>Warning:</1> hot. Go <2>now</3>', ['<0>Warning:<1> hot.', 'Go <0>now<1>']],
    ['pairs in pairs at an edge', '<0><1>Big</2> news.</3> More.', ['<0>Big<1> news.', 'More.']],
    ['a pair from the middle of one to the middle of the next', 'One <0>cat. Two</1> dogs.', ['One <0>cat.', 'Two<0> dogs.']],
    ['a line break between sentences stays outside', 'One cat.<0/>Two dogs.', ['One cat.', 'Two dogs.']],
    ['a footnote mark behind a sentence stays outside', 'One cat.<0/> Two dogs.', ['One cat.', 'Two dogs.']],
    [
      'a variable where a word stands is its sentence’s',
      'See it! <0/> has come. Ask for <1/>',
      ['See it!', '<0> has come.', 'Ask for <0>'],
    ],
    ['a variable in front of a comma', '<0/>, welcome to the <1>new</2> house.', ['<0>, welcome to the <1>new<2> house.']],
  ])('%s', (_name, shown, expected) => {
    expect(shownSentences(shown)).toEqual(expected);
  });

  it('tells of pairs that stick out of a sentence', () => {
    const [first, second] = sentencesIn(partsOf(blockOf('One <0>cat. Two</1> dogs.')));
    expect(first?.segment.pairs).toEqual([[0, 1]]);
    expect(second?.segment.pairs).toEqual([[1, 0]]);
  });

  it('gives equal sentences equal keys, whatever stands before them', () => {
    const [first, second, third] = sentencesIn(partsOf(blockOf('A <0>red</1> cat. A <2>red</3> cat. A red <4>cat</5>.')));
    const keys = [first, second, third].map((sentence) => sentence && segmentKey(sentence.segment));
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
});

/** Deterministic, so that a failure can be seen again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Real sentences with codes thrown in anywhere, pairs nested. */
function randomBlock(text: string, next: () => number): Block {
  const inlines: Inline[] = [];
  const codes: Code[] = [];
  const open: number[] = [];
  const close = () => {
    const opening = open.pop();
    if (opening === undefined) return;
    codes[opening] = { kind: 'open', close: codes.length };
    inlines.push({ code: codes.length });
    codes.push({ kind: 'close', open: opening });
  };
  let done = 0;
  while (done < text.length) {
    const length = Math.floor(next() * 12);
    if (length > 0) {
      const last = inlines.at(-1);
      const piece = text.slice(done, done + length);
      if (typeof last === 'string') inlines[inlines.length - 1] = last + piece;
      else inlines.push(piece);
      done += length;
    }
    const dice = next();
    if (dice < 0.2) {
      open.push(codes.length);
      inlines.push({ code: codes.length });
      codes.push({ kind: 'alone' });
    } else if (dice < 0.4) close();
    else if (dice < 0.6) {
      inlines.push({ code: codes.length });
      codes.push({ kind: 'alone' });
    }
  }
  while (open.length > 0) close();
  return { inlines, codes, place: '' };
}

describe('a block and its parts', () => {
  const lines = ['README.md', 'docs/architecture.md', 'bench/sentences.txt'].flatMap((file) => readFileSync(file, 'utf8').split('\n\n'));
  const paragraphs = lines.filter((line) => /\p{L}/u.test(line)).map((line) => line.slice(0, 600));
  const next = random(20);
  const blocks = Array.from({ length: 300 }, (_, at) => randomBlock(paragraphs[at % paragraphs.length] ?? 'One. Two.', next));

  it('joined with their own sentences are the block', () => {
    for (const block of blocks) {
      const parts = partsOf(block);
      const own = sentencesIn(parts).map(({ segment }) => segment.inlines);
      expect(joinParts(parts, own)).toEqual(block.inlines);
      expect(joinParts(parts, [])).toEqual(block.inlines);
    }
  });

  it('hold well-formed segments, without space at their edges, that the engine would take', () => {
    for (const block of blocks) {
      for (const { segment, codes } of sentencesIn(partsOf(block))) {
        expect(segmentSchema.safeParse(segment).error).toBeUndefined();
        expect(codesOf(segment.inlines)).toEqual(codes.map((_code, number) => number));
        expect(textOf(segment.inlines)).toMatch(/\p{L}/u);
      }
    }
  });

  it('hold every code once, pairs nested, however well-placed codes move inside their sentences', () => {
    let moved = 0;
    for (const block of blocks) {
      const parts = partsOf(block);
      const translations = sentencesIn(parts).map(({ segment }) => {
        const shuffled = [...segment.inlines].sort(() => next() - 0.5);
        const isWellPlaced = codesProblem(segment.inlines, shuffled, segment.pairs) === null;
        if (isWellPlaced && codesOf(shuffled).join() !== codesOf(segment.inlines).join()) moved++;
        return isWellPlaced ? shuffled : segment.inlines;
      });
      expect(codesProblem(block.inlines, joinParts(parts, translations), pairsOf(block))).toBeNull();
    }
    expect(moved).toBeGreaterThan(10);
  });
});

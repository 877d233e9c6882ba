import { describe, expect, it } from 'vitest';
import { centralitiesOf, mostSaying, type Vector } from '../../../../../src/main/inference/summarize/rank';

const vectorOf = (words: string): Vector => new Map(words.split(' ').map((word) => [word, 1]));
const candidatesOf = (all: readonly string[], prior = 1) => all.map((item) => ({ item, vector: vectorOf(item), prior, section: 0 }));

describe('centralitiesOf', () => {
  it('is highest for what is like most others, and adds up to 1', () => {
    const half = Math.SQRT1_2;
    const vectors = [
      new Map([['a', 1]]),
      new Map([
        ['a', half],
        ['b', half],
      ]),
      new Map([['b', 1]]),
      new Map([['c', 1]]),
    ];
    const centralities = centralitiesOf(vectors);
    expect(centralities.indexOf(Math.max(...centralities))).toBe(1);
    expect(centralities.indexOf(Math.min(...centralities))).toBe(3);
    expect(centralities[0]).toBeCloseTo(centralities[2] ?? 0, 12);
    expect(centralities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it('is the same for all where nothing is alike', () => {
    for (const value of centralitiesOf(['a', 'b', 'c'].map(vectorOf))) expect(value).toBeCloseTo(1 / 3, 12);
  });
});

describe('mostSaying', () => {
  it('gives all, the most central first, and what says something else before what was said', () => {
    const texts = ['roof leaks store', 'roof leaks store rain', 'roof leaks rain', 'juniors coaches', 'juniors coaches parents'];
    const order = [...mostSaying(candidatesOf(texts), [])];
    expect(order[0]).toBe('roof leaks store rain');
    expect(order[1]).toMatch(/^juniors/);
    expect(order.toSorted()).toEqual(texts.toSorted());
  });

  it('puts last what was said before, and first what is known to be worth most', () => {
    const texts = ['roof leaks', 'juniors coaches', 'town road'];
    expect([...mostSaying(candidatesOf(texts), [{ vector: vectorOf('roof leaks'), section: 0 }])].at(-1)).toBe('roof leaks');
    const preferred = [...candidatesOf(texts.slice(0, 2)), ...candidatesOf(texts.slice(2), 3)];
    expect([...mostSaying(preferred, [])][0]).toBe('town road');
    expect([...mostSaying([], [])]).toEqual([]);
  });

  it('goes on with a section of which nothing was said', () => {
    const [roof, rain] = candidatesOf(['roof leaks', 'rain store']);
    const [road] = candidatesOf(['town road'], 0.9).map((candidate) => ({ ...candidate, section: 1 }));
    const all = [roof, rain, road].flatMap((candidate) => (candidate ? [candidate] : []));
    expect([...mostSaying(all, [])]).toEqual(['roof leaks', 'town road', 'rain store']);
  });
});

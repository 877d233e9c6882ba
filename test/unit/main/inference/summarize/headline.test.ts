import { describe, expect, it } from 'vitest';
import { headlineRanges } from '../../../../../src/main/inference/summarize/headline';

const headlineOf = (sentence: string, isCut = false) =>
  headlineRanges(sentence, isCut)
    ?.map(({ start, end }) => sentence.slice(start, end))
    .join('') ?? null;

describe('headlineRanges', () => {
  it.each([
    ['The mayor opened a bridge.', 'The mayor opened a bridge'],
    ['This paper presents a new method for parsing long sentences.', 'a new method for parsing long sentences'],
    ['In this work, we propose a benchmark for clinical texts.', 'a benchmark for clinical texts'],
    ['The xfsdump package provides a suite of utilities for XFS.', 'a suite of utilities for XFS'],
    ['Our parser (based on A*) reads f(x) as well.', 'Our parser reads f(x) as well'],
    ['It was a first for the U.S.', 'It was a first for the U.S.'],
    ['We present it.', 'We present it'],
  ])('leaves out of %j what a headline does without', (sentence, expected) => {
    expect(headlineOf(sentence)).toBe(expected);
  });

  it('ends a long one where its tail begins, and a short one not at all', () => {
    const long = 'The library was closed for eleven months of building work, which had been planned for two years by the town.';
    expect(headlineOf(long)).toBe('The library was closed for eleven months of building work');
    expect(headlineOf('The library, which was closed, is open.')).toBe('The library, which was closed, is open');
    const whole = 'The town library of Marsfield opened again on Monday after eleven months of difficult building work.';
    expect(headlineOf(whole)).toBe(whole.slice(0, -1));
  });

  it('leaves out a clause that a long sentence goes on behind, and ends with no comma', () => {
    const around =
      "On Friday, Beto O'Rourke, who was a candidate in the primary for the 2020 presidential election, announced the end of his campaign.";
    expect(headlineOf(around)).toBe("On Friday, Beto O'Rourke announced the end of his campaign");
    const unsound =
      "Our static analyzer finds a potential unsound issue in the construction of Trailer, where it doesn't check, at any time, what it is given.";
    expect(headlineOf(unsound)).toBe('Our static analyzer finds a potential unsound issue in the construction of Trailer');
  });

  it('ends one that is far too long between clauses, never in a list', () => {
    const clauses =
      'Readers of the library in Marsfield have collected signatures, in the hope that the town will not move the collection of music.';
    expect(headlineOf(clauses)).toBe('Readers of the library in Marsfield have collected signatures');
    const aside =
      'Although the town library of Marsfield was closed for months, the readers of its collection of music came every single day.';
    expect(headlineOf(aside)).toBe(aside.slice(0, -1));
    const list =
      'The program reads tables, charts, drawings, letters, books, maps, plans, lists, notes and other papers from any old scanner.';
    expect(headlineOf(list)).toBe(list.slice(0, -1));
  });

  it('makes nothing of one that was cut in the middle of a clause, or ends in one', () => {
    expect(headlineOf('The town library of Marsfield opened again, because the…', true)).toBe('The town library of Marsfield opened again');
    expect(headlineOf('The town library of Marsfield opened…', true)).toBeNull();
    expect(headlineOf('The command to remove the backtick operator is')).toBeNull();
  });

  it('ends neither in a list nor behind half of what a colon introduces', () => {
    const list =
      'Optionator is a JavaScript/Node.js option parsing and help generation library used by eslint, Grasp, LiveScript, esmangle, escodegen, and many more.';
    expect(headlineOf(list)).toBe(list.slice(0, -1));
    const django =
      'Django grew from a very practical need: World Online, a newspaper web operation, is responsible for building intensive web applications on journalism deadlines.';
    expect(headlineOf(django)).toBe('Django grew from a very practical need');
  });
});

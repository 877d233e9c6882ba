import { describe, expect, it } from 'vitest';
import { type OpinionMark } from '../../../src/renderer/translate/opinion-marks';
import { runsOf } from '../../../src/renderer/translate/runs';

const FLAGS = [
  { reason: 'loop' as const, start: 2, end: 4 },
  { reason: 'empty' as const, start: 8, end: 12 },
];
const mark = (start: number, end: number): OpinionMark => ({ start, end, distance: 'far', instead: 'x' });
const flagsOf = (runs: ReturnType<typeof runsOf>) => runs.map(({ text, flag }) => [text, flag]);

describe('runs of the output', () => {
  it('are cut at the flags', () => {
    expect(flagsOf(runsOf('0123456789ABCD', 0, FLAGS))).toEqual([
      ['01', null],
      ['23', 0],
      ['4567', null],
      ['89AB', 1],
      ['CD', null],
    ]);
  });

  it('of a block in the middle of the text have their flags, also over its edge', () => {
    expect(flagsOf(runsOf('56789', 5, FLAGS))).toEqual([
      ['567', null],
      ['89', 1],
    ]);
    expect(flagsOf(runsOf('ABCD', 10, FLAGS))).toEqual([
      ['AB', 1],
      ['CD', null],
    ]);
  });

  it('are cut at marks and the chosen word, which may lie over flags and each other', () => {
    const runs = runsOf('0123456789ABCD', 0, FLAGS, [mark(3, 5), mark(9, 10)], { start: 9, end: 11 });
    expect(runs.map(({ text }) => text).join('')).toBe('0123456789ABCD');
    expect(runs.map(({ text, flag, mark: judged, isChosen }) => [text, flag, judged?.start ?? null, isChosen])).toEqual([
      ['01', null, null, false],
      ['2', 0, null, false],
      ['3', 0, 3, false],
      ['4', null, 3, false],
      ['567', null, null, false],
      ['8', 1, null, false],
      ['9', 1, 9, true],
      ['A', 1, null, true],
      ['B', 1, null, false],
      ['CD', null, null, false],
    ]);
  });
});

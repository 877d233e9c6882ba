import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../../src/renderer/compare/spread';

describe('spreadOf', () => {
  it.each([
    [[5], { count: 1, median: 5, min: 5, max: 5, q1: 5, q3: 5 }],
    [[3, 1], { count: 2, median: 2, min: 1, max: 3, q1: 1.5, q3: 2.5 }],
    [[9, 1, 5, 3, 7], { count: 5, median: 5, min: 1, max: 9, q1: 3, q3: 7 }],
    [[10, 2, 4, 8, 6, 100], { count: 6, median: 7, min: 2, max: 100, q1: 4.5, q3: 9.5 }],
  ])('of %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });

  it('leaves the measurements in their order, and is nothing of nothing', () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
    expect(spreadOf([])).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { settledSamples, sharedSlope } from '../../soak/memory';
import { seeded } from '../../soak/random';

const at = (pid: number, minutes: number, megabytes: number) => ({ pid, minutes, megabytes });

test('the slope is what processes share, whatever level each begins at', () => {
  expect(sharedSlope([at(1, 0, 100), at(1, 1, 102), at(1, 2, 104), at(2, 3, 50), at(2, 5, 54)])).toBeCloseTo(2);
  // A process that began on a lower level is no fall.
  expect(sharedSlope([at(1, 0, 300), at(1, 1, 300), at(2, 2, 100), at(2, 3, 100)])).toBeCloseTo(0);
  expect(sharedSlope([at(1, 0, 1), at(2, 1, 9)])).toBeNull();
});

test('the first third of a walk and the first minutes of a process are warming up', () => {
  const samples = [at(1, 1, 0), at(1, 10, 0), at(2, 12, 0), at(2, 14, 0), at(2, 16, 0)];
  expect(settledSamples(samples, 30).map(({ minutes }) => minutes)).toEqual([10, 16]);
});

test('a seed gives the same choices again, each as often as its weight says', () => {
  const list = [
    { name: 'rare', weight: 1 },
    { name: 'frequent', weight: 9 },
  ];
  const names = (seed: number) => {
    const random = seeded(seed);
    return Array.from({ length: 1_000 }, () => random.weighed(list).name);
  };
  expect(names(4)).toEqual(names(4));
  expect(names(4)).not.toEqual(names(5));
  const rare = names(4).filter((name) => name === 'rare').length;
  expect(rare).toBeGreaterThan(60);
  expect(rare).toBeLessThan(140);
});

import { expect, test } from 'vitest';
import { isOnCpu, ON_CPU, placesOf, speedUp, type Comparison, type ProbeResult } from '../../../src/shared/processors';

const part = (cpuMs: number, ms: number, same = true): Comparison => ({ same, cpuMs, ms });
const measured = (provider: ProbeResult['provider'], reading: Comparison, llm: Comparison): ProbeResult => ({
  provider,
  outcome: { kind: 'measured', reading, lanes: { llm } },
});

test('without a test, everything runs on the CPU', () => {
  expect(placesOf([])).toEqual(ON_CPU);
  expect(placesOf([{ provider: 'cuda', outcome: { kind: 'crashed', during: 'test' } }])).toEqual(ON_CPU);
});

test('a part runs elsewhere where it is right and clearly faster', () => {
  expect(placesOf([measured('webgpu', part(100, 20), part(100, 200))])).toEqual({ reading: 'webgpu', lanes: { llm: 'cpu' } });
  expect(placesOf([measured('webgpu', part(100, 20, false), part(100, 50))])).toEqual({ reading: 'cpu', lanes: { llm: 'webgpu' } });
  expect(placesOf([measured('webgpu', part(100, 95), part(100, 99))])).toEqual(ON_CPU);
});

test('of several providers the one that saves the most takes all that it does better', () => {
  const slow = measured('webgpu', part(100, 80), part(100, 10));
  const quick = measured('dml', part(100, 5), part(100, 20));
  expect(placesOf([slow, quick])).toEqual({ reading: 'dml', lanes: { llm: 'dml' } });
  expect(placesOf([quick, slow])).toEqual({ reading: 'dml', lanes: { llm: 'dml' } });
});

test('a provider that is quickest and wrong is none', () => {
  const wrong = measured('webgpu', part(100, 1, false), part(100, 1, false));
  expect(placesOf([wrong])).toEqual(ON_CPU);
  expect(isOnCpu(placesOf([wrong]))).toBe(true);
});

test('twice as fast is 2', () => {
  expect(speedUp(part(100, 50))).toBe(2);
  expect(speedUp(part(0, 0))).toBe(1);
});

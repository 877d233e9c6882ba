import { describe, expect, it } from 'vitest';
import { type TensorSpec, oneLine, tensorProblem } from '../../../../src/main/inference/models/session';

const expected: Record<string, TensorSpec> = { ids: { type: 'int32', shape: ['B', 1] }, mask: { type: 'float32', shape: ['B', 8] } };
const tensor = (name: string, type: 'int32' | 'float32', shape: (number | string)[]) => ({ name, isTensor: true as const, type, shape });

describe('tensorProblem', () => {
  it('lets dimensions vary where they may, and in any order of names', () => {
    expect(tensorProblem('input', expected, [tensor('mask', 'float32', ['n', 8]), tensor('ids', 'int32', [4, 1])])).toBeNull();
  });

  it.each([
    ['a missing tensor', [tensor('ids', 'int32', ['B', 1])], 'expected input mask, got ids'],
    [
      'an unknown tensor',
      [tensor('ids', 'int32', ['B', 1]), tensor('mask', 'float32', ['B', 8]), tensor('x', 'int32', [])],
      'got unknown input x, expected ids, mask',
    ],
    [
      'another type',
      [tensor('ids', 'float32', ['B', 1]), tensor('mask', 'float32', ['B', 8])],
      'input ids: got float32[B,1], expected int32[B,1]',
    ],
    [
      'another size',
      [tensor('ids', 'int32', ['B', 1]), tensor('mask', 'float32', ['B', 9])],
      'input mask: got float32[B,9], expected float32[B,8]',
    ],
    ['another rank', [tensor('ids', 'int32', ['B']), tensor('mask', 'float32', ['B', 8])], 'input ids: got int32[B], expected int32[B,1]'],
  ])('names %s', (_name, got, problem) => {
    expect(tensorProblem('input', expected, got)).toBe(problem);
  });
});

it('the runtime’s reason is told without where in it that was noticed, and without folders', () => {
  const noticed = '/onnxruntime_src/onnxruntime/core/webgpu_context.cc:136 void Initialize()::<lambda()> status == Success was false. ';
  expect(oneLine(new Error(`${noticed}Failed to get a WebGPU adapter: No supported adapters\n.`))).toBe(
    'Failed to get a WebGPU adapter: No supported adapters',
  );
  expect(oneLine(new Error('Load model from /home/ada/packs/x/encoder.onnx failed.'))).toBe('Load model from encoder.onnx failed');
});

/** Keys and values as Optimum's graphs give them, f32[B,n,T,h]: other rows of them, and fewer tokens. */
import type { Tensor } from 'onnxruntime-node';
import { floatTensor } from './session';

/** These rows. */
export function gathered(tensor: Tensor, rows: readonly number[]): Tensor {
  const [, ...dims] = tensor.dims;
  const size = dims.reduce((product, dim) => product * dim, 1);
  const data = tensor.data as Float32Array;
  const result = new Float32Array(rows.length * size);
  rows.forEach((row, i) => result.set(data.subarray(row * size, (row + 1) * size), i * size));
  return floatTensor(result, [rows.length, ...dims]);
}

/** The first `length` tokens. */
export function truncated(tensor: Tensor, length: number): Tensor {
  const [rows = 0, heads = 0, before = 0, headSize = 0] = tensor.dims;
  const data = tensor.data as Float32Array;
  const result = new Float32Array(rows * heads * length * headSize);
  for (let i = 0; i < rows * heads; i++) {
    result.set(data.subarray(i * before * headSize, (i * before + length) * headSize), i * length * headSize);
  }
  return floatTensor(result, [rows, heads, length, headSize]);
}

/** ONNX files written field by field: what no exporter writes can be written. Field numbers are those of onnx.proto. */

export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

export const number = (field: number, value: number | bigint) => Buffer.concat([varint(field << 3), varint(value)]);

export function part(field: number, content: string | Uint8Array | readonly Uint8Array[]): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content instanceof Uint8Array ? content : Buffer.concat(content);
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

export interface TensorParts {
  dims: readonly (number | bigint)[];
  /** TensorProto.DataType; 1 is float. */
  type?: number;
  raw?: Uint8Array;
  floats?: readonly number[];
  external?: Readonly<Record<string, string>>;
}

export function tensor({ dims, type = 1, raw, floats, external }: TensorParts): Buffer {
  return Buffer.concat([
    ...dims.map((dim) => number(1, dim)),
    number(2, type),
    ...(floats ? [part(4, new Uint8Array(Float32Array.from(floats).buffer))] : []),
    part(8, 'w'),
    ...(raw ? [part(9, raw)] : []),
    ...Object.entries(external ?? {}).map(([key, value]) => part(13, [part(1, key), part(2, value)])),
    ...(external ? [number(14, 1)] : []),
  ]);
}

export function node(operator: string, domain = '', attributes: readonly Uint8Array[] = []): Buffer {
  return Buffer.concat([part(1, 'x'), part(2, 'y'), part(4, operator), part(7, domain), ...attributes.map((bytes) => part(5, bytes))]);
}

export const graphAttribute = (graph: Uint8Array) => Buffer.concat([part(1, 'then_branch'), part(6, graph), number(20, 5)]);
export const tensorAttribute = (value: Uint8Array) => Buffer.concat([part(1, 'value'), part(5, value), number(20, 4)]);

export const graph = (nodes: readonly Uint8Array[], tensors: readonly Uint8Array[] = []) =>
  Buffer.concat([...nodes.map((bytes) => part(1, bytes)), part(2, 'g'), ...tensors.map((bytes) => part(5, bytes))]);

export const model = (...graphs: Uint8Array[]) =>
  Buffer.concat([number(1, 8), part(8, [part(1, ''), number(2, 17)]), ...graphs.map((bytes) => part(7, bytes))]);

/** A graph of one harmless operator, with these weights. */
export const weights = (...tensors: Uint8Array[]) => model(graph([node('Identity')], tensors));

export const f32 = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

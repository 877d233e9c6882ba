/** Graphs that were made to do harm, or were damaged: the pack that holds one is refused, and nothing is left of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolders, manifest, pack, put, refusal, type Case } from './hostile/desk';
import { f32, graph, graphAttribute, model, node, part, tensor, tensorAttribute, weights } from './hostile/onnx';
import { TINY, tinyManifest } from './tiny';

freshFolders();

const GRAPHS: Case[] = [
  ['noise', () => graphs(Buffer.from('noise')), /^projector\.onnx: not an ONNX graph/],
  ['nothing', () => graphs(Buffer.alloc(0)), /^projector\.onnx: not an ONNX graph \(no graph in it\)/],
  ['half a graph', async () => graphs((await readFile(join(TINY, 'encoder.onnx'))).subarray(0, 20_000)), /^projector\.onnx: not an ONNX/],
  [
    'a length that leads out',
    () => graphs(Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f])),
    /projector\.onnx: not an ONNX graph \(a field/,
  ],
  ['a number without end', () => graphs(Buffer.alloc(40, 0xff)), /^projector\.onnx: not an ONNX graph \(a number without end/],
  ['an operator of an unknown domain', () => graphs(model(graph([node('Run', 'evil.ops')]))), /needs the operator Run of "evil\.ops"/],
  [
    'such an operator in a branch',
    () => graphs(model(graph([node('If', '', [graphAttribute(graph([node('Run', 'evil.ops')]))])]))),
    /needs the operator Run of "evil\.ops"/,
  ],
  [
    'such an operator in a function',
    () =>
      graphs(Buffer.concat([model(graph([node('F', 'mine')])), part(25, [part(1, 'F'), part(10, 'mine'), part(7, node('Run', 'evil'))])])),
    /needs the operator Run of "evil"/,
  ],
  [
    'such an operator in a second graph',
    () => graphs(model(graph([node('Identity')]), graph([node('Run', 'evil.ops')]))),
    /needs the operator Run of "evil\.ops"/,
  ],
  [
    'an operator that loads a compiled model',
    () => graphs(model(graph([node('EPContext', 'com.microsoft')]))),
    /EPContext, which loads code/,
  ],
  ['an operator that runs Python', () => graphs(model(graph([node('PythonOp', 'com.microsoft')]))), /PythonOp, which loads code/],
  ['code for training', () => graphs(Buffer.concat([weights(), part(20, part(1, ''))])), /holds code for training/],
  ['graphs in graphs without end', () => graphs(model(nested(40))), /graphs in graphs 13 deep/],
  ['a NaN', () => graphs(weights(tensor({ dims: [3], raw: f32(1, Number.NaN, 2) }))), /"w" hold values that are not numbers/],
  ['a NaN at the end of much', () => graphs(weights(tensor({ dims: [600_001], raw: nanAtEnd(600_001) }))), /"w" hold values/],
  ['a NaN among floats', () => graphs(weights(tensor({ dims: [2], floats: [1, Number.NaN] }))), /"w" hold values/],
  ['a NaN in half precision', () => graphs(weights(tensor({ dims: [1], type: 10, raw: Buffer.from([1, 0x7c]) }))), /"w" hold values/],
  [
    'a NaN in a constant',
    () => graphs(model(graph([node('Constant', '', [tensorAttribute(tensor({ dims: [], raw: f32(Number.NaN) }))])]))),
    /"w" hold values/,
  ],
  ['a huge shape', () => graphs(weights(tensor({ dims: [2 ** 40, 2 ** 40], raw: f32(1) }))), /"w" have the shape .*, which no model has/],
  ['a negative shape', () => graphs(weights(tensor({ dims: [-1, -4], raw: f32(1, 2, 3, 4) }))), /"w" have the shape -1 × -4/],
  [
    'fewer weights than their shape',
    () => graphs(weights(tensor({ dims: [1_000_000], raw: f32(1) }))),
    /have 4 bytes; their shape says 4000000/,
  ],
  ['no weights for a shape', () => graphs(weights(tensor({ dims: [1_000_000] }))), /have 0 numbers; their shape says 1000000/],
  ['an unknown type', () => graphs(weights(tensor({ dims: [1], type: 99, raw: f32(1) }))), /have the unknown type 99/],
  ['weights outside the pack', () => outside({ location: '../../../../etc/passwd' }), /lie in "\.\.\/.*": got a path that leads out/],
  ['weights at an absolute place', () => outside({ location: '/etc/passwd' }), /lie in "\/etc\/passwd": got an absolute path/],
  ['weights in memory', () => outside({ location: '*/_ORT_MEM_ADDR_/*' }), /lie in "\*\/_ORT_MEM_ADDR_\/\*": /],
  ['weights that are not there', () => outside({ location: 'w.onnx_data' }), /lie in w\.onnx_data, which the pack does not have/],
  [
    'weights beyond the end of their file',
    () => outside({ location: 'w.onnx_data', offset: '4000', length: '4' }, { 'w.onnx_data': f32(1) }),
    /lie beyond the end of w\.onnx_data, which has 4 bytes/,
  ],
  [
    'weights at a negative place',
    () => outside({ location: 'w.onnx_data', offset: '-4', length: '4' }, { 'w.onnx_data': f32(1) }),
    /lie beyond the end of w\.onnx_data/,
  ],
  ['a NaN outside', () => outside({ location: 'w.onnx_data' }, { 'w.onnx_data': f32(Number.NaN) }), /"w" hold values that are not numbers/],
  [
    'a graph in the place of another',
    async () => graphs(await readFile(join(TINY, 'encoder.onnx'))),
    /is not a projector of pack format 2/,
  ],
  ['other ids than recorded', () => otherIds(), /^pack: does not work here\. Self-test .*got ids/],
];

describe('a graph is refused with', () => {
  it.each(GRAPHS)('%s', async (_name, make, expected) => {
    await make();
    expect((await refusal(pack)).message).toMatch(expected);
  });
});

/** In the projector's place. */
const graphs = (bytes: Uint8Array) => put({ 'projector.onnx': bytes });

const outside = (external: Record<string, string>, files: Record<string, Uint8Array> = {}) =>
  put({ 'projector.onnx': weights(tensor({ dims: [1], external })), ...files });

function nested(depth: number): Buffer {
  return depth === 0 ? graph([node('Identity')]) : graph([node('If', '', [graphAttribute(nested(depth - 1))])]);
}

function nanAtEnd(count: number): Uint8Array {
  const values = new Float32Array(count).fill(0.5);
  values[count - 1] = Number.NaN;
  return new Uint8Array(values.buffer);
}

async function otherIds(): Promise<void> {
  const [first, ...rest] = tinyManifest.selfTest;
  if (!first) throw new Error('the tiny pack has no self-test');
  await manifest({ selfTest: [{ ...first, targetIds: [...first.targetIds, 5] }, ...rest] });
}

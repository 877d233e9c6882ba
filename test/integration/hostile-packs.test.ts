/** Packs that were made to do harm, or were damaged: each is refused, with the file named and what to do, and nothing is left of it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCatalog } from '../../src/main/packs/catalog';
import { importPack, type ImportContext } from '../../src/main/packs/import';
import { PackRefusal } from '../../src/main/packs/refusal';
import { selfTestProblems } from '../../src/main/inference/self-test';
import { f32, graph, graphAttribute, model, node, part, tensor, tensorAttribute, weights } from './hostile/onnx';
import { zipOf, type HostileEntry } from './hostile/zip';
import { TINY, tinyManifest } from './tiny';

let scratch: string;
let packsFolder: string;
/** A copy of the tiny pack that a case may change. */
let pack: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tandem-hostile-'));
  packsFolder = join(scratch, 'packs');
  pack = join(scratch, 'pack');
  await mkdir(packsFolder);
  await cp(TINY, pack, { recursive: true });
});
afterEach(() => rm(scratch, { recursive: true, maxRetries: 3 }));

async function imported(path: string, changes: Partial<ImportContext> = {}) {
  const installed = await readCatalog([{ folder: packsFolder, bundled: false }]);
  const context: ImportContext = {
    packsFolder,
    installed,
    answers: null,
    selfTest: selfTestProblems,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...changes,
  };
  return importPack(path, context);
}

async function refusal(path: string): Promise<PackRefusal> {
  const before = await readdir(packsFolder);
  const refused = await imported(path).then(
    () => null,
    (error: unknown) => error,
  );
  expect(await readdir(packsFolder), 'something is left').toEqual(before);
  if (!(refused instanceof PackRefusal)) throw new Error(`expected a refusal, got ${String(refused)}`, { cause: refused });
  return refused;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Manifest = typeof tinyManifest;

/** The manifest with these fields in place of its own, whatever they are. */
const manifest = (changes: object) => writeFile(join(pack, 'pack.json'), JSON.stringify({ ...tinyManifest, ...changes }));

/** Puts files into the pack and declares them as they are. */
async function put(files: Record<string, Uint8Array | string>, changes: object = {}): Promise<void> {
  const declared = new Map(tinyManifest.files.map((file) => [file.path, file]));
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    await mkdir(dirname(join(pack, path)), { recursive: true });
    await writeFile(join(pack, path), bytes);
    declared.set(path, { path, bytes: bytes.length, sha256: sha256(bytes) });
  }
  await manifest({ files: [...declared.values()], ...changes });
}

const declaring = (path: string): Manifest['files'] => [...tinyManifest.files, { path, bytes: 1, sha256: '0'.repeat(64) }];

type Case = [name: string, make: () => Promise<unknown>, expected: RegExp];

const FOLDERS: Case[] = [
  ['no manifest', () => rm(join(pack, 'pack.json')), /^pack: holds no pack\.json/],
  ['half a manifest', () => truncate(join(pack, 'pack.json'), 900), /^pack\.json: not valid JSON/],
  ['a manifest of another format', () => manifest({ format: 1 }), /^pack\.json: .*expected 2.* format/],
  ['a manifest of nine megabytes', () => manifest({ training: 'x'.repeat(9e6) }), /^pack\.json: \d+ bytes, expected at most/],
  ['an id that is a path', () => manifest({ id: '../../etc' }), /^pack\.json: .*id/],
  ['a declared path that leads out', () => manifest({ files: declaring('../../.bashrc') }), /^pack\.json: .*relative path/],
  ['a declared path that is absolute', () => manifest({ files: declaring('/etc/passwd') }), /^pack\.json: .*relative path/],
  ['a declared path of another system', () => manifest({ files: declaring('C:\\x.onnx') }), /^pack\.json: .*relative path/],
  ['a file that is listed twice', () => manifest({ files: [...tinyManifest.files, ...tinyManifest.files] }), /: listed twice/],
  ['two names that are one file elsewhere', () => put({ 'Encoder.onnx': 'x' }), /^Encoder\.onnx: listed twice/],
  ['a device of Windows', () => put({ 'aux.json': '{}' }), /^aux\.json: got a path with "aux\.json", which is a device/],
  ['a name that ends in a dot', () => put({ 'notes.': 'x' }), /^notes\.: .*ends in a dot/],
  ['a path of many folders', () => put({ 'a/b/c/d/e/f/g/h/i.json': '{}' }), /i\.json: got a path of 9 parts/],
  ['an undeclared file', () => writeFile(join(pack, 'extra.json'), '{}'), /^extra\.json: not listed in pack\.json/],
  ['a missing file', () => rm(join(pack, 'llm.decoder.onnx')), /^llm\.decoder\.onnx: missing; expected \d+ bytes/],
  ['a cut file', () => truncate(join(pack, 'encoder.onnx'), 100), /^encoder\.onnx: 100 bytes; expected \d+/],
  ['a changed byte', () => changeByte('encoder.onnx'), /^encoder\.onnx: sha256 [0-9a-f]{64}; expected/],
  ['a link to a file', () => replaceByLink('encoder.onnx', '/etc/passwd'), /^encoder\.onnx: got a link/],
  ['a link to a folder', () => symlink('/etc', join(pack, 'etc')), /^etc: got a link/],
  ['a link in the manifest’s place', () => replaceByLink('pack.json', join(TINY, 'pack.json')), /^pack\.json: got a link/],
  ['a pipe', () => Promise.resolve(execFileSync('mkfifo', [join(pack, 'pipe.json')])), /^pipe\.json: got something that is not a file/],
  ['a pickle', () => put({ 'pytorch_model.bin': Buffer.from([0x80, 2, 0x7d]) }), /^pytorch_model\.bin: got weights .* run code/],
  ['a pickle that is not declared', () => writeFile(join(pack, 'model.pkl'), 'x'), /^model\.pkl: got weights .* run code/],
  ['a library of operators', () => put({ 'ops.so': '\u007fELF' }), /^ops\.so: got a program/],
  ['a library with a version', () => put({ 'libops.so.1.2': '\u007fELF' }), /^libops\.so\.1\.2: got a program library/],
  ['a library for Windows', () => put({ 'OPS.DLL': 'MZ' }), /^OPS\.DLL: got a program/],
  ['a script', () => put({ 'setup.py': 'import os' }), /^setup\.py: got a program/],
  ['an archive in the pack', () => put({ 'more.zip': 'PK' }), /^more\.zip: got an archive/],
  ['bytes that nothing needs', () => put({ 'blob.dat': 'x' }), /^blob\.dat: no graph of the pack refers to it/],
  ['a tokenizer that is no text', () => put({ 'tokenizer.json': Buffer.from([0xff, 0xfe, 0]) }), /^tokenizer\.json: got bytes/],
  ['half a tokenizer', () => put({ 'tokenizer.json': '{"model"' }), /^tokenizer\.json: not valid JSON/],
  ['a text with NULs', () => put({ 'README.md': 'a\0b' }), /^README\.md: got bytes that are no text/],
  ['weights larger than the disk', () => hugeFile('weights.dat'), /^pack: needs \d+ MB, but the disk has/],
];

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

const ARCHIVES: Case[] = [
  ['a path that leads out', () => zip({ name: '../../../.bashrc', content: f32(1) }), /^\.\.\/.*: got a path that leads out/],
  ['an absolute path', () => zip({ name: '/etc/cron.d/x', content: f32(1) }), /^\/etc\/cron\.d\/x: got an absolute path/],
  ['a path of Windows', () => zip({ name: '..\\..\\x', content: f32(1) }), /^\.\.\\\.\.\\x: got a path with characters/],
  ['a drive', () => zip({ name: 'C:x', content: f32(1) }), /^C:x: got an absolute path/],
  ['a name with a NUL', () => zip({ name: 'a\0.json', content: f32(1) }), /got a path with characters/],
  ['a link', () => zip({ name: 'x.json', content: Buffer.from('/etc/passwd'), claims: { mode: 0o120777 } }), /^x\.json: got a link/],
  ['a device', () => zip({ name: 'x.json', content: f32(1), claims: { mode: 0o020666 } }), /^x\.json: got something that is not a file/],
  ['a locked file', () => zip({ name: 'x.json', content: f32(1), claims: { flags: 1 } }), /^x\.json: locked with a password/],
  ['another packing', () => zip({ name: 'x.json', content: f32(1), claims: { method: 12 } }), /^x\.json: packed with method 12/],
  ['a bomb', () => zip({ name: 'x.onnx', content: new Uint8Array(40 * 1024 * 1024) }), /^x\.onnx: would unpack from \d+ to 41943040 bytes/],
  ['a bomb that claims to be small', () => smallBomb(), /^projector\.onnx: cannot be copied \(too many bytes/],
  ['a file that says it is larger', () => largeClaim(), /^projector\.onnx: cannot be copied \(not enough bytes/],
  ['one name twice', () => zip({ name: 'encoder.onnx', content: f32(1) }), /^encoder\.onnx: got two files of this name/],
  ['one name in two writings', () => zip({ name: 'ENCODER.onnx', content: f32(1) }), /^ENCODER\.onnx: got two files of this name/],
  ['files that lie over each other', () => overlapping(), /: lies over other files of the zip/],
  ['six thousand files', () => manyFiles(), /got more than 5000 files/],
  ['a cut zip', () => cutZip(), /^pack\.zip: the zip is damaged .* Get the pack again/],
  ['no zip', () => writeFile(join(scratch, 'pack.zip'), 'hello'), /^pack\.zip: not a zip/],
];

describe('a folder is refused with', () => {
  it.each(FOLDERS)('%s', async (_name, make, expected) => {
    await make();
    expect((await refusal(pack)).message).toMatch(expected);
  });
});

describe('a graph is refused with', () => {
  it.each(GRAPHS)('%s', async (_name, make, expected) => {
    await make();
    expect((await refusal(pack)).message).toMatch(expected);
  });
});

describe('a zip is refused with', () => {
  it.each(ARCHIVES)('%s', async (_name, make, expected) => {
    await make();
    expect((await refusal(join(scratch, 'pack.zip'))).message).toMatch(expected);
  });
});

describe('what is installed', () => {
  const version = (next: string) => manifest({ version: next });

  it('stays when the same or an older version comes', async () => {
    await version('1.2.0');
    await imported(pack);
    expect((await refusal(pack)).message).toMatch(/version 1\.2\.0 is installed already\. To install it anew, remove it first/);
    await manifest({ version: '1.2.0', name: 'Another' });
    expect((await refusal(pack)).message).toMatch(/^Another: its id “tiny” is that of “Tiny”, which is installed already\./);
    await version('1.1.9');
    expect((await refusal(pack)).message).toMatch(/version 1\.1\.9 is older than 1\.2\.0/);
    await version('1.10.0');
    const newer = await imported(pack);
    expect(newer.replaced?.manifest.version).toBe('1.2.0');
    expect(await readCatalog([{ folder: packsFolder, bundled: false }])).toMatchObject([{ state: 'ok', folder: newer.folder }]);
  });

  it('stays when it is a folder that is no pack', async () => {
    await mkdir(join(packsFolder, `tiny-${tinyManifest.version}`));
    await writeFile(join(packsFolder, `tiny-${tinyManifest.version}`, 'diary.txt'), 'mine');
    // The catalog sees a damaged pack there; only one that has a manifest may give way.
    expect((await refusal(pack)).message).toMatch(/there is a folder of that name which is no pack/);
  });

  it('gives way when it is damaged', async () => {
    const { folder } = await imported(pack);
    await truncate(join(folder, 'encoder.onnx'), 3);
    await imported(pack);
    expect(await readCatalog([{ folder: packsFolder, bundled: false }])).toMatchObject([{ state: 'ok', folder }]);
  });
});

describe('a good pack', () => {
  const whole = async (): Promise<HostileEntry[]> => entriesOf(await tinyFiles());

  it('comes in from a folder, a zip, and a zip with a folder around it', async () => {
    for (const from of ['folder', 'zip', 'folder in a zip']) {
      const entries = (await whole()).map((entry) => (from === 'zip' ? entry : { ...entry, name: `tiny-main/${entry.name}` }));
      await writeFile(join(scratch, 'pack.zip'), zipOf(entries));
      const { folder } = await imported(from === 'folder' ? pack : join(scratch, 'pack.zip'));
      expect(await readdir(packsFolder), from).toEqual([`tiny-${tinyManifest.version}`]);
      expect((await readdir(folder)).sort()).toEqual((await readdir(TINY)).sort());
      await rm(folder, { recursive: true });
    }
  });

  it('leaves nothing when it is cancelled, wherever that happens', async () => {
    for (const stage of ['reading', 'copying', 'checking', 'testing'] as const) {
      const controller = new AbortController();
      const onProgress: ImportContext['onProgress'] = (progress) => {
        if (progress.stage === stage) controller.abort(new Error('cancelled'));
      };
      await expect(imported(pack, { signal: controller.signal, onProgress }), stage).rejects.toThrow('cancelled');
      expect(await readdir(packsFolder), stage).toEqual([]);
    }
  });

  it('clears away what a killed import left, and nothing else', async () => {
    const dead = join(packsFolder, '.import-999999999-00');
    const alive = join(packsFolder, `.import-${process.ppid}-00`);
    for (const folder of [dead, alive]) await mkdir(folder);
    await imported(pack);
    expect(await readdir(packsFolder)).toEqual([`.import-${process.ppid}-00`, `tiny-${tinyManifest.version}`]);
  });
});

/** Hundreds of imports, each written through to the disk: what a busy machine needs for them is no fault. */
describe('whatever the bytes', { timeout: 1_200_000 }, () => {
  /** Numerical Recipes' linear congruential generator: the same damage on every machine. */
  const randomFrom = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  };
  const selfTest = () => Promise.resolve([]);

  it('a damaged zip comes in whole or not at all', async () => {
    const zipped = zipOf(entriesOf(await tinyFiles()));
    const random = randomFrom(1);
    for (let round = 0; round < 150; round++) {
      const damaged = Buffer.from(zipped);
      for (let i = 0; i <= random(3); i++) {
        // Half of the damage is in the directory, where names and sizes are.
        const at = random(2) === 0 ? damaged.length - 1 - random(1200) : random(damaged.length);
        damaged.writeUInt8(random(256), at);
      }
      await writeFile(join(scratch, 'pack.zip'), damaged);
      await expectWholeOrNothing(imported(join(scratch, 'pack.zip'), { selfTest }), round);
    }
  });

  it('a damaged graph is read to its end or refused', async () => {
    const original = await readFile(join(TINY, 'llm.decoder.onnx'));
    const random = randomFrom(2);
    for (let round = 0; round < 150; round++) {
      const damaged = Buffer.from(original.subarray(0, random(4) === 0 ? random(original.length) : original.length));
      for (let i = 0; i <= random(8); i++) if (damaged.length > 0) damaged.writeUInt8(random(256), random(damaged.length));
      await put({ 'llm.decoder.onnx': damaged });
      await expectWholeOrNothing(imported(pack, { selfTest }), round);
    }
  });

  async function expectWholeOrNothing(importing: ReturnType<typeof imported>, round: number): Promise<void> {
    const folder = await importing.then(
      (installed) => installed.folder,
      (error: unknown) => {
        expect(error, `round ${round}`).toBeInstanceOf(PackRefusal);
        return null;
      },
    );
    expect(await readdir(packsFolder), `round ${round}`).toEqual(folder === null ? [] : [`tiny-${tinyManifest.version}`]);
    if (folder !== null) await rm(folder, { recursive: true });
  }
});

async function tinyFiles(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of await readdir(TINY)) files.set(name, await readFile(join(TINY, name)));
  return files;
}

const entriesOf = (files: ReadonlyMap<string, Uint8Array>): HostileEntry[] =>
  Array.from(files, ([name, content]) => ({ name, content, store: name.endsWith('.onnx') }));

/** The tiny pack with one more entry. */
async function zip(entry: HostileEntry): Promise<void> {
  await writeFile(join(scratch, 'pack.zip'), zipOf([...entriesOf(await tinyFiles()), entry]));
}

async function changeByte(path: string): Promise<void> {
  const bytes = await readFile(join(pack, path));
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  await writeFile(join(pack, path), bytes);
}

async function replaceByLink(path: string, target: string): Promise<void> {
  await rm(join(pack, path));
  await symlink(target, join(pack, path));
}

/** Sparse: it takes no room itself. */
async function hugeFile(path: string): Promise<void> {
  const bytes = 8 * 2 ** 40;
  await writeFile(join(pack, path), '');
  await truncate(join(pack, path), bytes);
  await manifest({ files: [...tinyManifest.files, { path, bytes, sha256: '0'.repeat(64) }] });
}

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

async function replacedInZip(path: string, change: (entry: HostileEntry) => HostileEntry): Promise<void> {
  const entries = entriesOf(await tinyFiles()).map((entry) => (entry.name === path ? change(entry) : entry));
  await writeFile(join(scratch, 'pack.zip'), zipOf(entries));
}

const smallBomb = () =>
  replacedInZip('projector.onnx', (entry) => ({
    name: entry.name,
    content: new Uint8Array(60 * 1024 * 1024),
    claims: { bytes: entry.content.length },
  }));

const largeClaim = () =>
  replacedInZip('projector.onnx', (entry) => ({
    name: entry.name,
    content: entry.content.subarray(0, 100),
    claims: { bytes: entry.content.length },
  }));

async function overlapping(): Promise<void> {
  const content = new Uint8Array(200_000).map((_, i) => (i * i) % 251);
  const copies = Array.from({ length: 40 }, (_, i): HostileEntry => ({ name: `copy-${i}.json`, content, store: true, dataOf: 0 }));
  await writeFile(join(scratch, 'pack.zip'), zipOf([{ name: 'copy.json', content, store: true }, ...copies]));
}

async function manyFiles(): Promise<void> {
  const entries = Array.from({ length: 6000 }, (_, i): HostileEntry => ({ name: `${i}.json`, content: Buffer.from('{}'), store: true }));
  await writeFile(join(scratch, 'pack.zip'), zipOf(entries));
}

async function cutZip(): Promise<void> {
  const whole = zipOf(entriesOf(await tinyFiles()));
  await writeFile(join(scratch, 'pack.zip'), whole.subarray(0, whole.length - 200));
}

/** Packs that were made to do harm, or were damaged: each is refused, with the file named and what to do, and nothing is left of it. */
import { execFileSync } from 'node:child_process';
import { readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf, freshFolders, manifest, pack, put, refusal, scratch, tinyFiles, type Case } from './hostile/desk';
import { f32 } from './hostile/onnx';
import { zipOf, type HostileEntry } from './hostile/zip';
import { TINY, tinyManifest } from './tiny';

freshFolders();

const declaring = (path: string): typeof tinyManifest.files => [...tinyManifest.files, { path, bytes: 1, sha256: '0'.repeat(64) }];

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

describe('a zip is refused with', () => {
  it.each(ARCHIVES)('%s', async (_name, make, expected) => {
    await make();
    expect((await refusal(join(scratch, 'pack.zip'))).message).toMatch(expected);
  });
});

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

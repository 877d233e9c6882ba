/**
 * Zip archives as document containers: read within limits, written back with every unchanged entry copied raw (local header, compressed
 * bytes, order, method, date, extra fields). Own code over node:zlib, because the zip libraries for Node recompress or drop fields on
 * writing, and because what is refused must be refused before anything is unpacked. Nothing is ever written to disk.
 */
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRaw } from 'node:zlib';
import { reason } from '../reasons';
import { DocumentError } from './format';

const MOST_ENTRIES = 10_000;
/** Of all compressed entries together, in bytes as they declare it; what they declare is held when they are unpacked. */
const MOST_UNPACKED = 512 * 1024 * 1024;
/** Entries that unpack to more than this must not shrink by more than the ratio. */
const BIG_ENTRY = 16 * 1024 * 1024;
const MOST_RATIO = 100;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const ABSENT_32 = 0xffffffff;

const ENCRYPTED = 1;
const HAS_DESCRIPTOR = 8;
const STORED = 0;
const DEFLATED = 8;
const ZIP64_FIELD = 1;
const LINK_MODE = 0o120000;
const MODE_MASK = 0o170000;
const MADE_ON_UNIX = 3;

const again = () => reason`Get the file again.`;

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);
const deflate = promisify<Uint8Array, Buffer>(deflateRaw);

interface Entry {
  /** With forward slashes. */
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header, of its data, and of what comes after it (behind its data descriptor, if it has one). */
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
  readonly central: Buffer;
}

export class ZipArchive {
  /** Names of the entries that are not folders, in the order of the archive's directory. */
  readonly names: readonly string[];

  private constructor(
    private readonly bytes: Buffer,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly comment: Buffer,
  ) {
    this.names = [...entries.keys()].filter((name) => !name.endsWith('/'));
  }

  /** Reads the directory and checks every limit; unpacks nothing. Throws `DocumentError`. */
  static open(file: Uint8Array): ZipArchive {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const directory = findDirectory(bytes);
    const entries = readDirectory(bytes, directory);
    checkSizes(entries);
    return new ZipArchive(bytes, new Map(entries.map((entry) => [entry.name, entry])), directory.comment);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The unpacked bytes of an entry, checked by length and checksum. Throws `DocumentError`. */
  async read(name: string): Promise<Uint8Array> {
    const entry = this.entries.get(name);
    if (!entry) throw new DocumentError(reason`The file holds no part ${name}; it is damaged or incomplete. ${again()}`);
    const packed = this.bytes.subarray(entry.dataStart, entry.dataStart + entry.packedBytes);
    const content = await unpacked(entry, packed);
    if (content.length !== entry.bytes || crc32(content) !== entry.crc) {
      throw new DocumentError(reason`The part ${name} is damaged: its length or checksum is not what the archive says. ${again()}`);
    }
    return content;
  }

  /** The archive with the given entries' contents in place of their own; with none, the bytes that were read. */
  async write(replacements: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
    if (replacements.size === 0) return this.bytes;
    const inFile = [...this.entries.values()].sort((a, b) => a.start - b.start);
    const chunks: Uint8Array[] = [this.bytes.subarray(0, inFile[0]?.start ?? 0)];
    const centrals = new Map<string, Buffer>();
    let length = chunks[0]?.length ?? 0;
    for (const entry of inFile) {
      const content = replacements.get(entry.name);
      const central = Buffer.from(entry.central);
      const { head, data, record } = content
        ? await repacked(this.bytes, entry, content, central)
        : { ...this.copied(entry), record: central };
      setOffset(record, length);
      centrals.set(entry.name, record);
      chunks.push(head, data);
      length += head.length + data.length;
    }
    const directory = Buffer.concat([...this.entries.keys()].flatMap((name) => centrals.get(name) ?? []));
    return Buffer.concat([...chunks, directory, endRecord(this.entries.size, directory.length, length, this.comment)]);
  }

  private copied(entry: Entry): { head: Uint8Array; data: Uint8Array } {
    return { head: this.bytes.subarray(entry.start, entry.dataStart), data: this.bytes.subarray(entry.dataStart, entry.end) };
  }
}

/** Of 1 January 1980: equal parts make equal archives. */
const NO_DATE = 0x21;
const VERSION = 20;
/** Names are UTF-8. */
const UTF8_NAMES = 0x800;

/** A new archive of parts, in their order; names with forward slashes. */
export async function packZip(parts: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let start = 0;
  for (const [name, content] of parts) {
    const data = await deflate(content);
    const named = Buffer.from(name);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(VERSION, 4);
    local.writeUInt16LE(UTF8_NAMES, 6);
    local.writeUInt16LE(DEFLATED, 8);
    local.writeUInt16LE(NO_DATE, 12);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(named.length, 26);
    const central = Buffer.alloc(CENTRAL_BYTES);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE(VERSION, 4);
    local.copy(central, 6, 4, 30);
    central.writeUInt32LE(start, 42);
    chunks.push(local, named, data);
    directory.push(central, named);
    start += local.length + named.length + data.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...chunks, entries, endRecord(parts.size, entries.length, start, Buffer.alloc(0))]);
}

async function unpacked(entry: Entry, packed: Uint8Array): Promise<Uint8Array> {
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) {
    throw new DocumentError(
      reason`The part ${entry.name} is packed with method ${entry.method}; expected deflate. Save the document again.`,
    );
  }
  try {
    // The one more byte tells an entry that unpacks to more than it declares.
    return await inflate(packed, { maxOutputLength: entry.bytes + 1 });
  } catch {
    throw new DocumentError(
      reason`The part ${entry.name} is damaged: it does not unpack to the ${entry.bytes} bytes it declares. ${again()}`,
    );
  }
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly comment: Buffer;
}

function damaged(why: string): DocumentError {
  return new DocumentError(reason`The file is damaged: ${why}. ${again()}`);
}

function findDirectory(bytes: Buffer): Directory {
  const lowest = Math.max(0, bytes.length - END_BYTES - 0xffff);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) !== END) continue;
    const commentEnd = at + END_BYTES + bytes.readUInt16LE(at + 20);
    if (commentEnd <= bytes.length) return directoryAt(bytes, at, bytes.subarray(at + END_BYTES, commentEnd));
  }
  throw damaged(reason`the end of its archive is missing`);
}

function directoryAt(bytes: Buffer, end: number, comment: Buffer): Directory {
  const disks = [bytes.readUInt16LE(end + 4), bytes.readUInt16LE(end + 6)];
  let count = bytes.readUInt16LE(end + 10);
  let length = bytes.readUInt32LE(end + 12);
  let start = bytes.readUInt32LE(end + 16);
  let directoryEnd = end;
  if (end >= LOCATOR_BYTES && bytes.readUInt32LE(end - LOCATOR_BYTES) === END_64_LOCATOR) {
    directoryEnd = safeNumber(bytes, end - LOCATOR_BYTES + 8);
    if (directoryEnd + END_64_BYTES > end || bytes.readUInt32LE(directoryEnd) !== END_64)
      throw damaged(reason`its zip64 directory is missing`);
    count = safeNumber(bytes, directoryEnd + 32);
    length = safeNumber(bytes, directoryEnd + 40);
    start = safeNumber(bytes, directoryEnd + 48);
  } else if (disks.some((disk) => disk !== 0)) {
    throw damaged(reason`it is one part of a split archive`);
  }
  if (start + length !== directoryEnd) throw damaged(reason`its archive directory is not where it should be`);
  if (count > MOST_ENTRIES) throw new DocumentError(reason`The file holds ${count} parts; at most ${MOST_ENTRIES} are read.`);
  return { start, end: directoryEnd, count, comment };
}

function safeNumber(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(bytes.length)) throw damaged(reason`a size or place in its archive directory is beyond its end`);
  return Number(value);
}

interface DirectoryRecord {
  readonly name: string;
  readonly flags: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly start: number;
  readonly central: Buffer;
}

function readDirectory(bytes: Buffer, directory: Directory): Entry[] {
  const records: DirectoryRecord[] = [];
  let at = directory.start;
  while (at < directory.end) {
    if (at + CENTRAL_BYTES > directory.end || bytes.readUInt32LE(at) !== CENTRAL) throw damaged(reason`its archive directory is broken`);
    const end = at + CENTRAL_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (end > directory.end) throw damaged(reason`its archive directory is cut off`);
    records.push(readRecord(bytes.subarray(at, end)));
    if (records.length > MOST_ENTRIES) throw new DocumentError(reason`The file holds more than the ${MOST_ENTRIES} parts that are read.`);
    at = end;
  }
  if (records.length !== directory.count)
    throw damaged(reason`its archive directory lists ${records.length} parts, but says ${directory.count}`);
  checkNames(records);
  const inFile = [...records].sort((a, b) => a.start - b.start);
  const ends = new Map(inFile.map((record, index) => [record, inFile[index + 1]?.start ?? directory.start]));
  return records.map((record) => locate(bytes, record, ends.get(record) ?? directory.start));
}

function readRecord(central: Buffer): DirectoryRecord {
  const nameEnd = CENTRAL_BYTES + central.readUInt16LE(28);
  const extra = central.subarray(nameEnd, nameEnd + central.readUInt16LE(30));
  const name = central.toString('utf8', CENTRAL_BYTES, nameEnd).replaceAll('\\', '/');
  const wide = zip64Values(central, extra);
  const mode = central.readUInt16LE(40);
  if (central.readUInt8(5) === MADE_ON_UNIX && (mode & MODE_MASK) === LINK_MODE) {
    throw new DocumentError(reason`The part ${name} is a link; documents hold none. The file was not made by an ordinary program.`);
  }
  return { name, flags: central.readUInt16LE(8), central, ...wide };
}

/** Sizes and place, from the 64-bit extra field where the 32-bit ones say so. */
function zip64Values(central: Buffer, extra: Buffer): { bytes: number; packedBytes: number; start: number } {
  const field = extraFields(extra).find(({ id }) => id === ZIP64_FIELD)?.data;
  let at = 0;
  const value = (position: number): number => {
    const narrow = central.readUInt32LE(position);
    if (narrow !== ABSENT_32 || !field) return narrow;
    if (at + 8 > field.length) throw damaged(reason`a zip64 field is cut off`);
    at += 8;
    const wide = field.readBigUInt64LE(at - 8);
    return wide > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(wide);
  };
  const bytes = value(24);
  const packedBytes = value(20);
  return { bytes, packedBytes, start: value(42) };
}

function extraFields(extra: Buffer): { id: number; start: number; end: number; data: Buffer }[] {
  const fields = [];
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    fields.push({ id: extra.readUInt16LE(at), start: at, end, data: extra.subarray(at + 4, end) });
    at = end;
  }
  return fields;
}

function checkNames(records: readonly DirectoryRecord[]): void {
  const seen = new Set<string>();
  for (const { name } of records) {
    if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0') || name.split('/').includes('..')) {
      throw new DocumentError(
        reason`The file holds a part with the path ${JSON.stringify(name)}, which leads out of it. It is not to be trusted.`,
      );
    }
    if (seen.has(name))
      throw new DocumentError(reason`The file holds the part ${name} twice; which one counts cannot be known. Save it again.`);
    seen.add(name);
  }
}

function locate(bytes: Buffer, record: DirectoryRecord, end: number): Entry {
  const { name, start, central, packedBytes } = record;
  if (((record.flags | 0) & ENCRYPTED) !== 0)
    throw new DocumentError(reason`The file is locked with a password (part ${name}). Save it without one.`);
  if (start + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(start) !== LOCAL)
    throw damaged(reason`the part ${name} is not where it should be`);
  const nameStart = start + LOCAL_BYTES;
  const nameEnd = nameStart + bytes.readUInt16LE(start + 26);
  const dataStart = nameEnd + bytes.readUInt16LE(start + 28);
  if (bytes.toString('utf8', nameStart, nameEnd).replaceAll('\\', '/') !== name)
    throw damaged(reason`the part ${name} has another name inside`);
  if (dataStart + packedBytes > end) throw damaged(reason`the part ${name} is cut off, or lies over another`);
  return {
    name,
    central,
    packedBytes,
    bytes: record.bytes,
    start,
    dataStart,
    end,
    method: central.readUInt16LE(10),
    crc: central.readUInt32LE(16),
  };
}

function checkSizes(entries: readonly Entry[]): void {
  let total = 0;
  for (const { name, method, bytes, packedBytes } of entries) {
    if (method === STORED) continue;
    total += bytes;
    if (bytes > BIG_ENTRY && bytes > packedBytes * MOST_RATIO) {
      throw new DocumentError(
        reason`The part ${name} would unpack from ${packedBytes} to ${bytes} bytes; no document does. It is not to be trusted.`,
      );
    }
  }
  if (total > MOST_UNPACKED) {
    throw new DocumentError(reason`The file would unpack to ${total} bytes; at most ${MOST_UNPACKED} are read. Split the document.`);
  }
}

interface Repacked {
  readonly head: Buffer;
  readonly data: Uint8Array;
  readonly record: Buffer;
}

/** An entry with other content: sizes in its header instead of behind it, no 64-bit sizes, all else kept. */
async function repacked(bytes: Buffer, entry: Entry, content: Uint8Array, central: Buffer): Promise<Repacked> {
  const data = entry.method === STORED ? content : await deflate(content);
  const local = bytes.subarray(entry.start, entry.dataStart);
  const head = withoutZip64(local, LOCAL_BYTES, 26, 28);
  const record = withoutZip64(central, CENTRAL_BYTES, 28, 30);
  setContent(head, 6, data.length, content);
  setContent(record, 8, data.length, content);
  return { head, data, record };
}

function setContent(header: Buffer, flagsAt: number, packedBytes: number, content: Uint8Array): void {
  header.writeUInt16LE(header.readUInt16LE(flagsAt) & ~HAS_DESCRIPTOR, flagsAt);
  header.writeUInt32LE(crc32(content), flagsAt + 8);
  header.writeUInt32LE(packedBytes, flagsAt + 12);
  header.writeUInt32LE(content.length, flagsAt + 16);
}

function withoutZip64(header: Buffer, fixedBytes: number, nameLengthAt: number, extraLengthAt: number): Buffer {
  const extraStart = fixedBytes + header.readUInt16LE(nameLengthAt);
  const extraEnd = extraStart + header.readUInt16LE(extraLengthAt);
  const extra = header.subarray(extraStart, extraEnd);
  const field = extraFields(extra).find(({ id }) => id === ZIP64_FIELD);
  if (!field) return Buffer.from(header);
  const kept = Buffer.concat([header.subarray(0, extraStart + field.start), header.subarray(extraStart + field.end)]);
  kept.writeUInt16LE(extra.length - (field.end - field.start), extraLengthAt);
  return kept;
}

function setOffset(record: Buffer, offset: number): void {
  if (record.readUInt32LE(42) !== ABSENT_32) {
    record.writeUInt32LE(offset, 42);
    return;
  }
  const extraStart = CENTRAL_BYTES + record.readUInt16LE(28);
  const extra = record.subarray(extraStart, extraStart + record.readUInt16LE(30));
  const field = extraFields(extra).find(({ id }) => id === ZIP64_FIELD)?.data;
  const before = [24, 20].filter((at) => record.readUInt32LE(at) === ABSENT_32).length;
  if (field) field.writeBigUInt64LE(BigInt(offset), before * 8);
  else record.writeUInt32LE(offset, 42);
}

function endRecord(count: number, directoryBytes: number, directoryStart: number, comment: Buffer): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryStart, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}

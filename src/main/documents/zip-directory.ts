/** The directory of a zip archive, read within limits before anything is unpacked; whatever is damaged or not to be trusted throws `DocumentError`. */
import { reason } from '../reasons';
import { DocumentError } from './format';
import { ABSENT_32, CENTRAL, CENTRAL_BYTES, END, END_BYTES, extraFields, LOCAL, LOCAL_BYTES, STORED, ZIP64_FIELD } from './zip-headers';

const MOST_ENTRIES = 10_000;
/** Of all compressed entries together, in bytes as they declare it; what they declare is held when they are unpacked. */
const MOST_UNPACKED = 512 * 1024 * 1024;
/** Entries that unpack to more than this must not shrink by more than the ratio. */
const BIG_ENTRY = 16 * 1024 * 1024;
const MOST_RATIO = 100;

const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;

const ENCRYPTED = 1;
const LINK_MODE = 0o120000;
const MODE_MASK = 0o170000;
const MADE_ON_UNIX = 3;

export const getAgain = () => reason`Get the file again.`;

export interface Entry {
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

export interface Directory {
  /** In its own order. */
  readonly entries: readonly Entry[];
  readonly comment: Buffer;
}

/** Checks every limit; unpacks nothing. Throws `DocumentError`. */
export function readDirectory(bytes: Buffer): Directory {
  const place = findDirectory(bytes);
  const entries = readEntries(bytes, place);
  checkSizes(entries);
  return { entries, comment: place.comment };
}

interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly comment: Buffer;
}

function damaged(why: string): DocumentError {
  return new DocumentError(reason`The file is damaged: ${why}. ${getAgain()}`);
}

function findDirectory(bytes: Buffer): DirectoryPlace {
  const lowest = Math.max(0, bytes.length - END_BYTES - 0xffff);
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) {
    if (bytes.readUInt32LE(at) !== END) continue;
    const commentEnd = at + END_BYTES + bytes.readUInt16LE(at + 20);
    if (commentEnd <= bytes.length) return directoryAt(bytes, at, bytes.subarray(at + END_BYTES, commentEnd));
  }
  throw damaged(reason`the end of its archive is missing`);
}

function directoryAt(bytes: Buffer, end: number, comment: Buffer): DirectoryPlace {
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

function readEntries(bytes: Buffer, directory: DirectoryPlace): Entry[] {
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

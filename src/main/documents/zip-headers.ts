/** The headers of a zip archive: signatures, sizes, and their fields changed in copies. Pure over bytes. */
import { crc32 } from 'node:zlib';

export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const END_BYTES = 22;
export const CENTRAL_BYTES = 46;
export const LOCAL_BYTES = 30;
/** In place of a 32-bit size or place that the 64-bit extra field holds. */
export const ABSENT_32 = 0xffffffff;
export const ZIP64_FIELD = 1;
export const STORED = 0;
export const DEFLATED = 8;
const HAS_DESCRIPTOR = 8;

export function extraFields(extra: Buffer): { id: number; start: number; end: number; data: Buffer }[] {
  const fields = [];
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    fields.push({ id: extra.readUInt16LE(at), start: at, end, data: extra.subarray(at + 4, end) });
    at = end;
  }
  return fields;
}

export function setContent(header: Buffer, flagsAt: number, packedBytes: number, content: Uint8Array): void {
  header.writeUInt16LE(header.readUInt16LE(flagsAt) & ~HAS_DESCRIPTOR, flagsAt);
  header.writeUInt32LE(crc32(content), flagsAt + 8);
  header.writeUInt32LE(packedBytes, flagsAt + 12);
  header.writeUInt32LE(content.length, flagsAt + 16);
}

export function withoutZip64(header: Buffer, fixedBytes: number, nameLengthAt: number, extraLengthAt: number): Buffer {
  const extraStart = fixedBytes + header.readUInt16LE(nameLengthAt);
  const extraEnd = extraStart + header.readUInt16LE(extraLengthAt);
  const extra = header.subarray(extraStart, extraEnd);
  const field = extraFields(extra).find(({ id }) => id === ZIP64_FIELD);
  if (!field) return Buffer.from(header);
  const kept = Buffer.concat([header.subarray(0, extraStart + field.start), header.subarray(extraStart + field.end)]);
  kept.writeUInt16LE(extra.length - (field.end - field.start), extraLengthAt);
  return kept;
}

export function setOffset(record: Buffer, offset: number): void {
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

export function endRecord(count: number, directoryBytes: number, directoryStart: number, comment: Buffer): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryStart, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, comment]);
}

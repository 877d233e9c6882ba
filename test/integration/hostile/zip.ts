/** Zips as no honest program writes them. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface HostileEntry {
  name: string;
  content: Uint8Array;
  /** In place of the true ones. */
  claims?: { bytes?: number; packedBytes?: number; method?: number; flags?: number; mode?: number };
  store?: boolean;
  /** The directory points to the data of this earlier entry. */
  dataOf?: number;
}

export function zipOf(entries: readonly HostileEntry[]): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: { offset: number; packed: Buffer }[] = [];
  let offset = 0;
  for (const { name, content, claims = {}, store = false, dataOf } of entries) {
    const known = dataOf === undefined ? undefined : places[dataOf];
    const packed = known?.packed ?? (store ? Buffer.from(content) : deflateRawSync(content));
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(claims.flags ?? 0x800, 2);
    header.writeUInt16LE(claims.method ?? (store ? 0 : 8), 4);
    header.writeUInt32LE(crc32(content), 10);
    header.writeUInt32LE(claims.packedBytes ?? packed.length, 14);
    header.writeUInt32LE(claims.bytes ?? content.length, 18);
    header.writeUInt16LE(Buffer.byteLength(name), 22);
    const start = known?.offset ?? offset;
    places.push({ offset: start, packed });
    if (!known) {
      const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), header, Buffer.from(name), packed]);
      chunks.push(local);
      offset += local.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((claims.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(start, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), header, tail, Buffer.from(name)]));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, central, end]);
}

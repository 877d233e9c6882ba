/**
 * Zip archives as document containers: read within limits, written back with every unchanged entry copied raw (local header, compressed
 * bytes, order, method, date, extra fields). Own code over node:zlib, because the zip libraries for Node recompress or drop fields on
 * writing, and because what is refused must be refused before anything is unpacked. Nothing is ever written to disk.
 */
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRaw } from 'node:zlib';
import { reason } from '../reasons';
import { DocumentError } from './format';
import { getAgain, readDirectory, type Entry } from './zip-directory';
import {
  CENTRAL,
  CENTRAL_BYTES,
  DEFLATED,
  endRecord,
  LOCAL,
  LOCAL_BYTES,
  setContent,
  setOffset,
  STORED,
  withoutZip64,
} from './zip-headers';

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);
const deflate = promisify<Uint8Array, Buffer>(deflateRaw);

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
    const { entries, comment } = readDirectory(bytes);
    return new ZipArchive(bytes, new Map(entries.map((entry) => [entry.name, entry])), comment);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The unpacked bytes of an entry, checked by length and checksum. Throws `DocumentError`. */
  async read(name: string): Promise<Uint8Array> {
    const entry = this.entries.get(name);
    if (!entry) throw new DocumentError(reason`The file holds no part ${name}; it is damaged or incomplete. ${getAgain()}`);
    const packed = this.bytes.subarray(entry.dataStart, entry.dataStart + entry.packedBytes);
    const content = await unpacked(entry, packed);
    if (content.length !== entry.bytes || crc32(content) !== entry.crc) {
      throw new DocumentError(reason`The part ${name} is damaged: its length or checksum is not what the archive says. ${getAgain()}`);
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
      reason`The part ${entry.name} is damaged: it does not unpack to the ${entry.bytes} bytes it declares. ${getAgain()}`,
    );
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

/** Just enough of the protobuf wire format to walk a message without believing it. Knows no schema. */
import type { ByteSource } from './byte-source';

/** The bytes of a message or field, by place in its file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Field = { readonly number: number; readonly at: number } & (
  | { readonly wire: 'varint'; readonly value: bigint }
  | ({ readonly wire: 'bytes' } & Span)
  | ({ readonly wire: 'fixed32' | 'fixed64' } & Span)
);

/** Not protobuf, or cut off; the message says where. */
export class BrokenProtobuf extends Error {}

const MOST_VARINT_BYTES = 10;

/** The fields of a message, in order. Throws BrokenProtobuf where a length leads out of it. */
export function* fieldsOf(bytes: ByteSource, { start, end }: Span): Generator<Field, void, undefined> {
  for (let at = start; at < end;) {
    const tag = varintAt(bytes, at, end);
    const number = Number(tag.value >> 3n);
    if (number === 0) throw new BrokenProtobuf(`field 0 at byte ${at}`);
    const from = tag.next;
    const wire = Number(tag.value & 7n);
    if (wire === 0) {
      const { value, next } = varintAt(bytes, from, end);
      yield { number, at, wire: 'varint', value };
      at = next;
    } else if (wire === 2) {
      const { value, next } = varintAt(bytes, from, end);
      if (value > BigInt(end - next)) throw new BrokenProtobuf(`a field of ${value} bytes at byte ${at}, of which ${end - next} are there`);
      yield { number, at, wire: 'bytes', start: next, end: next + Number(value) };
      at = next + Number(value);
    } else if (wire === 1 || wire === 5) {
      const next = from + (wire === 1 ? 8 : 4);
      if (next > end) throw new BrokenProtobuf(`a number that is cut off at byte ${at}`);
      yield { number, at, wire: wire === 1 ? 'fixed64' : 'fixed32', start: from, end: next };
      at = next;
    } else throw new BrokenProtobuf(`wire type ${wire} at byte ${at}`);
  }
}

/** The varints of a packed field. */
export function* packedVarints(bytes: ByteSource, { start, end }: Span): Generator<bigint, void, undefined> {
  for (let at = start; at < end;) {
    const { value, next } = varintAt(bytes, at, end);
    yield value;
    at = next;
  }
}

function varintAt(bytes: ByteSource, at: number, end: number): { value: bigint; next: number } {
  let low = 0;
  // Most are short: no big numbers until 28 bits are full.
  for (let i = 0; i < 4; i++) {
    const byte = byteAt(bytes, at + i, end);
    low |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value: BigInt(low), next: at + i + 1 };
  }
  let value = BigInt(low);
  for (let i = 4; i < MOST_VARINT_BYTES; i++) {
    const byte = byteAt(bytes, at + i, end);
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  throw new BrokenProtobuf(`a number without end at byte ${at}`);
}

function byteAt(bytes: ByteSource, at: number, end: number): number {
  if (at >= end) throw new BrokenProtobuf(`cut off at byte ${at}`);
  return bytes.byteAt(at);
}

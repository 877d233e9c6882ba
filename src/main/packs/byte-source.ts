/** A file's bytes by place, read through a window: whatever its size, little of it is in memory. Synchronous; the caller lets others run. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW_BYTES = 256 * 1024;

/** Read beyond the end of what a length said was there. */
export class OutOfBytes extends Error {}

export class ByteSource {
  readonly size: number;
  private readonly fd: number;
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private windowStart = 0;
  private windowBytes = 0;

  constructor(path: string) {
    this.fd = openSync(path, 'r');
    this.size = fstatSync(this.fd).size;
  }

  byteAt(position: number): number {
    if (position < this.windowStart || position >= this.windowStart + this.windowBytes) this.moveTo(position);
    return this.window[position - this.windowStart] ?? 0;
  }

  /** A copy of at most a window. */
  slice(position: number, length: number): Buffer {
    if (length > WINDOW_BYTES) throw new RangeError(`got a slice of ${length} bytes, expected at most ${WINDOW_BYTES}`);
    const into = Buffer.alloc(length);
    this.readInto(into, position);
    return into;
  }

  /** Fills the buffer. */
  readInto(buffer: Uint8Array, position: number): void {
    for (let done = 0; done < buffer.length;) {
      const got = readSync(this.fd, buffer, done, buffer.length - done, position + done);
      if (got === 0) throw new OutOfBytes();
      done += got;
    }
  }

  close(): void {
    closeSync(this.fd);
  }

  private moveTo(position: number): void {
    if (position < 0 || position >= this.size) throw new OutOfBytes();
    this.windowStart = position;
    this.windowBytes = readSync(this.fd, this.window, 0, WINDOW_BYTES, position);
    if (this.windowBytes === 0) throw new OutOfBytes();
  }
}

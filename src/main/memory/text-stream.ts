/** Bytes that come piece by piece, as text: UTF-8 or UTF-16 with its mark, or what an XML declaration says. */
import { TextDecoder } from 'node:util';
import { reason } from '../reasons';
import { ExchangeError } from './exchange-error';

/** An XML declaration is shorter. */
const HEAD_BYTES = 200;

export class TextStream {
  private decoder: TextDecoder | null = null;
  private head = Buffer.alloc(0);

  /** Throws `ExchangeError` where the bytes are no text of the encoding. */
  push(bytes: Uint8Array): string {
    if (this.decoder) return this.decoded(bytes, true);
    this.head = Buffer.concat([this.head, bytes]);
    if (this.head.length < HEAD_BYTES) return '';
    return this.begin(true);
  }

  end(): string {
    return this.decoder ? this.decoded(new Uint8Array(), false) : this.begin(false);
  }

  private begin(isMore: boolean): string {
    this.decoder = new TextDecoder(encodingOf(this.head), { fatal: true });
    return this.decoded(this.head, isMore);
  }

  private decoded(bytes: Uint8Array, isMore: boolean): string {
    try {
      return this.decoder?.decode(bytes, { stream: isMore }) ?? '';
    } catch {
      throw new ExchangeError(reason`The file is not ${this.decoder?.encoding ?? ''} text, as it should be. Save it as UTF-8.`);
    }
  }
}

function encodingOf(head: Uint8Array): string {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(Buffer.from(head).toString('latin1'))?.[1];
  try {
    return new TextDecoder(declared ?? 'utf-8').encoding;
  } catch {
    throw new ExchangeError(reason`The file says that its encoding is “${declared ?? ''}”, which is not known here. Save it as UTF-8.`);
  }
}

/**
 * What was made of prompts, LLM encodings mostly, by open pack and prompt ids; shared by requests, the least recently used goes first.
 * Documents take what is there and leave nothing: a book would fill it with what nobody asks for again.
 */
import type { Hidden } from './models/encoder';

export class EncodingCache<T extends { readonly byteLength: number } = Hidden> {
  /** In order of use, oldest first. */
  private readonly entries = new Map<string, T>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(packKey: string, ids: readonly number[]): T | null {
    const key = keyOf(packKey, ids);
    const encoding = this.entries.get(key);
    if (!encoding) return null;
    this.entries.delete(key);
    this.entries.set(key, encoding);
    return encoding;
  }

  set(packKey: string, ids: readonly number[], encoding: T): void {
    this.remove(keyOf(packKey, ids));
    this.entries.set(keyOf(packKey, ids), encoding);
    this.bytes += encoding.byteLength;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.remove(oldest);
    }
  }

  /** What was made with this pack. */
  forget(packKey: string): void {
    for (const key of [...this.entries.keys()]) if (key.startsWith(`${packKey} `)) this.remove(key);
  }

  clear(): void {
    this.entries.clear();
    this.bytes = 0;
  }

  private remove(key: string): void {
    this.bytes -= this.entries.get(key)?.byteLength ?? 0;
    this.entries.delete(key);
  }
}

const keyOf = (packKey: string, ids: readonly number[]) => `${packKey} ${ids.join(',')}`;

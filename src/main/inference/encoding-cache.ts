/** LLM encodings by open pack and prompt ids, shared by lanes and requests; the least recently used go first. */
import type { Hidden } from './models/encoder';

export class EncodingCache {
  /** In order of use, oldest first. */
  private readonly entries = new Map<string, Hidden>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(packKey: string, ids: readonly number[]): Hidden | null {
    const key = keyOf(packKey, ids);
    const hidden = this.entries.get(key);
    if (!hidden) return null;
    this.entries.delete(key);
    this.entries.set(key, hidden);
    return hidden;
  }

  set(packKey: string, ids: readonly number[], hidden: Hidden): void {
    this.remove(keyOf(packKey, ids));
    this.entries.set(keyOf(packKey, ids), hidden);
    this.bytes += hidden.byteLength;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.remove(oldest);
    }
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

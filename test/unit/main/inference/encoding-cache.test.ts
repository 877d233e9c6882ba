import { describe, expect, it } from 'vitest';
import { EncodingCache } from '../../../../src/main/inference/encoding-cache';

const hidden = (fill: number) => new Float32Array(10).fill(fill);

describe('EncodingCache', () => {
  it('knows an encoding by pack and ids', () => {
    const cache = new EncodingCache(1000);
    cache.set('a', [1, 2], hidden(1));
    expect(cache.get('a', [1, 2])).toEqual(hidden(1));
    expect(cache.get('b', [1, 2])).toBeNull();
    expect(cache.get('a', [12])).toBeNull();
    cache.clear();
    expect(cache.get('a', [1, 2])).toBeNull();
  });

  it('forgets the least recently used when full, by bytes', () => {
    const cache = new EncodingCache(80);
    cache.set('a', [1], hidden(1));
    cache.set('a', [2], hidden(2));
    cache.get('a', [1]);
    cache.set('a', [3], hidden(3));
    expect([1, 2, 3].map((id) => cache.get('a', [id])?.[0] ?? null)).toEqual([1, null, 3]);
    cache.set('a', [3], hidden(4));
    expect([1, 3].map((id) => cache.get('a', [id])?.[0])).toEqual([1, 4]);
  });

  it('keeps nothing that is larger than itself', () => {
    const cache = new EncodingCache(8);
    cache.set('a', [1], hidden(1));
    expect(cache.get('a', [1])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { applyTextDelta } from '../../../../src/shared/inference/delta';
import { Detokenizer, type PieceText } from '../../../../src/main/inference/detokenizer';

/** Ids 0 to 255 are bytes; then pieces. */
const table: PieceText[] = [...Array.from({ length: 256 }, (_, byte) => byte), ' Hello', ' world', '!', ' ', ''];
const [HELLO, WORLD, MARK, SPACE, CONTROL] = [256, 257, 258, 259, 260] as const;
const bytes = (text: string) => [...Buffer.from(text)];

function text(detokenizer: Detokenizer, batches: { keep: number; append: number[] }[]): string {
  let shown = '';
  for (const batch of batches) shown = applyTextDelta(shown, detokenizer.push(batch));
  return applyTextDelta(shown, detokenizer.finish());
}

const oneByOne = (ids: number[]) => ids.map((id, keep) => ({ keep, append: [id] }));

describe('Detokenizer', () => {
  it('joins pieces and drops leading spaces', () => {
    expect(text(new Detokenizer(table), oneByOne([HELLO, WORLD, MARK]))).toBe('Hello world!');
    expect(text(new Detokenizer(table), oneByOne([SPACE, HELLO, CONTROL, SPACE, WORLD]))).toBe('Hello  world');
  });

  it('holds back bytes until they make a character', () => {
    const detokenizer = new Detokenizer(table);
    const emoji = bytes('😀');
    expect(emoji.slice(0, 3).map((byte, keep) => detokenizer.push({ keep, append: [byte] }).append)).toEqual(['', '', '']);
    expect(detokenizer.push({ keep: 3, append: [emoji[3] ?? 0] }).append).toBe('😀');
  });

  it('gives back any text sent as bytes', () => {
    const everything = 'aé€😀ßשלום日本語\u{10ffff}\ufffd\u0000';
    expect(text(new Detokenizer(table), oneByOne(bytes(everything)))).toBe(everything);
    expect(text(new Detokenizer(table), [{ keep: 0, append: bytes(everything) }])).toBe(everything);
  });

  it('shows broken bytes as replacement characters', () => {
    expect(text(new Detokenizer(table), oneByOne([0xff, HELLO]))).toBe('\ufffd Hello');
    expect(text(new Detokenizer(table), oneByOne([...bytes('😀').slice(0, 2), HELLO]))).toBe('\ufffd\ufffd Hello');
    expect(text(new Detokenizer(table), oneByOne([HELLO, 0xe2, 0x82]))).toBe('Hello\ufffd\ufffd');
    expect(text(new Detokenizer(table), oneByOne([0xe2, 0x41, 0x42]))).toBe('\ufffdAB');
    expect(text(new Detokenizer(table), oneByOne([0xed, 0xa0, 0x80, 0x41]))).toBe('\ufffd\ufffd\ufffdA');
  });

  it('follows a search that changes its mind, also inside a character', () => {
    for (let seed = 1; seed < 300; seed++) {
      let state = seed;
      const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
      const words = [[HELLO], [WORLD], [MARK], [SPACE], bytes('é'), bytes('😀'), [0xff], [CONTROL]];
      const ids: number[] = [];
      const detokenizer = new Detokenizer(table);
      let shown = '';
      for (let round = 0; round < 12; round++) {
        const keep = random(3) === 0 ? random(ids.length + 1) : ids.length;
        const append = words[random(words.length)] ?? [];
        const part = append.slice(0, 1 + random(append.length));
        ids.splice(keep, Infinity, ...part);
        shown = applyTextDelta(shown, detokenizer.push({ keep, append: part }));
      }
      shown = applyTextDelta(shown, detokenizer.finish());
      expect(shown).toBe(text(new Detokenizer(table), [{ keep: 0, append: ids }]));
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ByteTokenizer } from '../../../../src/main/inference/byte-tokenizer';
import { Detokenizer } from '../../../../src/main/inference/detokenizer';
import { applyTextDelta } from '../../../../src/shared/inference/delta';
import { cpuMs } from '../../shared/cpu-clock';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const file = readJson('test/fixtures/packs/tiny-summary/tokenizer.json');
const tokenizer = new ByteTokenizer(file);
const END = '<|im_end|>';
/** Text and its ids by the Python package `tokenizers` with the same tokenizer.json, control tokens taken for text. */
const reference = z
  .array(z.tuple([z.string(), z.array(z.number())]))
  .parse(readJson('test/unit/main/inference/byte-tokenizer-reference.json'));

/** As it streams: one id at a time. */
function detokenize(ids: readonly number[]): string {
  const detokenizer = new Detokenizer(tokenizer.pieceTexts);
  let text = '';
  ids.forEach((id, keep) => (text = applyTextDelta(text, detokenizer.push({ keep, append: [id] }))));
  return applyTextDelta(text, detokenizer.finish());
}

describe('ByteTokenizer', () => {
  it.each(reference)('gives the ids of the reference for %j', (text, ids) => {
    expect(tokenizer.encode(text)).toEqual(ids);
  });

  it('gives back every text, one id at a time', () => {
    for (const [text, ids] of reference) expect(detokenize(ids)).toBe(text.trimStart());
  });

  it('shows a character only when it is whole, and goes back to between its bytes', () => {
    const ids = tokenizer.encode('a 😀!');
    const detokenizer = new Detokenizer(tokenizer.pieceTexts);
    let text = '';
    ids.forEach((id, keep) => {
      text = applyTextDelta(text, detokenizer.push({ keep, append: [id] }));
      expect('a 😀!'.startsWith(text)).toBe(true);
    });
    const between = ids.length - 2;
    text = applyTextDelta(text, detokenizer.push({ keep: between, append: [] }));
    expect(text).toBe('a ');
    expect(applyTextDelta(text, detokenizer.push({ keep: between, append: ids.slice(between) }))).toBe('a 😀!');
  });

  it('takes control tokens from a template, never from a text', () => {
    const [end = -1] = tokenizer.encodeTemplate(END);
    expect(tokenizer.encodeTemplate(`a${END}\nb`)).toEqual([...tokenizer.encode('a'), end, ...tokenizer.encode('\nb')]);
    expect(tokenizer.encode(`a${END}\nb`)).not.toContain(end);
    expect(detokenize(tokenizer.encode(`a${END}\nb`))).toBe(`a${END}\nb`);
    expect(detokenize([end])).toBe('');
  });

  it('takes NULs and lone surrogates', () => {
    expect(detokenize(tokenizer.encode('a\0b \ud800 c \udc00'))).toBe('a\ufffdb \ufffd c \ufffd');
  });

  it('stays quick on a word of 100,000 characters', () => {
    const start = cpuMs();
    expect(tokenizer.encode('é'.repeat(100_000)).length).toBeGreaterThan(1000);
    expect(cpuMs() - start).toBeLessThan(5000);
  });

  it('refuses another model by name', () => {
    expect(() => new ByteTokenizer({ ...(file as object), model: { type: 'Unigram', vocab: [] } })).toThrow(/BPE/);
  });
});

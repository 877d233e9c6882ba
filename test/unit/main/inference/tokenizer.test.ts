import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Detokenizer } from '../../../../src/main/inference/detokenizer';
import { Tokenizer } from '../../../../src/main/inference/tokenizer';
import { Unigram } from '../../../../src/main/inference/unigram';
import { cpuMs } from '../../shared/cpu-clock';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const file = readJson('test/fixtures/packs/tiny/tokenizer.json');
const tokenizer = new Tokenizer(file);
const PREFIX = 'translate English to German: ';
/** Text and ids of `PREFIX + text` by the Python package `tokenizers` with the same tokenizer.json. */
const reference = z.array(z.tuple([z.string(), z.array(z.number())])).parse(readJson('test/unit/main/inference/tokenizer-reference.json'));

function detokenize(ids: readonly number[]): string {
  const detokenizer = new Detokenizer(tokenizer.pieceTexts);
  return detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
}

describe('Tokenizer', () => {
  it.each(reference)('gives the ids of the reference for %j', (text, ids) => {
    expect(tokenizer.encode(PREFIX, text)).toEqual(ids);
  });

  it('gives back the text, but for spaces and composition', () => {
    for (const [text] of reference) {
      const normalized = text
        .normalize('NFC')
        .replace(/[\s\u0085]+/g, ' ')
        .trim()
        .replaceAll('▁', ' ')
        .trimStart();
      expect(detokenize(tokenizer.encode('', text))).toBe(normalized);
    }
  });

  it('never takes text for a control token', () => {
    const [eos = -1] = tokenizer.encode('', '');
    for (const text of ['a</s>b', '<pad>', '<unk>', '<extra_id_0>', '<0x41>', PREFIX.trim()]) {
      const ids = tokenizer.encode('', text);
      expect(ids.indexOf(eos)).toBe(ids.length - 1);
      expect(detokenize(ids)).toBe(text);
    }
  });

  it('takes NULs and lone surrogates', () => {
    expect(detokenize(tokenizer.encode('', 'a\0b \ud800 c \udc00'))).toBe('a\ufffdb \ufffd c \ufffd');
  });

  it('stays linear on a word of 100,000 characters', () => {
    const start = cpuMs();
    expect(tokenizer.encode('', 'é'.repeat(100_000)).length).toBeGreaterThan(1000);
    expect(cpuMs() - start).toBeLessThan(2000);
  });

  it('refuses another model by name', () => {
    expect(() => new Tokenizer({ ...(file as object), model: { type: 'BPE', vocab: {}, merges: [] } })).toThrow(/Unigram/);
  });
});

describe('Unigram', () => {
  it('gives unknown characters one unknown id a run where there is no byte fallback', () => {
    const unigram = new Unigram({
      pieces: [
        ['<unk>', 0],
        ['▁a', -1],
        ['b', -2],
        ['ab', -2.5],
      ],
      unkId: 0,
      byteFallback: false,
      control: new Set(['<unk>']),
    });
    expect(unigram.encode('▁abxy😀b')).toEqual([1, 2, 0, 2]);
  });
});

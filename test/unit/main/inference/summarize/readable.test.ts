import { describe, expect, it } from 'vitest';
import { readable } from '../../../../../src/main/inference/summarize/readable';

describe('readable', () => {
  it.each([
    ['[![Build status](https://a.example/b.svg)](https://a.example/c?x=1)\n\nGit - fast\n==========\n\nText.', 'Git - fast\n\nText.'],
    ['[![Build][badge]][link]\nIt is [fast](https://x.example) and [free][1].\n\n[1]: https://y.example "Free"', 'It is fast and free.'],
    [
      '<p align="center"><img src="logo.png" alt="Zstandard"></p>\n\n__Zstandard__, or `zstd`, is **fast**.',
      'Zstandard, or `zstd`, is fast.',
    ],
    ['## Usage ##\n\n```sh\nmake\n```\n\n---\n\nDone.', 'Usage\n\nmake\n\nDone.'],
    ['<!-- hidden -->Shown.', 'Shown.'],
    [
      ':source:`A copy of the Python license <LICENSE.python>` is included, see :doc:`overview`.',
      'A copy of the Python license is included, see overview.',
    ],
  ])('%j', (text, wanted) => expect(readable(text)).toBe(wanted));

  it.each([
    'In [3] and a[i](x y), 2 * 3 * 4 < 5.',
    'See <https://a.example> and R(1).',
    '- one\n- two\n\n1. three',
    'snake_case and __init__ alone',
  ])('keeps %j', (text) => expect(readable(text)).toBe(text));

  it('takes what is hostile', () => {
    for (const part of ['[', '![', '<p ', '**a', '<!--', '](', '- - ']) expect(readable(part.repeat(20_000)).length).toBeGreaterThan(0);
  });
});

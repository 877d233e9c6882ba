import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutBoilerplate } from '../../../../../src/main/inference/summarize/boilerplate';

const fixture = (name: string) => readFileSync(`test/fixtures/summaries/${name}`, 'utf8');
/** What is left, each line without the spaces around it. */
const leftOf = (text: string) =>
  withoutBoilerplate(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('withoutBoilerplate', () => {
  it('leaves of a mail its subject, its words and what it quotes', () => {
    const left = leftOf(fixture('mail-thread.txt'));
    expect(left.slice(0, 5)).toEqual([
      'Moving the build machines to Debian 12',
      'Hi all,',
      'The two build machines in the basement still run Debian 10, which loses',
      'its security support in June 2024. I propose that we move them to Debian 12',
      'in the week after Easter.',
    ]);
    expect(left.at(-1)).toBe('Martin');
    expect(left.join('\n')).not.toMatch(/wrote|Peter asked|Message-ID|Phone|listinfo|>/);
  });

  it('leaves of an answer above another mail the words of both', () => {
    const left = leftOf(fixture('mail-answer.txt')).join('\n');
    expect(left).toMatch(/^Hello Sarah,/);
    expect(left).toContain('I would go for the second.');
    expect(left).not.toMatch(/iPhone|Original Message|From:|confidential/);
    // The subject of the older mail is none of this text's.
    expect(left).not.toContain('Subject');
  });

  it('leaves of a transcript what was said', () => {
    const [first = '', second = ''] = leftOf(fixture('transcript.txt'));
    expect(first).toBe("Good morning everybody, thanks for joining. Let's start with the release.");
    expect(second).toMatch(/^Sure\.\s+The release candidate/);
    const inOneLine =
      'Ann Lee: Shall we begin? Bo: Yes, with the roof. Ann Lee: It leaks. Bo: So call the firm, and Ann Lee: They come on Monday.';
    expect(withoutBoilerplate(inOneLine).replace(/\s+/g, ' ').trim()).toBe(
      'Shall we begin? Yes, with the roof. It leaks. So call the firm, and They come on Monday.',
    );
  });

  it('leaves of a README its sentences: no badges, code, tables or lists of links', () => {
    const left = leftOf(fixture('readme-start.md'));
    expect(left.filter((line) => !line.includes('['))).toEqual([
      '# undici',
      'An HTTP/1.1 client, written from scratch for Node.js.',
      '> Undici means eleven in Italian. 1.1 -> 11 -> Eleven -> Undici.',
      'It is also a Stranger Things reference.',
      '## How to get involved',
      '## Install',
      '## Benchmarks',
      '50 TCP connections with a pipelining depth of 10 running on Node 22.11.0.',
    ]);
    expect(left.join('\n')).not.toMatch(/badge|npm i undici|[│┌]/);
  });

  it.each([
    ['a heading and what underlines it', 'Git 2.9 Release Notes\n=====================\n\nBackward compatibility notes'],
    ['prose with signs', 'Run `a && b;` where (x) and [y] are given, or leave it and see what happens to them.'],
    ['a fence that is not closed', 'See here:\n\n```\nThis is how it goes on to the end of the text.'],
    ['a quote that is no mail', '> Next Generation Frontend Tooling\n\nVite is fast.'],
    [
      'fields that are no mail',
      'Date: 12 September\nPresent: A. Novak, J. Price\n\nNote: one.\nNote: two.\nHint: three.\nHint: four.\n' +
        'Words follow here. '.repeat(120),
    ],
    ['two bars', 'The | sign | parts commands.'],
    ['a list', '- one [link](https://a.example) in a sentence\n- another'],
  ])('keeps %s', (_, text) => expect(withoutBoilerplate(text)).toBe(text));

  it('is as long as the text, with its lines in their places, whatever the text is', () => {
    const texts = ['mail-thread.txt', 'mail-answer.txt', 'transcript.txt', 'readme-start.md'].map(fixture);
    const hostile = ['[', '> ', '```\n', '| a |\n', 'From: a\n', 'A: ', '12:30 ', '<!--', '😀;{\r\n'].map((part) => part.repeat(20_000));
    for (const text of [...texts, ...hostile]) {
      const left = withoutBoilerplate(text);
      expect(left).toHaveLength(text.length);
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
        if (left[at] !== '\n') throw new Error(`a line is lost at ${at}`);
    }
  });
});

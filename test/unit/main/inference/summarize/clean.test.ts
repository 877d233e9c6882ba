import { describe, expect, it } from 'vitest';
import { cleaned, type Shape } from '../../../../../src/main/inference/summarize/clean';
import { shownRanges, type Growth } from '../../../../../src/main/inference/summarize/layout';

const short: Shape = { length: 'short', form: 'paragraph' };
const shortBullets: Shape = { length: 'short', form: 'bullets' };
const headline: Shape = { length: 'headline', form: 'paragraph' };
const long: Shape = { length: 'long', form: 'paragraph' };

const shown = (written: string, shape: Shape, growth: Growth = 'ended') => cleaned(written, shape, growth).text;

describe('cleaned', () => {
  it.each<[string, Shape, string]>([
    ['Here is a summary of the text:\n\nTandem translates text. It works offline.', short, 'Tandem translates text. It works offline.'],
    ['Sure! Here’s a short summary: It works.', short, 'It works.'],
    ['**Summary:** It works offline.', short, 'It works offline.'],
    ['Summary\nIt works offline.', short, 'It works offline.'],
    ['It works offline.\n\nLet me know if you need more.', short, 'It works offline.'],
    ['It works. I hope this helps! It also sings.', long, 'It works.'],
    ['Here Comes the Sun is a song. Harrison wrote it.', short, 'Here Comes the Sun is a song. Harrison wrote it.'],
    ['Summary statistics rose. Sure enough.', short, 'Summary statistics rose. Sure enough.'],
    ['OK Computer, an album, was released.', short, 'OK Computer, an album, was released.'],
    ['"Stop" is a film.', short, '"Stop" is a film.'],
    ['A short title for the text could be "A Fast Getty for Linux"', headline, 'A Fast Getty for Linux'],
    ['A new title for the text: "Strings"', headline, 'Strings'],
    ['The title for the text is missing.', short, 'The title for the text is missing.'],
  ])('leaves out the chat of %j', (written, shape, expected) => {
    expect(shown(written, shape)).toBe(expected);
  });

  it('writes points as a list, whatever the model made of them', () => {
    const points = '- The graph is read once.\n- The decoder runs\n- It stops.';
    expect(shown('The graph is read once. The decoder runs\nIt stops.', shortBullets)).toBe(points);
    expect(shown('1. **The graph** is read once.\n2) The decoder runs\n\n• It stops.\n', shortBullets)).toBe(points);
  });

  it('writes a list as a paragraph of sentences', () => {
    expect(shown('* The graph is read once.\n* The decoder runs\n* It stops', short)).toBe(
      'The graph is read once. The decoder runs. It stops.',
    );
  });

  it.each([
    ['"A New Method for Parsing."', 'A New Method for Parsing'],
    ['**Title:** “A New Method for Parsing”', 'A New Method for Parsing'],
    ['Nevada elects a majority-female legislature. It is the first in the U.S.', 'Nevada elects a majority-female legislature'],
    ['A first for the U.S.', 'A first for the U.S.'],
    ['Line one\nLine two', 'Line one'],
  ])('makes one line without a full stop of %j', (written, expected) => {
    expect(shown(written, headline)).toBe(expected);
  });

  it('ends where a sentence comes again, and where there are as many as were asked for', () => {
    const again = cleaned('The cat sat. The dog ran. The cat sat. The dog', long, 'growing');
    expect([again.text, again.isEnough]).toEqual(['The cat sat. The dog ran.', true]);
    const nearly = cleaned('The cat sat on a red mat. The red cat sat. The dog ran.', long, 'growing');
    expect([nearly.text, nearly.isEnough]).toEqual(['The cat sat on a red mat. The dog ran.', false]);
    expect(cleaned('The cat sat on a red mat. The red cat sat. The cat sat. The dog', long, 'growing').isEnough).toBe(true);
    const three = cleaned('One ran. Two ran. Three ran. Four', short, 'growing');
    expect([three.text, three.isEnough]).toEqual(['One ran. Two ran. Three ran.', true]);
    expect(cleaned('One ran. Two ran. Three', short, 'growing').isEnough).toBe(false);
  });

  it('leaves out a paraphrase, and says how many it left out', () => {
    const written = 'The bridge over the river cost 94 million euros. The bridge cost euros, 94 million. Trams use it in spring.';
    const result = cleaned(written, long, 'ended');
    expect([result.text, result.repeated]).toEqual(['The bridge over the river cost 94 million euros. Trams use it in spring.', 1]);
    const other = 'The bridge over the river cost 94 million euros. The bridge over the river cost 95 million euros.';
    expect(shown(other, long)).toBe(other);
  });

  it('leaves out the second of a long word that comes twice', () => {
    expect(shown('A tool for programming programming radios, very very old.', short)).toBe('A tool for programming radios, very very old.');
  });

  it('tells where each sentence or point stands', () => {
    for (const shape of [short, shortBullets]) {
      const { text, units } = cleaned('- One **ran**.\n- Two ran\n- three', shape, 'cut');
      expect(units.map(({ start, end }) => text.slice(start, end))).toEqual(['One ran.', shape === short ? 'Two ran.' : 'Two ran']);
    }
  });

  it('ends where the model repeats what it was asked', () => {
    const asked = { ...long, after: '\n\nSummarize the text above in detail.<|im_end|>\n' };
    expect(shown('The cat sat. Summarize the text above in detail.', asked)).toBe('The cat sat.');
    expect(cleaned('The cat sat. Summarize the te', asked, 'growing').text).toBe('The cat sat.');
    expect(shown('The cat sat. Summaries are short.', asked)).toBe('The cat sat. Summaries are short.');
    const all = { ...long, after: '\n\nSummarize the text above in detail, point by point, in up to ten sentences.<|im_end|>\n' };
    expect(shown('The cat sat. Summarize the text above in detail, point by point, in ten sentences.', all)).toBe('The cat sat.');
  });

  it('leaves out a last sentence that was cut; where it is the only one, shows that it was', () => {
    expect(shown('The cat sat. The dog ra', short, 'cut')).toBe('The cat sat.');
    const only = cleaned('The cat sat on the', short, 'cut');
    expect([only.text, only.isSound]).toEqual(['The cat sat on…', false]);
    expect(shown('A new and very fa', headline, 'cut')).toBe('A new and very…');
    expect(cleaned('The cat sat. The', short, 'cut').isSound).toBe(true);
  });

  it('keeps other scripts and numbers between the sentences', () => {
    expect(shown('3.5 million people. Привет means hello. 42', long)).toBe('3.5 million people. Привет means hello. 42');
  });

  it('never takes back what was shown while the text grows, but for a sentence that comes again', () => {
    const texts = [
      'Here is a summary of the text:\n\n**Tandem** translates text. It works offline. Let me know if it does not.',
      'Sure, here are three key points:\n1. **Fast**: it reads once.\n2. It is offline\n3. It is free.\n4. More.',
      '**Title:** "Tandem: Offline Translation."\n\nThis is a headline.',
      'A short title for the text could be "Offline Translation"',
      'Herein lies the problem: 10. is no list. I saw it. Is there more? Yes. Title matches are rare.',
    ];
    for (const text of texts) {
      for (const shape of [short, shortBullets, headline, long]) {
        let before = '';
        for (let length = 0; length <= text.length; length++) {
          const now = shown(text.slice(0, length), shape, 'growing');
          expect(now.startsWith(before), `${JSON.stringify(before)} → ${JSON.stringify(now)}`).toBe(true);
          before = now;
        }
        expect(shown(text, shape).startsWith(before)).toBe(true);
      }
    }
  });

  it('tells where each character was written', () => {
    const written = 'Summary: **One** ran. Two\n- ran three';
    const result = cleaned(written, short, 'ended');
    expect(result.text).toBe('One ran. Two ran three.');
    for (const { start, end, from } of result.stretches)
      expect(written.slice(from, from + end - start)).toBe(result.text.slice(start, end));
    const copied = { start: written.indexOf('ne**'), end: written.indexOf('wo') };
    expect(shownRanges(result, copied).map(({ start, end }) => result.text.slice(start, end))).toEqual(['ne', ' ran.', 'T']);
  });
});

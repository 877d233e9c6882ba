import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutTables } from '../../../../../src/main/inference/summarize/tables';

const leftOf = (text: string) => withoutTables(text.split('\n')).join('\n').trim();
const fixture = (name: string) => readFileSync(`test/fixtures/summaries/${name}`, 'utf8');

describe('withoutTables', () => {
  it('leaves nothing of a file of values', () => {
    expect(leftOf(fixture('table.csv').split('\n').slice(0, -1).join('\n'))).toBe('');
  });

  it('leaves out the head of an RFC, and the feet and heads of its pages', () => {
    expect(leftOf(fixture('rfc-start.txt'))).toMatch(/^Using Pre-Shared Key \(PSK\)/);
    const pages =
      'It ends here.\n\nHousley                      Standards Track                    [Page 2]\n\nRFC 8696          Using PSK in the CMS        December 2019\n\nIt goes on.';
    expect(leftOf(pages).replace(/\n+/g, ' ').replace(/\s+/g, ' ')).toBe('It ends here. It goes on.');
  });

  it('leaves sentences, also with commas, in lines of their own', () => {
    const german = 'Äpfel, Birnen, Pflaumen, Kirschen und Stachelbeeren aus dem Garten hinter dem Haus\n'.repeat(3);
    expect(leftOf(german)).toBe(german.trim());
    const listed =
      'OPTIONS\n       -a, --append   append to the given files, and do not overwrite what is in them\n       -i             ignore interrupts';
    expect(leftOf(listed)).toContain('append to the given files');
  });
});

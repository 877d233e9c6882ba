import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../../../src/main/inference/summarize/title';

function titleIn(text: string): string | null {
  const range = titleOf(text);
  return range && text.slice(range.start, range.end);
}

const BODY = 'The club met on Monday, and it bought two tanks for the rain of the winter.';

describe('titleOf', () => {
  it.each([
    ['a line above the text', `Garden club, notes of 14 September\n\n${BODY}`, 'Garden club, notes of 14 September'],
    ['the title of a page', `title: "Beef Goulash"\n\n${BODY}`, 'Beef Goulash'],
    ['the name of a licence', `Apache License\nVersion 2.0, January 2004\n\n${BODY}`, 'Apache License'],
    [
      'what a letter answers',
      'Dear Mrs Hargreaves,\n\nThank you for your letter of 3 March about the damp in the back bedroom of 14 Mill Lane. I am sorry.',
      'the damp in the back bedroom of 14 Mill Lane',
    ],
    ['a line with what an editor reads', `GNU diffutils NEWS      -*- outline -*-\n\n${BODY}`, 'GNU diffutils NEWS'],
    ['a heading', `# The garden club #\n${BODY}`, 'The garden club'],
    ['an underlined one', `The garden club\n===============\n${BODY}`, 'The garden club'],
    [
      'the line of a manual page',
      'TEE(1)            User Commands            TEE(1)\n\nNAME\n       tee - read from standard input and write to files\n\nSYNOPSIS\n       tee',
      'tee - read from standard input and write to files',
    ],
  ])('%s', (_, text, title) => expect(titleIn(text)).toBe(title));

  it.each([
    ['how a letter begins', `Dear members of the club,\n\n${BODY}`],
    ['a sentence', BODY],
    [
      'the first of many full lines',
      'The garden club of Marsfield in the county of Hillshire met on Monday\nand bought two tanks for the rain.',
    ],
    ['a name alone', `# zod\n\n${BODY}`],
    ['a name of two words', `# Nano ID\n\n${BODY}`],
    ['a badge', `[![Garden club build](https://example.org/a.svg)](https://example.org)\n${BODY}`],
    ['a text of one line', 'garden club tanks'],
  ])('no title: %s', (_, text) => expect(titleIn(text)).toBeNull());
});

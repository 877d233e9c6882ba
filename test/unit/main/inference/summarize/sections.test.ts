import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sectionAt, sectionsOf } from '../../../../../src/main/inference/summarize/sections';

/** What a sentence is worth that stands where `words` are. */
function worthAt(text: string, words: string): number | undefined {
  const sections = sectionsOf(text);
  return sections[sectionAt(sections, text.indexOf(words))]?.worth;
}

const manual = readFileSync('test/fixtures/summaries/man-tee.txt', 'utf8');
const rfc = readFileSync('test/fixtures/summaries/rfc-start.txt', 'utf8');

describe('sectionsOf', () => {
  it('knows of a manual page who wrote it and how it may be used', () => {
    expect(worthAt(manual, 'Copy standard input')).toBe(1);
    expect(worthAt(manual, 'Mike Parker')).toBe(0.2);
    expect(worthAt(manual, 'NO WARRANTY')).toBe(0.2);
  });

  it('knows of an RFC what it says of itself', () => {
    expect(worthAt(rfc, 'The invention of')).toBe(1);
    expect(worthAt(rfc, 'This document is a product')).toBe(0.2);
  });

  it('does not end an appendix with a short line in it', () => {
    const licence =
      'Apache License\n\n   1. Definitions.\n\nText of it.\n\n   APPENDIX: How to apply the License.\n\n   Copyright [yyyy] [name]\n\n   Licensed so.';
    expect(worthAt(licence, 'Licensed so')).toBe(0.2);
  });

  it('takes a text under one heading, and a licence under its name, for the subject', () => {
    expect(sectionsOf('# License\n\nYou may copy it.\n').map(({ worth }) => worth)).toEqual([1]);
    expect(worthAt('# Tool\n\nIt is quick.\n\n## Options\n\n### count\n\nA number.\n\n## License\n\nMIT.\n', 'A number')).toBe(0.6);
  });
});

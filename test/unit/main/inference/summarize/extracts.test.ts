/** What is shown of real texts where nothing was written that may be shown: the text's own sentences. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutBoilerplate } from '../../../../../src/main/inference/summarize/boilerplate';
import { grounded, NOTHING_WRITTEN } from '../../../../../src/main/inference/summarize/ground';
import type { SummaryForm, SummaryLength } from '../../../../../src/shared/pack';
import { sourceOf } from './source-of';

function extractOf(name: string, length: SummaryLength, form: SummaryForm = 'bullets') {
  const text = readFileSync(`test/fixtures/${name}`, 'utf8');
  const { text: shown, sentences } = grounded(NOTHING_WRITTEN, sourceOf(withoutBoilerplate(text)), { length, form });
  const places = sentences.map(({ sources: [source] }) => (source?.start ?? 0) / text.length);
  return { shown, places, points: shown.split('\n') };
}

describe('an extract', () => {
  it.each([
    ['summaries/mail-thread.txt', 'Moving the build machines to Debian 12'],
    ['summaries/mail-answer.txt', 'The committee met yesterday and decided to accept the second offer, from Lindqvist & Sons'],
    ['summaries/minutes.txt', 'Minutes of the board meeting, Riverside Rowing Club'],
    ['summaries/changelog-acorn.md', 'Add support for Unicode 18'],
    ['summaries/readme-proxy.md', 'Global HTTP/HTTPS proxy configurable using environment variables'],
    ['summaries/rfc-start.txt', 'Using Pre-Shared Key (PSK) in the Cryptographic Message Syntax (CMS)'],
    ['summaries/letter.txt', 'The damp in the back bedroom of 14 Mill Lane'],
    ['summaries/recipe.md', 'Beef Goulash'],
    ['summaries/readme-start.md', 'An HTTP/1.1 client, written from scratch for Node.js'],
  ])('of %s has the headline %j', (name, headline) => {
    expect(extractOf(name, 'headline', 'paragraph').shown).toBe(headline);
  });

  it('of a mail says what is asked and decided, and neither greets nor breaks off', () => {
    const { points } = extractOf('summaries/mail-thread.txt', 'long');
    expect(points.some((point) => point.startsWith('- We should take a full backup'))).toBe(true);
    expect(points.some((point) => point.includes('I will announce a downtime from 8:00 to 14:00'))).toBe(true);
    for (const point of points) expect(point).toMatch(/^- \p{Lu}.*\.$/u);
  });

  it('of minutes takes what was decided, no headings', () => {
    const { shown, points } = extractOf('summaries/minutes.txt', 'long');
    expect(shown).toContain('The board decided to accept it');
    expect(shown).toContain('The board agreed to pay for the training of two more coaches.');
    expect(points).not.toContain('- Minutes of the last meeting.');
    expect(points).not.toContain('- Boathouse roof.');
  });

  it('of a changelog takes entries as points of one kind, none twice, no versions', () => {
    const { points } = extractOf('summaries/changelog-acorn.md', 'long');
    expect(points.length).toBeGreaterThanOrEqual(5);
    expect(new Set(points).size).toBe(points.length);
    for (const point of points) expect(point).toMatch(/^- \p{Lu}.*\.$/u);
    expect(points.join('\n')).not.toMatch(/\(\d{4}-\d{2}-\d{2}\)|Bug fixes|New features/);
  });

  it('of a transcript leaves out who speaks and how they greet', () => {
    const { shown } = extractOf('summaries/transcript.txt', 'long');
    expect(shown).not.toMatch(/Good morning|bye|PRIYA:|\d\d:\d\d:\d\d/);
    expect(shown).toContain('we drop macOS 11');
  });

  it('of German text is German', () => {
    const { points } = extractOf('summaries/german.txt', 'short');
    expect(points).toHaveLength(3);
    expect(points[0]).toMatch(/^- Der Bodensee ist ein Gewässersystem/);
  });

  it.each(['documents/txt/06-whatsnext.txt', 'documents/txt/01-usage.txt', 'documents/txt/16-security.txt'])(
    'of %s is more than its beginning',
    (name) => {
      const { places } = extractOf(name, 'long');
      expect(places.some((place) => place < 0.3)).toBe(true);
      expect(places.some((place) => place > 0.5)).toBe(true);
    },
  );

  it('of a README says what it is for before what its options are, and no sentence ends where an example began', () => {
    const { points } = extractOf('summaries/readme-options.md', 'long');
    expect(points[0]).toMatch(/^- Optionator is a JavaScript\/Node.js option parsing and help generation library/);
    expect(points.join('\n')).not.toMatch(/^- (?:defaults?|positionalAnywhere) is/m);
    const proxy = extractOf('summaries/readme-proxy.md', 'long').shown;
    expect(proxy).toContain('value at runtime to change proxy behaviour.');
    expect(proxy).not.toMatch(/e\.g\./);
  });

  it('of a manual page and an RFC leaves out who wrote it and where it belongs', () => {
    expect(extractOf('summaries/man-tee.txt', 'short').shown).toContain('Copy standard input to each FILE');
    expect(extractOf('summaries/man-tee.txt', 'long').shown).not.toMatch(/Written by/);
    const { shown } = extractOf('summaries/rfc-start.txt', 'short');
    expect(shown).toContain('This document describes a mechanism');
    expect(shown).not.toContain('is a product of');
  });

  it('of a letter says what is done, not what is polite', () => {
    const { shown } = extractOf('summaries/letter.txt', 'short', 'paragraph');
    expect(shown).toContain('we will take £60 off your rent');
    expect(extractOf('summaries/letter.txt', 'long').shown).not.toMatch(/I am sorry|You asked/);
  });

  it('of a meeting leaves out hesitations', () => {
    const { shown } = extractOf('summaries/meeting.txt', 'long');
    expect(shown).toContain("I've noticed that gaming");
    expect(shown).not.toMatch(/\b(?:um|uh|Mm-hmm)\b/);
  });
});

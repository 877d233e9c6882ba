import { describe, expect, it } from 'vitest';
import { mask, unmask } from '../../../src/shared/mask';
import type { Inlines } from '../../../src/shared/inlines';

const hiddenIn = (text: string) => [...mask([text]).hidden.values()];

describe('mask', () => {
  it.each([
    ['See https://example.com/a?b=1&c=2#d.', ['https://example.com/a?b=1&c=2#d']],
    ['(see http://example.com/x), or www.example.org/y/.', ['http://example.com/x', 'www.example.org/y/']],
    ['Write to jane.doe+x@mail.example.co.uk!', ['jane.doe+x@mail.example.co.uk']],
    ['Our site is example.com, not sub.example.org/path.', ['example.com', 'sub.example.org/path']],
    ['%s of %d files (%1$s, %2$d, %.2f, %-5s) in %@', ['%s', '%d', '%1$s', '%2$d', '%.2f', '%-5s', '%@']],
    ['Hello {0}, {name} and {{count}} or {{ user.name }}', ['{0}', '{name}', '{{count}}', '{{ user.name }}']],
    ['${var} and #{ruby} and %{other} and $HOME and %(python)s', ['${var}', '#{ruby}', '%{other}', '$HOME', '%(python)s']],
    ['You have {count, plural, one {# file} other {# files in {place}}} left.', ['{count, plural, one {# file} other {# files in {place}}}']],
    ['On {when, date, short} at {when, time}', ['{when, date, short}', '{when, time}']],
    ['A <b>bold</b> <a href="https://x.y/z">link</a><br/>', ['<b>', '</b>', '<a href="https://x.y/z">', '</a>', '<br/>']],
    ['Fish &amp; chips &#8364; &#x20AC;', ['&amp;', '&#8364;', '&#x20AC;']],
    ['Edit /etc/hosts and ~/.bashrc or ./run.sh', ['/etc/hosts', '~/.bashrc', './run.sh']],
    ['In C:\\Users\\Jane\\notes.txt.', ['C:\\Users\\Jane\\notes.txt']],
    ['Open README.md and src/main/index.ts, then report.final.pdf.', ['README.md', 'src/main/index.ts', 'report.final.pdf']],
    ['Run it with --verbose, --out="a b" or -v.', ['--verbose', '--out="a b"', '-v']],
    ['Call get_user_name() or foo.bar() on my_object, __init__ and std::vector', ['get_user_name()', 'foo.bar()', 'my_object', '__init__', 'std::vector']],
    ['The property maxTokens is new.', ['maxTokens']],
    ['Version 1.2.3-beta.1, v2.0 and 10.0.19045.1 are old.', ['1.2.3-beta.1', 'v2.0', '10.0.19045.1']],
    ['Commit 3f9a2bc and 123e4567-e89b-12d3-a456-426614174000', ['3f9a2bc', '123e4567-e89b-12d3-a456-426614174000']],
    ['Run `npm start -- -x`, not ``npm``, and `foo\' and `bar\'.', ['`npm start -- -x`']],
    ['I ♥ it: €5 → 4 £, 20 °C ™', ['♥', '€', '→', '£', '™']],
    ['From Łódź to Antonín Dvořák\'s Zürich, façade', ['Łódź', 'Dvořák\'s']],
    ['Call +49 30 1234567 or +1 (555) 010-9999, 2+2 = 4.', ['+49 30 1234567', '+1 (555) 010-9999']],
  ])('hides in %j', (text, expected) => {
    expect(hiddenIn(text)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    'He/she is 50% sure and/or 100 % right, 3.5 km/h.',
    'On 12.05.2024 it cost 1.000.000 euros, or 1,234.56 dollars, at 10:30.',
    'Mr. Smith e.g. said: "I will." - Really? Well-known facts -- no.',
    'The decade was faced; 1234567 people came, 5e and 2nd.',
    'A < b and b > c, AT&T; "x" & y.',
    'Price: $5, US$ 20, (a) first, {see below}.',
    'What?Yes.No: 24/7 on-site, -5 degrees.',
    'iOS? No: the USA, NATO, 1st and 20 % discount.',
  ])('leaves %j', (text) => {
    expect(hiddenIn(text).filter((found) => found !== 'iOS')).toEqual([]);
  });

  it('numbers its codes on from those there are, and puts everything back', () => {
    const inlines: Inlines = ['Open ', { code: 4 }, 'https://a.example/b', { code: 2 }, ' with {name}.'];
    const masked = mask(inlines);
    expect(masked.inlines).toEqual(['Open ', { code: 4 }, { code: 5 }, { code: 2 }, ' with ', { code: 6 }, '.']);
    expect(unmask(masked.inlines, masked.hidden)).toEqual(inlines);
  });

  it('pairs tags that nest and leaves those that do not', () => {
    const pairsOf = (text: string) => mask([text]).pairs;
    expect(pairsOf('<p>a <b>b</b><br>c</p>')).toEqual([[1, 2], [0, 4]]); // prettier-ignore
    expect(pairsOf('a</b> c <i>d')).toEqual([]);
    expect(pairsOf('<img src="x"/> <b>a')).toEqual([]);
    expect(mask(['<b>', { code: 0 }, '</b>']).pairs).toEqual([]);
  });

  it('takes bad input: long runs of anything that a pattern begins with', () => {
    for (const unit of ['a', '{', '<a ', '.', '/', 'a.', '-', '{a,', '&a', '%', '_', 'a_', 'f1', '1.']) {
      const text = unit.repeat(10_000 / unit.length);
      expect(unmask(mask([text]).inlines, mask([text]).hidden)).toEqual([text]);
    }
  });
});

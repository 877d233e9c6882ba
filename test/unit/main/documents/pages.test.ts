import { expect, test } from 'vitest';
import { html } from '../../../../src/main/documents/formats/html';
import { markdown } from '../../../../src/main/documents/formats/markdown';
import { read, shown, translated } from './properties';

test('HTML: blocks, inline codes, attributes; code and what must not be translated stay', async () => {
  const text =
    '<title>A &amp; B</title><meta name="description" content="About us"><script>if (a < b) no()</script>' +
    '<p>Run <code>npm x</code> <b>now</b>,<br>dear <span translate="no">Acme</span> user.<p class=notranslate>Not this<p><img src=a.png alt=Cat>';
  expect(shown(await read(html, text))).toEqual(['A & B', 'About us', 'Run <0/> <1>now</2>,<3/>dear <4/> user.', 'Cat']);
  expect(
    await translated(html, text, { 'Run <0/> <1>now</2>,<3/>dear <4/> user.': '<4/>: <1>jetzt</2> <3/><0/> < 5', Cat: 'Eine "Katze"' }),
  ).toBe(
    text
      .replace(/Run .* user\./, '<span translate="no">Acme</span>: <b>jetzt</b> <br><code>npm x</code> &lt; 5')
      .replace('alt=Cat', 'alt="Eine &quot;Katze&quot;"'),
  );
});

test('Markdown: wrapped lines are one sentence; prefixes, code, targets and labels stay', async () => {
  const text =
    '---\ntitle: A page\nlayout: home\n---\n\n> Some *good\n> words* and `code`\n> here[^1].\n\n- [ ] See [the docs] or ![a cat](c.png) now\n\n| A | Two words |\n|---|---|\n| x | y |\n\n```\nnot this\n```\n\n[the docs]: http://x.y\n[^1]: A note here.\n';
  const blocks = shown(await read(markdown, text));
  expect(blocks).toEqual(
    expect.arrayContaining(['A page', 'Some <0>good words</1> and <2/> here<3/>.', 'a cat', 'Two words', 'A note here.']),
  );
  expect(blocks.join(' ')).not.toMatch(/not this|home|http/);
  expect(
    await translated(markdown, text, {
      'Some <0>good words</1> and <2/> here<3/>.': '1. <2/> und <0>gute * Worte</1><3/>.',
      'See <0>the docs</1> or <2/> now': 'Siehe <0>die Hilfe</1> oder <2/> jetzt',
      'a cat': 'eine Katze',
      'Two words': 'Zwei | Worte',
    }),
  ).toBe(
    text
      .replace(/Some[\s\S]*here\[\^1\]\./, String.raw`1\. ${'`code`'} und *gute \* Worte*[^1].`)
      .replace(/See .* now/, 'Siehe [die Hilfe][the docs] oder ![eine Katze](c.png) jetzt')
      .replace('Two words', String.raw`Zwei \| Worte`),
  );
});

test('a translation with a code missing, twice or across is refused', async () => {
  const document = await read(html, '<p>a <b>b</b> c</p>');
  for (const wrong of [['x'], [{ code: 0 }, 'x'], [{ code: 1 }, 'x', { code: 0 }], [{ code: 0 }, { code: 1 }, { code: 1 }]]) {
    await expect(document.write(new Map([[0, wrong]]))).rejects.toThrow(/would break the formatting/);
  }
});

/** Every fixture of every container format: real files of other projects. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Format } from '../../../../../src/main/documents/format';
import { docx } from '../../../../../src/main/documents/formats/docx';
import { epub } from '../../../../../src/main/documents/formats/epub';
import { odp, odt } from '../../../../../src/main/documents/formats/odf';
import { pptx } from '../../../../../src/main/documents/formats/pptx';
import { xlsx } from '../../../../../src/main/documents/formats/xlsx';
import { sameInlines } from '../../../../../src/shared/inlines';
import { partsOf, problemsOf, readFixture, upperCased } from './invariants';

const FILES = [docx, pptx, xlsx, odt, odp, epub].flatMap((format) =>
  readdirSync(new URL(`../../../../fixtures/documents/${format.id}/`, import.meta.url))
    .sort()
    .map((name): [string, Format] => [`${format.id}/${name}`, format]),
);

test.each(FILES)('%s: identity, and upper case there and back', async (name, format) => {
  expect(await problemsOf(format, readFixture(name))).toEqual([]);
});

test.each(FILES)('%s: parts without a translated block keep their bytes and their order', async (name, format) => {
  const bytes = readFixture(name);
  const document = await format.read(bytes);
  const first = document.blocks[0];
  if (!first) throw new Error('A fixture without text proves nothing.');
  const before = await partsOf(bytes);
  const after = await partsOf(await document.write(new Map([[0, upperCased(first.inlines)]])));
  expect([...after.keys()]).toEqual([...before.keys()]);
  const changed = [...before].filter(([part, content]) => after.get(part) !== content);
  // A text box, and what was last drawn of a diagram, are written twice.
  const isSame = sameInlines(first.inlines, upperCased(first.inlines));
  expect(changed.length).toBeLessThanOrEqual(isSame ? 0 : 2);
});

/** PDFs with random damage: refused with a reason, or read. Seeded; `FUZZ_CASES=2000 npx vitest run test/unit/main/documents/pdf/fuzz.test.ts`. */
import { expect, test } from 'vitest';
import { DocumentError } from '../../../../../src/main/documents/format';
import { pdf } from '../../../../../src/main/documents/formats/pdf';
import { readFixture } from '../containers/invariants';

const CASES = Number(process.env['FUZZ_CASES'] ?? 40);
const BASES = ['libreoffice-PDFSearch', 'libreoffice-annotations', 'groff-graphviz-dot.1', 'restricted'];
const SNIPPETS = [
  'endobj',
  'stream\n',
  '<<',
  '>>',
  '/Length 999999999',
  '/Count -1',
  '/Kids [1 0 R]',
  '(',
  '\0\0\0\0',
  'xref',
  '0 0 R',
  '/Type /Page',
];

function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % Math.max(1, limit);
  };
}

function damaged(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let count = 1 + random(8); count > 0; count--) {
    const at = random(copy.length);
    if (random(2) === 0) copy[at] = random(256);
    else copy.write(SNIPPETS[random(SNIPPETS.length)] ?? '', at, 'latin1');
  }
  return random(4) === 0 ? copy.subarray(0, random(copy.length)) : copy;
}

test(`${CASES} damaged PDFs are refused with a reason or read`, async () => {
  const outcomes = { read: 0, refused: 0 };
  for (let seed = 1; seed <= CASES; seed++) {
    const bytes = damaged(readFixture(`pdf/${BASES[seed % BASES.length] ?? ''}.pdf`), randomFrom(seed * 7919));
    try {
      const { blocks } = await pdf.read(bytes);
      expect(blocks.length, `seed ${seed}`).toBeGreaterThan(0);
      outcomes.read++;
    } catch (error) {
      expect(error, `seed ${seed}`).toBeInstanceOf(DocumentError);
      outcomes.refused++;
    }
  }
  console.log(outcomes);
  expect(outcomes.read + outcomes.refused).toBe(CASES);
}, 3_600_000);

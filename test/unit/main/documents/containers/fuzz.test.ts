/**
 * Real files with random damage: each is refused with a reason, or read in full, written, and read again. Seeded, so that a failure comes
 * back; `FUZZ_CASES=10000 npx vitest run test/unit/main/documents/containers/fuzz.test.ts` tries more.
 */
import { readdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DocumentError, type Format } from '../../../../../src/main/documents/format';
import { docx } from '../../../../../src/main/documents/formats/docx';
import { epub } from '../../../../../src/main/documents/formats/epub';
import { odp, odt } from '../../../../../src/main/documents/formats/odf';
import { pptx } from '../../../../../src/main/documents/formats/pptx';
import { xlsx } from '../../../../../src/main/documents/formats/xlsx';
import { ZipArchive } from '../../../../../src/main/documents/zip';
import { readFixture, upperCased } from './invariants';

const CASES = Number(process.env['FUZZ_CASES'] ?? 200);
/** Of this many of a format's smallest fixtures. */
const BASES = 6;
const SNIPPETS = [
  '<',
  '&',
  ']]>',
  '<!--',
  '<!DOCTYPE a [',
  '<a>',
  '</w:p>',
  '"',
  '\0',
  '\ud800',
  '&#0;',
  '&#x10ffff;',
  '-1',
  '99999999999',
  ' xmlns:w=""',
];

/** Integers below a limit, from a 32-bit state (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  };
}

function damagedBytes(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  const damaged = Buffer.from(bytes);
  for (let count = 1 + random(4); count > 0; count--) damaged[random(damaged.length)] = random(256);
  return random(4) === 0 ? damaged.subarray(0, random(damaged.length)) : damaged;
}

async function damagedPart(bytes: Uint8Array, random: (limit: number) => number): Promise<Uint8Array> {
  const archive = ZipArchive.open(bytes);
  const names = archive.names.filter((name) => /\.(?:xml|rels|xhtml|opf|ncx)$/.test(name));
  const name = names[random(names.length)] ?? '';
  let text = Buffer.from(await archive.read(name)).toString();
  for (let count = 1 + random(3); count > 0; count--) {
    const start = random(text.length);
    const end = Math.min(text.length, start + random(60));
    const middle = [
      () => '',
      () => text.slice(start, end).repeat(2),
      () => SNIPPETS[random(SNIPPETS.length)] ?? '',
      () => text.slice(end, end + random(60)),
    ][random(4)]?.();
    text = text.slice(0, start) + (middle ?? '') + text.slice(end);
  }
  return archive.write(new Map([[name, Buffer.from(text)]]));
}

async function tryFile(format: Format, bytes: Uint8Array): Promise<'read' | 'refused'> {
  let written: Uint8Array;
  try {
    const document = await format.read(bytes);
    written = await document.write(new Map(document.blocks.map(({ inlines }, number) => [number, upperCased(inlines)])));
  } catch (error) {
    if (error instanceof DocumentError) return 'refused';
    throw error;
  }
  await format.read(written);
  return 'read';
}

test.each([docx, pptx, xlsx, odt, odp, epub].map((format): [string, Format] => [format.id, format]))(
  '%s: damage is refused or survived',
  async (id, format) => {
    const folder = new URL(`../../../../fixtures/documents/${id}/`, import.meta.url);
    const names = readdirSync(folder).sort((a, b) => statSync(new URL(a, folder)).size - statSync(new URL(b, folder)).size);
    const bases = names.slice(0, BASES).map((name) => readFixture(`${id}/${name}`));
    const outcomes = { read: 0, refused: 0 };
    for (let seed = 0; seed < CASES; seed++) {
      const random = randomFrom(seed);
      const base = bases[random(bases.length)] ?? new Uint8Array();
      const bytes = random(3) === 0 ? damagedBytes(base, random) : await damagedPart(base, random);
      try {
        outcomes[await tryFile(format, bytes)]++;
      } catch (error) {
        throw new Error(`Seed ${seed}.`, { cause: error });
      }
    }
    expect(outcomes.read).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  },
  3_600_000,
);

/** Real files from packages (test/fixtures/documents/SOURCES.md): what is not translated keeps its bytes; what is, is read again as written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatOf } from '../../../../src/main/documents/known-formats';
import { textOf } from '../../../../src/shared/inlines';
import { expectIdentity, inCapitals, upper } from './properties';

const FOLDER = 'test/fixtures/documents';
const FOLDERS = ['txt', 'md', 'html', 'srt', 'vtt', 'po', 'json', 'yaml', 'csv'];
/** A translated catalogue entry is listed by its source again. */
const READ_BY_SOURCE = ['po'];
/**
 * The share of blocks that may be found changed. Capitals change where plain text is taken to be wrapped, a cue to end a sentence, or a
 * string to be text for people ("N’Ko"); and in SubRip, which has no escapes, a "<" that is no tag is written "‹". Markup has no such excuse.
 */
const GUESSED: Readonly<Record<string, number>> = { txt: 0.01, srt: 0.05, vtt: 0.03, json: 0.01, yaml: 0.05, csv: 0.01 };

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe.each(FOLDERS)('%s', (folder) => {
  const files = readdirSync(join(FOLDER, folder));
  test.each(files)('%s', async (file) => {
    const bytes = readFileSync(join(FOLDER, folder, file));
    await expectIdentity(formatOf(file, bytes), bytes);
  });

  test.skipIf(READ_BY_SOURCE.includes(folder))('in capitals', async () => {
    let all = 0;
    const changed: string[] = [];
    for (const file of files) {
      const bytes = readFileSync(join(FOLDER, folder, file));
      const { before, after } = await inCapitals(formatOf(file, bytes), bytes);
      const found = after.blocks.map((block) => `${plain(textOf(block.inlines))} ${block.codes.length}`);
      for (const block of before.blocks) {
        const at = found.indexOf(`${plain(upper(textOf(block.inlines)))} ${block.codes.length}`);
        if (at < 0) changed.push(`${file}: ${textOf(block.inlines)}`);
        else found.splice(at, 1);
      }
      all += before.blocks.length;
    }
    expect(all).toBeGreaterThan(10);
    expect(changed.length, changed.slice(0, 5).join('\n')).toBeLessThanOrEqual(all * (GUESSED[folder] ?? 0));
  });
});

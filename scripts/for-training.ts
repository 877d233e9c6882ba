/** Writes to resources/ what training reads of this app's definitions, without TypeScript; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HINT, PATTERNS } from '../src/shared/mask';
import { packManifestSchema } from '../src/shared/pack';

const FILES = {
  'pack.schema.json': { from: 'src/shared/pack.ts', content: z.toJSONSchema(packManifestSchema, { io: 'input' }) },
  'mask.json': { from: 'src/shared/mask.ts', content: { hint: HINT.source, patterns: PATTERNS } },
};

for (const [file, { from, content }] of Object.entries(FILES)) {
  const path = join(import.meta.dirname, '..', 'resources', file);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`resources/${file} is not what ${from} says. Run "npm run schema" and commit it.`);
    process.exitCode = 1;
  }
}

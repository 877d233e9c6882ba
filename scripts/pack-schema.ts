/** Writes resources/pack.schema.json from the manifest's definition, for what reads it without TypeScript; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packManifestSchema } from '../src/shared/pack';

const path = join(import.meta.dirname, '..', 'resources', 'pack.schema.json');
const text = `${JSON.stringify(z.toJSONSchema(packManifestSchema, { io: 'input' }), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('resources/pack.schema.json is not what src/shared/pack.ts says. Run "npm run schema" and commit it.');
    process.exit(1);
  }
} else {
  writeFileSync(path, text);
}

/** The app's version, from its package.json. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export function appVersion(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.looseObject({ version: z.string() }).parse(file).version;
}

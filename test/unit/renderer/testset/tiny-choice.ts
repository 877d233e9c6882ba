/** What Compare is set to in these tests. */
import { readFileSync } from 'node:fs';
import { type ComparisonChoice } from '../../../../src/renderer/compare/lanes';
import { isTranslating, packManifestSchema } from '../../../../src/shared/pack';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('test/fixtures/packs/tiny/pack.json', 'utf8')));
if (!isTranslating(manifest)) throw new Error('expected a pack that translates');
export const CHOICE: ComparisonChoice = {
  pack: manifest,
  from: 'en',
  to: 'de',
  beamWidth: 1,
  available: ['llm', 'hybrid'],
  lanes: ['llm', 'hybrid'],
};

import { describe, expect, it } from 'vitest';
import { chooseComparison } from '../../../../src/renderer/compare/lanes';
import { settingsSchema, type PackEntry } from '../../../../src/shared/app-api';
import { TINY } from './runs';

const PACKS: PackEntry[] = [{ state: 'ok', folder: '/packs/tiny', bundled: false, bytes: 1, manifest: TINY }];
const all = { pair: null, lanes: null };

describe('chooseComparison', () => {
  it('takes every lane of the pack, the LLM first, whatever Translate uses', () => {
    const choice = chooseComparison(PACKS, settingsSchema.parse({ lane: 'slm', to: 'fr' }), all);
    expect(choice?.lanes.slice(0, 3)).toEqual(['llm', 'hybrid', 'exact']);
    expect(choice).toMatchObject({ from: 'en', to: 'fr' });
  });

  it('follows what was chosen here, in the order of the pack', () => {
    const choice = chooseComparison(PACKS, settingsSchema.parse({}), { pair: { from: 'en', to: 'fr' }, lanes: ['slm', 'hybrid'] });
    expect(choice).toMatchObject({ to: 'fr', lanes: ['hybrid', 'slm'] });
  });

  it('compares all again when what was chosen leaves nothing to compare', () => {
    const { llm, hybrid } = TINY.lanes;
    if (llm === undefined || hybrid === undefined) throw new Error('the tiny pack has both');
    const packs = PACKS.map((entry) => ({ ...entry, manifest: { ...TINY, lanes: { llm, hybrid } } }));
    expect(chooseComparison(packs, settingsSchema.parse({}), { pair: null, lanes: ['slm', 'llm'] })?.lanes.slice(0, 2)).toEqual([
      'llm',
      'hybrid',
    ]);
  });

  it('leaves out the exact lane where a beam is asked for', () => {
    expect(chooseComparison(PACKS, settingsSchema.parse({ beamWidth: 4 }), all)?.available).not.toContain('exact');
    expect(chooseComparison(PACKS, settingsSchema.parse({ beamWidth: 1 }), all)?.available).toContain('exact');
  });

  it('needs a pack', () => {
    expect(chooseComparison([], settingsSchema.parse({}), all)).toBeNull();
  });
});

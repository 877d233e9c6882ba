import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../../src/main/inference/check-request';
import { translatingManifestSchema } from '../../../../src/shared/pack';

const pack = translatingManifestSchema.parse(JSON.parse(readFileSync('test/fixtures/packs/tiny/pack.json', 'utf8')));
const good = { lane: 'llm', task: { kind: 'translate', from: 'en', to: 'de' }, decoding: { kind: 'beam', width: 4 } } as const;

describe('checkRequest', () => {
  it('lets through what the pack can do', () => {
    expect(checkRequest(good, pack)).toBeNull();
    expect(checkRequest({ ...good, lane: 'slm', decoding: { kind: 'greedy' } }, pack)).toBeNull();
    expect(checkRequest({ ...good, lane: 'exact', decoding: { kind: 'greedy' } }, pack)).toBeNull();
  });

  it('says what the pack has instead', () => {
    const lanes = { ...pack.lanes };
    delete lanes.slm;
    const withoutSlm = { ...pack, lanes: { ...lanes } };
    expect(checkRequest({ ...good, lane: 'slm' }, withoutSlm)?.message).toBe('"Tiny" has no slm lane. It has: llm, hybrid.');
    delete lanes.hybrid;
    const withoutHybrid = { ...pack, lanes };
    expect(checkRequest({ ...good, lane: 'exact', decoding: { kind: 'greedy' } }, withoutHybrid)?.message).toBe(
      '"Tiny" has no hybrid lane, which the exact lane needs. It has: llm.',
    );
    expect(checkRequest({ ...good, lane: 'exact' }, pack)).toMatchObject({
      code: 'unsupported-request',
      message: expect.stringContaining('Use greedy decoding, or a beam in the llm lane.') as string,
    });
    const french = { ...good, task: { kind: 'translate', from: 'fr', to: 'en' } } as const;
    expect(checkRequest(french, pack)).toEqual({
      code: 'unsupported-request',
      message: '"Tiny" does not translate fr → en. It translates: en → de, en → fr.',
    });
    expect(checkRequest({ ...good, decoding: { kind: 'beam', width: 5 } }, pack)?.message).toBe(
      'A beam of 5 needs 10 candidates a step; "Tiny" gives 8. Use at most 4.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import {
  canSwap,
  chooseWork,
  laneChoices,
  offeredLanes,
  packLanes,
  targetLanguages,
  widestBeam,
  workInput,
  workLanes,
} from '../../../src/renderer/translate/choice';
import { languageName } from '../../../src/renderer/i18n/i18n';
import { settingsSchema, type PackEntry, type SettingsPatch } from '../../../src/shared/app-api';
import { translatingManifestSchema, type TranslatingManifest } from '../../../src/shared/pack';
import tinyPack from '../../fixtures/packs/tiny/pack.json';

const tiny = translatingManifestSchema.parse(tinyPack);

function entry(manifest: TranslatingManifest): PackEntry {
  return { state: 'ok', folder: `/packs/${manifest.id}`, bundled: false, bytes: 1, manifest };
}

function pack(id: string, pairs: readonly string[], change: Partial<TranslatingManifest> = {}): PackEntry {
  const tasks = pairs.map((pair) => ({ kind: 'translate' as const, from: pair.slice(0, 2), to: pair.slice(3), prefix: '' }));
  return entry({ ...tiny, id, tasks, ...change });
}

function choose(packs: readonly PackEntry[], change: SettingsPatch = {}) {
  return chooseWork(packs, settingsSchema.parse(change));
}

describe('chooseWork', () => {
  it('needs a usable pack', () => {
    expect(choose([])).toBeNull();
    expect(choose([{ state: 'damaged', folder: '/packs/x', bundled: false, problem: 'no pack.json' }])).toBeNull();
  });

  it('follows the settings where the packs can', () => {
    const packs = [pack('one', ['en-de', 'en-fr', 'de-en']), pack('two', ['en-de', 'de-en'])];
    expect(choose(packs, { packId: 'two', from: 'de', to: 'en', lane: 'llm' })).toMatchObject({
      pack: { id: 'two' },
      from: 'de',
      to: 'en',
      lane: 'llm',
    });
  });

  it('gives way to the nearest the packs can do', () => {
    const packs = [pack('one', ['en-de', 'en-fr', 'fr-en'])];
    expect(choose(packs, { packId: 'gone' })?.pack.id).toBe('one');
    expect(choose(packs, { from: 'fr', to: 'de' })).toMatchObject({ from: 'fr', to: 'en' });
    expect(choose(packs, { from: 'it', to: 'fr' })).toMatchObject({ from: 'en', to: 'de' });
    const lanes = translatingManifestSchema.shape.lanes.parse({ llm: tiny.lanes.llm });
    expect(choose([pack('llm-only', ['en-de'], { lanes })], { lane: 'hybrid' })?.lane).toBe('llm');
  });

  it('keeps the beam within what the pack returns', () => {
    const packs = [pack('one', ['en-de'], { topK: 6 })];
    const choice = choose(packs, { beamWidth: 8 });
    expect(choice?.beamWidth).toBe(3);
    expect(choice && workInput(choice, 'Hi').decoding).toEqual({ kind: 'beam', width: 3 });
    expect(widestBeam({ ...tiny, topK: 1 })).toBe(1);
    const greedy = choose(packs);
    expect(greedy && workInput(greedy, 'Hi').decoding).toEqual({ kind: 'greedy' });
  });

  it('takes the beam that a lane is meant to be used with, unless another was chosen', () => {
    const decoder = {
      file: 'decoder.onnx',
      layers: 1,
      heads: 1,
      headSize: 1,
      maxTokens: 9,
      maxStep: 1 as const,
      bannedIds: [],
      beamWidth: 4,
    };
    const packs = [pack('one', ['en-de'], { topK: 16, lanes: { ...tiny.lanes, llm: { prefillFrom: 'states', decoder } } })];
    expect(choose(packs, { lane: 'llm' })?.beamWidth).toBe(4);
    expect(choose(packs, { lane: 'llm', beamWidth: 1 })?.beamWidth).toBe(1);
    expect(choose(packs, { lane: 'hybrid' })?.beamWidth).toBe(1);
    expect(choose(packs, { lane: 'exact' })?.beamWidth).toBe(1);
    expect(choose(packs, { lane: 'best' })).toMatchObject({ chosen: 'llm', beamWidth: 4 });
  });

  it('is best by the LLM with a beam, of the width that was set where it is wider', () => {
    const packs = [pack('one', ['en-de'], { topK: 16 })];
    const choice = choose(packs, { lane: 'best' });
    expect(choice).toMatchObject({ chosen: 'best', lane: 'llm', beamWidth: 4 });
    expect(choice && workInput(choice, 'Hi').decoding).toEqual({ kind: 'beam', width: 4 });
    expect(choose(packs, { lane: 'best', beamWidth: 2 })?.beamWidth).toBe(4);
    expect(choose(packs, { lane: 'best', beamWidth: 6 })?.beamWidth).toBe(6);
  });

  it('has no best where the pack returns too little for a beam, or the LLM has one of its own', () => {
    expect(laneChoices({ ...tiny, topK: 16 })).toEqual([...workLanes(tiny), 'best']);
    expect(laneChoices({ ...tiny, topK: 6 })).toEqual(workLanes(tiny));
    expect(choose([pack('one', ['en-de'], { topK: 6 })], { lane: 'best' })).toMatchObject({ chosen: 'llm', lane: 'llm', beamWidth: 1 });
  });

  it('writes one output in the exact lane', () => {
    const choice = choose([pack('one', ['en-de'])], { lane: 'exact', beamWidth: 4 });
    expect(choice).toMatchObject({ lane: 'exact', beamWidth: 1 });
    expect(choice && workInput(choice, 'Hi').decoding).toEqual({ kind: 'greedy' });
  });

  it('swaps only where the pack has the way back', () => {
    const oneWay = choose([pack('one', ['en-de', 'en-fr'])]);
    const bothWays = choose([pack('one', ['en-de', 'de-en'])]);
    expect(oneWay && canSwap(oneWay)).toBe(false);
    expect(bothWays && canSwap(bothWays)).toBe(true);
  });

  it('keeps the small model alone for comparing, unless the pack has nothing else', () => {
    const { slm } = tiny.lanes;
    expect(workLanes(tiny)).toEqual(['hybrid', 'llm', 'exact']);
    expect(workLanes({ ...tiny, lanes: slm ? { slm } : {} })).toEqual(['slm']);
    expect(choose([pack('one', ['en-de'])], { lane: 'slm' })?.lane).toBe('hybrid');
  });

  it('offers lanes in one order, and languages by name', () => {
    expect(packLanes(tiny)).toEqual(['hybrid', 'llm', 'slm'].filter((lane) => lane in tiny.lanes));
    expect(offeredLanes(tiny)).toEqual(['hybrid', 'llm', 'slm', 'exact']);
    const { llm } = tiny.lanes;
    expect(offeredLanes({ ...tiny, lanes: llm ? { llm } : {} })).toEqual(['llm']);
    expect(targetLanguages(tiny, 'en').map(languageName)).toEqual(['German', 'French']);
  });
});

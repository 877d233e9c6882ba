/** What a pack held goes when it closes: nothing of it waits for a collection that may never come. */
import { expect, test } from 'vitest';
import { LoadedPacks, type PackLease } from '../../src/main/inference/loaded-packs';
import { configOf, request, TINY } from './tiny';

/** In a function of its own: the test's would hold it. */
async function usedPack(packs: LoadedPacks): Promise<{ pack: WeakRef<object>; tokenizer: WeakRef<object> }> {
  const { pack, release } = await packs.use(request.packId);
  const held = { pack: new WeakRef(pack), tokenizer: new WeakRef(pack.tokenizer) };
  await release();
  return held;
}

test('a pack that closes leaves nothing in the heap, neither itself nor its tokenizer', async () => {
  const packs = new LoadedPacks(() => {});
  await packs.configure(configOf(TINY));
  const { pack, tokenizer } = await usedPack(packs);
  await new Promise((later) => setTimeout(later));
  expect(pack.deref(), 'while it is open').toBeDefined();
  await new Promise((later) => setTimeout(later));
  await packs.close();
  expect([pack.deref(), tokenizer.deref()]).toEqual([undefined, undefined]);
});

test('a pack that a request takes while others make room is not closed under it', async () => {
  const taken: Promise<PackLease>[] = [];
  const packs: LoadedPacks = new LoadedPacks(
    () => {},
    () => taken.length === 0 && taken.push(packs.use('two')),
  );
  const ids = ['one', 'two', 'three'];
  const config = { ...configOf(TINY), packs: ids.map((packId) => ({ packId, folder: TINY })) };
  await packs.configure({ ...config, memory: { budgetBytes: 1e12, idleMs: 3_600_000 } });
  for (const packId of ids) await (await packs.use(packId)).release();
  await packs.configure({ ...config, memory: { budgetBytes: 1, idleMs: 3_600_000 } });
  expect(packs.statuses().map(({ state }) => state)).toEqual(['closed', 'ready', 'closed']);
  await packs.close();
});

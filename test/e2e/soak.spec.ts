/** The short form of `npm run soak`: so many steps of the same walk, some of them disturbances, always with one seed. */
import { join } from 'node:path';
import { REPOSITORY, expect, test } from './app';
import { prepare } from '../soak/prepare';
import { walk } from '../soak/walk';
import { ANSWER_MS } from '../soak/world';

const SEED = 7;
const STEPS = 60;

test('a random walk with killed processes, a full disk and lost packs leaves nothing broken', async () => {
  // Each step has bounds of its own, which name what did not come.
  test.setTimeout(STEPS * ANSWER_MS);
  const { world, skipped, clean } = await prepare(SEED);
  for (const description of skipped) test.info().annotations.push({ type: 'not done', description });
  try {
    const { faults } = await walk(
      world,
      { kind: 'steps', count: STEPS },
      {
        step: () => {},
        fault: () => {},
        picture: async ({ app }, number) => {
          const path = join(REPOSITORY, 'test-results', 'screenshots', `soak-${number}.png`);
          return (await app.page.screenshot({ path }).catch(() => null)) === null ? null : path;
        },
      },
    );
    expect(faults).toEqual([]);
  } finally {
    await clean();
  }
});

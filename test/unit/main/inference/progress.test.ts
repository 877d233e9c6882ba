import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyTextDelta } from '../../../../src/shared/inference/delta';
import type { GenerateEvent } from '../../../../src/shared/inference-client';
import { Progress } from '../../../../src/main/inference/progress';

let now = 0;
beforeEach(() => vi.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => vi.restoreAllMocks());

/** Folds events as a client does. */
function reader() {
  const seen = { text: '', deltas: 0 };
  const take = (event: GenerateEvent | null) => {
    if (event?.kind !== 'delta') return;
    seen.text = applyTextDelta(seen.text, event);
    seen.deltas++;
  };
  return { seen, take };
}

describe('Progress', () => {
  it('puts gaps before the part they precede, and the last one at the end', () => {
    const { seen, take } = reader();
    const progress = new Progress(1);
    progress.keepGap('\n');
    progress.keepGap(' - ');
    take(progress.tellDue());
    expect(seen).toEqual({ text: '', deltas: 0 });
    progress.show({ keep: 0, append: 'Hallo' });
    take(progress.tellDue());
    expect(seen).toEqual({ text: '\n - Hallo', deltas: 1 });
    take(progress.endPart('Hallo', 1, null));
    progress.keepGap(' 42\n');
    take(progress.showLastGap());
    expect(seen).toEqual({ text: '\n - Hallo 42\n', deltas: 2 });
  });

  it('tells at once, then what comes too fast together, and loses nothing of a search that changes its mind', () => {
    let state = 11;
    const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
    const { seen, take } = reader();
    const progress = new Progress(1);
    let expected = '';
    let steps = 0;
    for (let part = 0; part < 30; part++) {
      progress.keepGap(' ');
      let text = '';
      for (let step = 0; step < 20; step++) {
        now += random(3);
        const delta = { keep: random(4) === 0 ? random(text.length + 1) : text.length, append: 'abcdefgh'.slice(random(8)) };
        text = applyTextDelta(text, delta);
        progress.show(delta);
        take(progress.tellDue());
        steps++;
      }
      take(progress.endPart(text, 1, null));
      expected += ` ${text}`;
      expect(seen.text).toBe(expected);
    }
    expect(seen.deltas).toBeLessThan(steps / 2);
  });

  it('flags ranges of the output, and ends a part with another text where that was shown in vain', () => {
    const { seen, take } = reader();
    const progress = new Progress(1);
    progress.show({ keep: 0, append: 'eins' });
    take(progress.endPart('eins', 0, 'loop'));
    progress.keepGap('\n');
    progress.show({ keep: 0, append: ' ' });
    progress.countTokens({ keep: 0, append: [7] });
    take(progress.endPart('two', 1, 'empty'));
    progress.keepGap('\n');
    progress.show({ keep: 0, append: 'drei' });
    progress.countTokens({ keep: 0, append: [7, 8] });
    take(progress.endPart('drei', 2, 'length'));
    expect(seen.text).toBe('eins\ntwo\ndrei');
    expect(progress.done('stop')).toMatchObject({
      tokens: 3,
      flagged: [
        { reason: 'loop', start: 0, end: 4 },
        { reason: 'empty', start: 5, end: 8 },
        { reason: 'length', start: 9, end: 13 },
      ],
    });
  });
});

/** Choices that look random and are the same for the same seed, so that a walk can be walked again. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  /** Throws on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** One of them, as often as its weight says. Throws on an empty list. */
  weighed<T extends { readonly weight: number }>(list: readonly T[]): T;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state are enough for choices.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pickAt = <T>(list: readonly T[], at: number): T => {
    const found = list[at];
    if (found === undefined) throw new Error('Got an empty list, expected something to choose from.');
    return found;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
    pick: (list) => pickAt(list, Math.floor(next() * list.length)),
    weighed: (list) => {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      const found = list.find(({ weight }) => (left -= weight) < 0);
      return found ?? pickAt(list, list.length - 1);
    },
  };
}

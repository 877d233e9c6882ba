/**
 * Which sentences say most of a text, by what they have in common with the others: LexRank (Erkan and Radev 2004, arXiv 1109.2128), the
 * probability that somebody is at a sentence who goes from each to another one the more often, the more alike they are; times what is known of
 * a sentence before; of those that are alike, one (maximal marginal relevance, Carbonell and Goldstein 1998); and of each section something. Knows no text and no model.
 */

/** What a sentence says, and what each of it weighs. */
export type Vector = ReadonlyMap<string, number>;

export interface Candidate<T> {
  readonly item: T;
  readonly vector: Vector;
  /** What its centrality is multiplied by. */
  readonly prior: number;
  /** The section that it stands in. */
  readonly section: number;
}

/** What is said already. */
export type Said = Pick<Candidate<unknown>, 'vector' | 'section'>;

/** What a further sentence from a section is worth, beside one from a section of which nothing is said. */
const SAME_SECTION = 0.7;
/** How often whoever walks goes on anywhere at all. */
const ANYWHERE = 0.15;
/** The walk has settled by then: what is left of its beginning is 0.85 to this power. */
const STEPS = 30;

/** One after the other, the one that says most beside those before it and `said` first. `O(n²)` at the first. */
export function* mostSaying<T>(candidates: readonly Candidate<T>[], said: readonly Said[]): Generator<T, void, undefined> {
  const vectors = candidates.map(({ vector }) => unit(vector));
  const centralities = centralitiesOf(vectors);
  const before = said.map(({ vector }) => unit(vector));
  const sections = new Map<number, number>();
  const count = (section: number) => sections.set(section, (sections.get(section) ?? 0) + 1);
  for (const { section } of said) count(section);
  const rest = candidates.map(({ item, prior, section }, place) => {
    const vector = vectors[place] ?? new Map<string, number>();
    return {
      item,
      vector,
      section,
      worth: prior * (centralities[place] ?? 0),
      likeness: Math.max(0, ...before.map((other) => product(vector, other))),
    };
  });
  while (rest.length > 0) {
    const gains = rest.map(({ worth, likeness, section }) => worth * (1 - likeness) * SAME_SECTION ** (sections.get(section) ?? 0));
    const [best] = rest.splice(gains.indexOf(Math.max(...gains)), 1);
    if (!best) return;
    count(best.section);
    yield best.item;
    for (const other of rest) other.likeness = Math.max(other.likeness, product(other.vector, best.vector));
  }
}

/** Of unit vectors; they add up to 1. */
export function centralitiesOf(vectors: readonly Vector[]): number[] {
  const count = vectors.length;
  const likeness = vectors.map((a, row) => vectors.map((b, column) => (row === column ? 0 : product(a, b))));
  const sums = likeness.map((row) => row.reduce((sum, value) => sum + value, 0));
  let chances = vectors.map(() => 1 / count);
  for (let step = 0; step < STEPS; step++) {
    // Who is where nothing is alike goes on anywhere.
    const lost = chances.reduce((sum, chance, place) => sum + ((sums[place] ?? 0) > 0 ? 0 : chance), 0);
    const shares = chances.map((chance, place) => ((sums[place] ?? 0) > 0 ? chance / (sums[place] ?? 1) : 0));
    chances = likeness.map((row) => {
      const comes = row.reduce((sum, value, place) => sum + value * (shares[place] ?? 0), lost / count);
      return ANYWHERE / count + (1 - ANYWHERE) * comes;
    });
  }
  return chances;
}

function unit(vector: Vector): Vector {
  const length = Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)) || 1;
  return new Map(Array.from(vector, ([term, value]) => [term, value / length]));
}

function product(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0);
  return sum;
}

/** chrF2 of a corpus as sacreBLEU computes it: character n-grams up to 6 without spaces, recall weighed twice, no words. */

const LONGEST = 6;
const BETA = 2;

/** 0 to 100. */
export function chrf(pairs: readonly { output: string; reference: string }[]): number {
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let n = 1; n <= LONGEST; n++) {
    let inOutput = 0;
    let inReference = 0;
    let inBoth = 0;
    for (const { output, reference } of pairs) {
      const [ours, theirs] = [ngrams(output, n), ngrams(reference, n)];
      inOutput += sum(ours);
      inReference += sum(theirs);
      for (const [ngram, count] of ours) inBoth += Math.min(count, theirs.get(ngram) ?? 0);
    }
    if (inOutput === 0 || inReference === 0) continue;
    precision += inBoth / inOutput;
    recall += inBoth / inReference;
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return (100 * (1 + BETA ** 2) * p * r) / (BETA ** 2 * p + r);
}

function ngrams(text: string, n: number): Map<string, number> {
  const characters = Array.from(text.replace(/\s/g, ''));
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= characters.length; start++) {
    const ngram = characters.slice(start, start + n).join('');
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);

/** What an imported model must not write next, by its generation settings; as the processors of Hugging Face Transformers decide it. */

export interface WritingRules {
  /** Never. */
  bannedIds: readonly number[];
  /** Never one after the other. */
  bannedSequences?: readonly (readonly number[])[] | undefined;
  /** Not as the first token that the model is free to choose. */
  firstBannedIds?: readonly number[] | undefined;
  /** No that many tokens twice in the same order. */
  noRepeatNgram?: number | undefined;
  /** The output does not end before that many are written. */
  minTokens?: number | undefined;
}

/** `written`: all so far, the start token first; `forced`: how many after it were not the model's to choose. */
export function bannedNext(rules: WritingRules, written: readonly number[], forced: number, eosId: number): ReadonlySet<number> {
  const { bannedIds, bannedSequences = [], firstBannedIds = [], noRepeatNgram, minTokens = 0 } = rules;
  const banned = new Set(bannedIds);
  if (written.length === 1 + forced) for (const id of firstBannedIds) banned.add(id);
  if (written.length - 1 < minTokens) banned.add(eosId);
  for (const sequence of bannedSequences) {
    const last = sequence.at(-1);
    if (last !== undefined && sequence.length <= written.length && endsWith(written, sequence.slice(0, -1))) banned.add(last);
  }
  if (noRepeatNgram !== undefined) {
    const begun = noRepeatNgram === 1 ? [] : written.slice(1 - noRepeatNgram);
    for (let next = noRepeatNgram - 1; next < written.length; next++) {
      if (endsWith(written.slice(0, next), begun)) banned.add(written[next] ?? eosId);
    }
  }
  return banned;
}

function endsWith(ids: readonly number[], end: readonly number[]): boolean {
  const before = ids.length - end.length;
  return before >= 0 && end.every((id, i) => ids[before + i] === id);
}

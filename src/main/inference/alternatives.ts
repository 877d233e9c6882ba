/** Other outputs of a sentence, and other words in one of its places, as the lanes see them. What was read of the sentence serves again. */
import type { CandidatesRequest, VersionsRequest } from '../../shared/inference/requests';
import type { Candidate, Version } from '../../shared/inference/sentences';
import { aboutSentence, commonLength, endsOf, openSentence, type OpenSentence, type SentenceStep } from './about-sentence';
import { nBest } from './decode/beam';
import { completeWords } from './decode/complete-words';
import { hasLoop } from './decode/loop-detection';
import { readTokens, type Place } from './decode/read-tokens';
import type { GenerateContext } from './generate';
import { endsWord, wordAt } from './words';

/** Ends with exactly one `done` or `failed`, one `versions` before it. Never throws. */
export function versions(request: VersionsRequest, context: GenerateContext): AsyncGenerator<SentenceStep, void, undefined> {
  return aboutSentence(request, context, async function* (work, lease) {
    const { prompt, shown } = openSentence(request.sentence, [], request.task, lease.pack, [request.lane]);
    const { decoder, limits } = yield* work.read(prompt.ids, request.lane, lease);
    const mayLoop = hasLoop(prompt.ids);
    const found = yield* work.decode(nBest(request.count, decoder, limits));
    const byText = new Map<string, Version>();
    for (const { ids, score } of found) {
      const text = shown(ids);
      if (text.trim() === '' || byText.has(text) || (!mayLoop && hasLoop(ids))) continue;
      byText.set(text, { ids, ends: endsOf(ids, shown, text), text, confidence: probabilityOf(score) });
      work.tokens += ids.length;
    }
    yield { kind: 'versions', id: request.id, versions: [...byText.values()] };
  });
}

/** Ends with exactly one `done` or `failed`, before it one `candidates` a lane. Never throws. */
export function candidates(request: CandidatesRequest, context: GenerateContext): AsyncGenerator<SentenceStep, void, undefined> {
  return aboutSentence(request, context, async function* (work, lease) {
    const sentence = openSentence(request.sentence, request.prefix, request.task, lease.pack, request.lanes);
    for (const lane of request.lanes) {
      if (!request.prefix.every((id) => lease.pack.lanes.get(lane)?.writes(id))) {
        yield { kind: 'candidates', id: request.id, lane, candidates: [] };
        continue;
      }
      const { decoder, limits } = yield* work.read(sentence.prompt.ids, lane, lease);
      let last: Place | undefined;
      yield* work.decode(readTokens(decoder, [limits.startId, ...request.prefix]), (places) => (last = places.at(-1)));
      const firsts = [...(last?.ids ?? [])].filter((id) => id !== limits.eosId);
      const { pieceTexts } = lease.pack.tokenizer;
      const words = yield* work.decode(completeWords(decoder, firsts, (word, next) => endsWord(word, next, pieceTexts)));
      work.tokens += words.length;
      yield { kind: 'candidates', id: request.id, lane, candidates: candidatesOf(words, last, request.prefix, sentence) };
    }
  });
}

/** Best first; what shows no text, or the same as one before it, is left out. */
function candidatesOf(
  words: readonly (readonly number[])[],
  place: Place | undefined,
  prefix: readonly number[],
  { shown }: OpenSentence,
): Candidate[] {
  const before = shown(prefix);
  const byText = new Map<string, Candidate>();
  for (const ids of words) {
    const rank = place?.ids.indexOf(ids[0] ?? -1) ?? -1;
    const after = shown([...prefix, ...ids]);
    const text = wordAt(after, commonLength(before, after));
    if (text === '' || byText.has(text)) continue;
    byText.set(text, { ids: [...ids], text, probability: probabilityOf(place?.logprobs[rank] ?? -Infinity) });
  }
  return [...byText.values()];
}

/** Rounding may put a sure thing above 1. */
const probabilityOf = (logprob: number) => Math.min(1, Math.exp(logprob));

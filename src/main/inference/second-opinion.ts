/**
 * What the LLM thinks of what another lane wrote: its decoder reads the whole output in a few runs (teacher forcing) and says of each place
 * what it would have written there. Where that is something else, it writes that word to its end, so that a reader can be told.
 */
import type { OpinionRequest } from '../../shared/inference/requests';
import type { Opinion } from '../../shared/inference/sentences';
import { aboutSentence, commonLength, openSentence, type SentenceStep } from './about-sentence';
import { completeWords } from './decode/complete-words';
import { readTokens, type Place } from './decode/read-tokens';
import { EngineFailure } from './engine-failure';
import type { GenerateContext } from './generate';
import { endsWord, wordAt } from './words';

/** Ends with exactly one `done` or `failed`, before it one `opinion` a sentence. Never throws. */
export function secondOpinion(request: OpinionRequest, context: GenerateContext): AsyncGenerator<SentenceStep, void, undefined> {
  return aboutSentence(request, context, async function* (work, lease) {
    const { pieceTexts } = lease.pack.tokenizer;
    for (const [index, { sentence, ids }] of request.written.entries()) {
      const { prompt, shown } = openSentence(sentence, ids, request.task, lease.pack, ['llm']);
      const { decoder, limits } = yield* work.read(prompt.ids, 'llm', lease);
      if (ids.length > limits.maxTokens) {
        throw new EngineFailure(
          'bad-request',
          `Got ${ids.length} tokens for a sentence, expected at most ${limits.maxTokens}. Translate the text again.`,
        );
      }
      const places: Place[] = [];
      yield* work.decode(readTokens(decoder, [limits.startId, ...ids]), (read) => places.push(...read));
      const opinions: Opinion[] = places.map((place, at) => opinionOf(place, ids[at] ?? limits.eosId));
      // From the end, so that what the decoder forgets to write another word it need not know again.
      for (let at = places.length - 1; at >= 0; at--) {
        const opinion = opinions[at];
        const best = places[at]?.ids[0];
        if (opinion === undefined || opinion.rank === 0 || best === undefined) continue;
        if (best === limits.eosId) {
          opinion.instead = '';
          continue;
        }
        decoder.truncate(at + 1);
        const [word = []] = yield* work.decode(completeWords(decoder, [best], (begun, next) => endsWord(begun, next, pieceTexts)));
        const before = shown(ids.slice(0, at));
        const after = shown([...ids.slice(0, at), ...word]);
        opinion.instead = wordAt(after, commonLength(before, after));
      }
      work.tokens += ids.length;
      yield { kind: 'opinion', id: request.id, index, opinions };
    }
  });
}

function opinionOf(place: Place, id: number): Opinion {
  const rank = place.ids.indexOf(id);
  if (rank < 0) return { rank: null, probability: null, instead: null };
  return { rank, probability: Math.min(1, Math.exp(place.logprobs[rank] ?? -Infinity)), instead: null };
}

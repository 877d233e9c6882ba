/** Which parts of a text a pack's prompts have room for, and how many summaries of parts fit into one. Knows tokens, no text of a prompt. */
import type { Range } from '../../../shared/inference/summary';
import type { SummarizeTask } from '../../../shared/pack';
import { EngineFailure } from '../engine-failure';
import type { SummarizingPack } from '../open-pack';
import { partsOf } from './plan';

export interface Plan {
  /** Ranges of the text. */
  readonly parts: readonly Range[];
  /** How many summaries are joined at a time. */
  readonly width: number;
  readonly partTask: SummarizeTask;
}

/** Of the text's beginning, put before the summaries of its parts, at most. */
export const LEAD_TOKENS = 80;
/** What goes between summaries takes less than this. */
const TOKENS_BETWEEN = 8;
/** Read at once at most, output counted: more takes memory (the keys and values of each token) and time that grows with its square. */
const LONGEST_CONTEXT = 2048;

/**
 * The same for every length and form, so that what was read and written for parts serves them all. `partTask`: what parts are asked for;
 * `timed`: times the tokenizer. Throws EngineFailure where the pack leaves no room for a text.
 */
export function* planOf(
  text: string,
  sentences: readonly Range[],
  { tokenizer, reader, manifest }: Pick<SummarizingPack, 'tokenizer' | 'reader' | 'manifest'>,
  partTask: SummarizeTask,
  timed: (work: () => number) => number,
): Generator<null, Plan, undefined> {
  const around = manifest.tasks.map(
    ({ before, after, maxTokens }) => tokenizer.encodeTemplate(before).length + tokenizer.encodeTemplate(after).length + maxTokens,
  );
  const room = Math.min(reader.maxContext, LONGEST_CONTEXT) - Math.max(...around);
  // At least two summaries must fit, or joining them would not end.
  const joinRoom = room - LEAD_TOKENS - TOKENS_BETWEEN;
  const maxTokens = Math.min(partTask.maxTokens, (joinRoom >> 1) - TOKENS_BETWEEN);
  if (maxTokens < 1) {
    const context = `${Math.min(reader.maxContext, LONGEST_CONTEXT)} tokens, ${Math.max(...around)} of them for prompt and output`;
    throw new EngineFailure('pack-damaged', `"${manifest.name}" leaves no room for a text: it reads ${context}. Install another version.`);
  }
  const parts = yield* partsOf(text, sentences, room, (stretch) => timed(() => tokenizer.encode(stretch).length));
  return { parts, width: Math.floor(joinRoom / (maxTokens + TOKENS_BETWEEN)), partTask: { ...partTask, maxTokens } };
}

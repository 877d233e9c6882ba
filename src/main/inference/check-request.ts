import type { EngineError } from '../../shared/inference/engine';
import { hasLane, lanesOf } from '../../shared/inference/lanes';
import type { GenerateRequest } from '../../shared/inference/requests';
import { sharesTokens, type TranslatingManifest } from '../../shared/pack';

/** Why a pack cannot do what is asked, or null. Asked before any work. */
export function checkRequest(
  { lane, task, decoding }: Pick<GenerateRequest, 'lane' | 'task' | 'decoding'>,
  pack: TranslatingManifest,
): EngineError | null {
  const refused = (message: string): EngineError => ({ code: 'unsupported-request', message });
  const missing = lanesOf(lane).find((part) => !pack.lanes[part]);
  if (missing !== undefined) {
    const needed = missing === lane ? '' : `, which the ${lane} lane needs`;
    return refused(`"${pack.name}" has no ${missing} lane${needed}. It has: ${Object.keys(pack.lanes).join(', ')}.`);
  }
  if (!hasLane(pack, lane)) {
    return refused(`The hybrid of "${pack.name}" writes with a tokenizer of its own, so it cannot draft. Use the llm or the hybrid lane.`);
  }
  if (!translateTask(pack, task)) {
    const pairs = pack.tasks.map((known) => `${known.from} → ${known.to}`).join(', ');
    return refused(`"${pack.name}" does not translate ${task.from} → ${task.to}. It translates: ${pairs}.`);
  }
  if (lane === 'exact' && decoding.kind === 'beam') {
    return refused(
      'The exact lane writes one output: drafts are checked against the one most probable next token. Use greedy decoding, or a beam in the llm lane.',
    );
  }
  if (decoding.kind === 'beam' && 2 * decoding.width > pack.topK) {
    return refused(
      `A beam of ${decoding.width} needs ${2 * decoding.width} candidates a step; "${pack.name}" gives ${pack.topK}. Use at most ${Math.floor(pack.topK / 2)}.`,
    );
  }
  return null;
}

/** Why the LLM cannot judge what the pack's other lanes write, or null. */
export function checkOpinion(pack: TranslatingManifest): EngineError | null {
  if (sharesTokens(pack)) return null;
  const message = `The hybrid of "${pack.name}" writes with a tokenizer of its own, which the LLM does not read. Compare the two lanes' outputs.`;
  return { code: 'unsupported-request', message };
}

/** The pack's own entry for a task, with its prefix. */
export function translateTask(pack: TranslatingManifest, task: GenerateRequest['task']): TranslatingManifest['tasks'][number] | null {
  return pack.tasks.find((known) => known.from === task.from && known.to === task.to) ?? null;
}

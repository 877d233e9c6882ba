/** Does an installed pack still give what it gave when it was made? Runs its recorded texts through tokenizer and lanes. */
import type { SummarizingManifest, TranslatingManifest } from '../../shared/pack';
import { translateTask } from './check-request';
import { greedy } from './decode/greedy';
import { Detokenizer } from './detokenizer';
import { toEngineError } from './engine-failure';
import type { Decoder, DecodeLimits } from './decode/decoder';
import { openPack, type AnyOpenPack, type OpenPack, type SummarizingPack } from './open-pack';
import { summarizeTask, summaryPrompt } from './summary-prompt';

/** The first token and those after it may come from different graphs. */
const TRIAL_STEPS = 3;

/** What differs, one sentence each; empty when all is well. Opening checks every graph's tensor names and shapes. Never throws. */
export async function selfTestProblems(folder: string): Promise<string[]> {
  let pack: AnyOpenPack | null = null;
  try {
    pack = await openPack(folder, { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
    return pack.kind === 'translating' ? await translationProblems(pack) : await summaryProblems(pack);
  } catch (error) {
    return [toEngineError(error).message];
  } finally {
    await pack?.release();
  }
}

async function translationProblems(pack: OpenPack): Promise<string[]> {
  const problems = pack.manifest.selfTest.length === 0 ? await trialProblems(pack) : [];
  for (const test of pack.manifest.selfTest) {
    const problem = await translationProblem(pack, test);
    if (problem !== null) problems.push(`Self-test ${test.lane} ${test.from} → ${test.to} "${test.text}": ${problem}`);
  }
  return problems;
}

/** Of a pack that records nothing: whether its lanes write at all. */
async function trialProblems({ manifest, tokenizer, encoder, lanes }: OpenPack): Promise<string[]> {
  const problems: string[] = [];
  const ids = tokenizer.encode(manifest.tasks[0]?.prefix ?? '', 'Hello.');
  for (const [name, lane] of lanes) {
    const hidden = lane.readsHidden ? await encoder.encode(ids) : null;
    const conditioning = hidden && lane.project ? await lane.project(hidden) : hidden;
    const decoder = lane.decoder([await lane.prefill({ ids, conditioning })]);
    let last = manifest.tokenizer.startId;
    for (let step = 0; step < TRIAL_STEPS; step++) {
      const { ids: next, logprobs } = await decoder.step([last]);
      // NaN is neither.
      if (!((logprobs[0] ?? Number.NaN) <= 0)) problems.push(`The ${name} lane gives ${logprobs[0]} for a probability; expected a number.`);
      last = next[0] ?? manifest.tokenizer.eosId;
    }
  }
  return problems;
}

async function translationProblem(pack: OpenPack, test: TranslatingManifest['selfTest'][number]): Promise<string | null> {
  const { manifest, tokenizer, encoder } = pack;
  const lane = pack.lanes.get(test.lane);
  const task = translateTask(manifest, { kind: 'translate', from: test.from, to: test.to });
  if (!lane || !task) return 'the pack has no such lane or language pair.';

  const sourceIds = tokenizer.encode(task.prefix, test.text);
  if (!same(sourceIds, test.sourceIds)) return `got prompt ids ${sourceIds.join(' ')}, expected ${test.sourceIds.join(' ')}.`;

  const hidden = lane.readsHidden ? await encoder.encode(sourceIds) : null;
  const conditioning = hidden && lane.project ? await lane.project(hidden) : hidden;
  const decoder = lane.decoder([await lane.prefill({ ids: sourceIds, conditioning })]);
  const { startId, eosId } = manifest.tokenizer;
  return outputProblem(decoder, { startId, eosId, maxTokens: lane.maxTokens }, new Detokenizer(tokenizer.pieceTexts), test);
}

async function summaryProblems(pack: SummarizingPack): Promise<string[]> {
  const problems: string[] = [];
  for (const test of pack.manifest.selfTest) {
    const problem = await summaryProblem(pack, test);
    if (problem !== null) problems.push(`Self-test ${test.lane} ${test.length} ${test.form} "${test.text}": ${problem}`);
  }
  return problems;
}

async function summaryProblem(pack: SummarizingPack, test: SummarizingManifest['selfTest'][number]): Promise<string | null> {
  const { manifest, tokenizer, reader } = pack;
  const lane = pack.lanes.get(test.lane);
  const task = summarizeTask(manifest, test);
  if (!lane || !task) return 'the pack has no such lane or summary.';

  const { documentIds, instructionIds } = summaryPrompt(tokenizer, task, test.text);
  const promptIds = [...documentIds, ...instructionIds];
  if (!same(promptIds, test.promptIds)) return `got prompt ids ${promptIds.join(' ')}, expected ${test.promptIds.join(' ')}.`;

  const prompt = await resultOf(reader.read(instructionIds, await resultOf(reader.read(documentIds, null))));
  const projected = lane.project ? await resultOf(lane.project(prompt)) : null;
  const prefilled = await resultOf(lane.prefill(prompt, projected));
  const limits = { startId: prefilled.lastId, eosId: manifest.tokenizer.eosId, maxTokens: test.targetIds.length };
  return outputProblem(lane.decoder(prefilled), limits, new Detokenizer(tokenizer.pieceTexts), test);
}

async function outputProblem(
  decoder: Decoder,
  limits: DecodeLimits,
  detokenizer: Detokenizer,
  { targetIds, targetText }: { targetIds: readonly number[]; targetText: string },
): Promise<string | null> {
  const ids: number[] = [];
  for await (const { keep, append } of greedy(decoder, limits)) ids.splice(keep, Infinity, ...append);
  if (!same(ids, targetIds)) return `got ids ${ids.join(' ')}, expected ${targetIds.join(' ')}.`;
  const text = detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
  return text === targetText.trimStart() ? null : `got "${text}", expected "${targetText}".`;
}

/** What a generator returns, its steps passed over. */
async function resultOf<T>(steps: AsyncGenerator<null, T, undefined>): Promise<T> {
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return step.value;
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((id, i) => id === b[i]);

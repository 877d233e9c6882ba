/** Does an installed pack still give what it gave when it was made? Runs its recorded texts through tokenizer and lanes. */
import type { SummarizingManifest, TranslatingManifest } from '../../shared/pack';
import { translateTask } from './check-request';
import { Detokenizer } from './detokenizer';
import { toEngineError } from './engine-failure';
import { openPack, type AnyOpenPack, type OpenPack, type SummarizingPack } from './open-pack';
import { summarizeTask, summaryPrompt } from './summary-prompt';
import { greedyIds, readSummaryPrompt, summaryDecoder, translatingDecoder } from './trial';

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
    const decoder = await translatingDecoder(lane, ids, await encoder.encode(ids));
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

  const decoder = await translatingDecoder(lane, sourceIds, await encoder.encode(sourceIds));
  const { startId, eosId } = manifest.tokenizer;
  const ids = await greedyIds(decoder, { startId, eosId, maxTokens: lane.maxTokens });
  return outputProblem(ids, new Detokenizer(tokenizer.pieceTexts), test);
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

  const { decoder, startId } = await summaryDecoder(lane, await readSummaryPrompt(reader, { documentIds, instructionIds }));
  const ids = await greedyIds(decoder, { startId, eosId: manifest.tokenizer.eosId, maxTokens: test.targetIds.length });
  return outputProblem(ids, new Detokenizer(tokenizer.pieceTexts), test);
}

function outputProblem(
  ids: readonly number[],
  detokenizer: Detokenizer,
  { targetIds, targetText }: { targetIds: readonly number[]; targetText: string },
): string | null {
  if (!same(ids, targetIds)) return `got ids ${ids.join(' ')}, expected ${targetIds.join(' ')}.`;
  const text = detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
  return text === targetText.trimStart() ? null : `got "${text}", expected "${targetText}".`;
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((id, i) => id === b[i]);

/** Does an installed pack still give what it gave when it was made? Runs its recorded sentences through tokenizer and lanes. */
import type { PackManifest } from '../../shared/pack';
import { translateTask } from './check-request';
import { greedy } from './decode/greedy';
import { Detokenizer } from './detokenizer';
import { toEngineError } from './engine-failure';
import { openPack, type OpenPack } from './open-pack';

/** What differs, one sentence each; empty when all is well. Opening checks every graph's tensor names and shapes. Never throws. */
export async function selfTestProblems(folder: string): Promise<string[]> {
  let pack: OpenPack | null = null;
  try {
    pack = await openPack(folder, { provider: 'cpu', encoderThreads: 1, decoderThreads: 1 });
    const problems: string[] = [];
    for (const test of pack.manifest.selfTest) {
      const problem = await problemOf(pack, test);
      if (problem !== null) problems.push(`Self-test ${test.lane} ${test.from} → ${test.to} "${test.text}": ${problem}`);
    }
    return problems;
  } catch (error) {
    return [toEngineError(error).message];
  } finally {
    await pack?.release();
  }
}

async function problemOf(pack: OpenPack, test: PackManifest['selfTest'][number]): Promise<string | null> {
  const { manifest, tokenizer, encoder } = pack;
  const lane = pack.lanes.get(test.lane);
  const task = translateTask(manifest, { kind: 'translate', from: test.from, to: test.to });
  if (!lane || !task) return 'the pack has no such lane or language pair.';

  const sourceIds = tokenizer.encode(task.prefix, test.text);
  if (!same(sourceIds, test.sourceIds)) return `got prompt ids ${sourceIds.join(' ')}, expected ${test.sourceIds.join(' ')}.`;

  const hidden = lane.readsHidden ? await encoder.encode(sourceIds) : null;
  const conditioning = hidden && lane.project ? await lane.project(hidden) : hidden;
  const decoder = lane.decoder([await lane.prefill({ ids: sourceIds, conditioning })]);
  const limits = { startId: manifest.tokenizer.startId, eosId: manifest.tokenizer.eosId, maxTokens: lane.maxTokens };
  const ids: number[] = [];
  for await (const { keep, append } of greedy(decoder, limits)) ids.splice(keep, Infinity, ...append);
  if (!same(ids, test.targetIds)) return `got ids ${ids.join(' ')}, expected ${test.targetIds.join(' ')}.`;

  const detokenizer = new Detokenizer(tokenizer.pieceTexts);
  const text = detokenizer.push({ keep: 0, append: ids }).append + detokenizer.finish().append;
  return text === test.targetText.trimStart() ? null : `got "${text}", expected "${test.targetText}".`;
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((id, i) => id === b[i]);

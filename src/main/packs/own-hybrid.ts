/** The hybrid of an imported model (hybrid.json), before it is copied: whether it belongs to that model, and the lane that it makes. */
import { z } from 'zod';
import { OWN_HYBRID_FILE, OWN_HYBRID_GRAPHS, OWN_TOKENIZER_FILE, ownHybridSchema, type OwnHybrid } from '../../shared/own-hybrid';
import type { LaneModel } from '../../shared/pack';
import { reason } from '../reasons';
import { MOST_TEXT_BYTES } from './content';
import type { PlannedFile } from './import';
import { parsedJson, readText } from './native-pack';
import { getAgain, PackRefusal } from './refusal';
import type { PackSource, SourceFile } from './source';

type LlmLane = Extract<LaneModel, { prefillFrom: 'states' }>;

/** What a hybrid has to share with the LLM that it lies beside. */
export interface LlmFacts {
  dModel: number;
  startId: number;
  eosId: number;
  /** Ids that the tokenizer gives are below. */
  tokens: number;
}

/** Null where the source has none. Throws PackRefusal. */
export async function readOwnHybrid(source: PackSource): Promise<OwnHybrid | null> {
  const file = source.files.find(({ path }) => path === OWN_HYBRID_FILE);
  if (!file) return null;
  const parsed = ownHybridSchema.safeParse(parsedJson(await readText(file, MOST_TEXT_BYTES), file.path));
  if (parsed.success) return parsed.data;
  throw new PackRefusal(file.path, reason`${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}. ${exportAgain()}`);
}

/** Throws PackRefusal where the two do not fit. */
export function checkOwnHybrid({ llm, slm }: OwnHybrid, facts: LlmFacts): void {
  const refused = (problem: string) => new PackRefusal(OWN_HYBRID_FILE, reason`${problem}. ${exportAgain()}`);
  if (llm.dModel !== facts.dModel) throw refused(reason`made for an LLM of width ${llm.dModel}; config.json says ${facts.dModel}`);
  const got = `${slm.startId}, ${slm.eosId}`;
  if (slm.tokenizer === 'own') {
    if (Math.max(slm.startId, slm.eosId) < slm.vocabSize) return;
    throw refused(reason`the SLM’s first and last token are ${got}; it has ${slm.vocabSize}`);
  }
  if (slm.startId !== facts.startId || slm.eosId !== facts.eosId) {
    throw refused(reason`the SLM’s first and last token are ${got}; the LLM’s are ${`${facts.startId}, ${facts.eosId}`}`);
  }
  if (slm.vocabSize < facts.tokens) throw refused(reason`the SLM knows ${slm.vocabSize} tokens; tokenizer.json has ${facts.tokens}`);
}

/** What is to be copied: `llmFiles`, hybrid.json and its graphs, all that it names under the hashes that it says. Throws PackRefusal. */
export function hybridFiles(source: PackSource, { llm, files }: OwnHybrid, llmFiles: readonly SourceFile[]): PlannedFile[] {
  const hashes = new Map(Object.entries(llm.files));
  const missing = [...hashes.keys()].find((path) => !llmFiles.some((file) => file.path === path));
  if (missing !== undefined) throw new PackRefusal(missing, reason`missing; the hybrid was made with it. ${getAgain()}`);
  const own = source.files.filter(({ path }) => path === OWN_HYBRID_FILE);
  const named = Object.entries(files).flatMap(([path, expected]) => {
    if (!expected) return [];
    const { bytes, sha256 } = expected;
    const file = source.files.find((known) => known.path === path);
    if (!file) throw new PackRefusal(path, reason`missing; expected ${bytes} bytes. ${getAgain()}`);
    if (file.bytes !== bytes) throw new PackRefusal(path, reason`${file.bytes} bytes; expected ${bytes}. ${getAgain()}`);
    return [{ file, sha256 }];
  });
  return [...[...llmFiles, ...own].map((file) => ({ file, sha256: hashes.get(file.path) ?? null })), ...named];
}

/** Under the LLM's rules where they write the same tokens. */
export function hybridLane({ slm }: OwnHybrid, llm: LlmLane): LlmLane {
  const { layers, heads, headSize, startId, eosId, vocabSize } = slm;
  const graphs = { file: OWN_HYBRID_GRAPHS.decoder, nextFile: OWN_HYBRID_GRAPHS.decoderWithPast, layers, heads, headSize };
  if (slm.tokenizer === 'llm') return { ...llm, decoder: { ...llm.decoder, ...graphs } };
  const vocabulary = { file: OWN_TOKENIZER_FILE, startId, eosId, vocabSize };
  return { ...llm, decoder: { ...graphs, maxTokens: llm.decoder.maxTokens, maxStep: 1, bannedIds: [], vocabulary } };
}

const exportAgain = () => reason`Export the hybrid anew, for this model.`;

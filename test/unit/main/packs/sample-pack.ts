/** A small whole pack on disk: true sizes and hashes, no real graphs. For tests of what reads packs without running them. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TranslatingManifest } from '../../../../src/shared/pack';

const FILES: Record<string, string> = {
  'tokenizer.json': '{"tokens":[]}',
  'encoder.onnx': 'encoder',
  'llm/prefill.onnx': 'llm prefill',
  'llm/decoder.onnx': 'llm decoder',
};

export function sampleManifest(id = 'sample'): TranslatingManifest {
  return {
    format: 2,
    id,
    name: 'Sample',
    version: '1.0.0',
    description: 'For tests',
    licence: 'Apache-2.0',
    architecture: 'encoder-decoder',
    tasks: [{ kind: 'translate', from: 'en', to: 'de', prefix: 'translate English to German: ' }],
    tokenizer: { file: 'tokenizer.json', padId: 0, eosId: 1, unkId: 2, startId: 0, vocabSize: 8, codeIds: [] },
    maxSourceTokens: 64,
    topK: 8,
    encoder: { file: 'encoder.onnx', layers: 1, dModel: 8 },
    lanes: {
      llm: {
        prefillFrom: 'hidden',
        prefill: 'llm/prefill.onnx',
        decoder: { file: 'llm/decoder.onnx', layers: 1, heads: 1, headSize: 8, maxTokens: 64, maxStep: 16 },
      },
    },
    providers: ['cpu'],
    files: Object.entries(FILES).map(([path, content]) => ({
      path,
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    parameters: { llm: 1 },
    quality: [],
    selfTest: [],
    training: 'none',
  };
}

/** Writes the pack into `folder` and gives its manifest back. */
export async function writeSamplePack(folder: string, id?: string): Promise<TranslatingManifest> {
  const manifest = sampleManifest(id);
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await writeFile(join(folder, 'pack.json'), JSON.stringify(manifest));
  return manifest;
}

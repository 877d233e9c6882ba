/** A pack folder → its tokenizer and sessions, ready to run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngineConfig } from '../../shared/inference/engine';
import { OWN_HYBRID_FILE, ownHybridSchema } from '../../shared/own-hybrid';
import {
  laneSchema,
  packManifestSchema,
  type Lane,
  type Provider,
  type SummarizingManifest,
  type TranslatingManifest,
} from '../../shared/pack';
import { ON_CPU, type Places } from '../../shared/processors';
import { ByteTokenizer } from './byte-tokenizer';
import { EngineFailure } from './engine-failure';
import type { CausalLane, CausalReader } from './models/causal-lane';
import { ImportedTokenizer, readPieces } from './imported-tokenizer';
import { openEncoder, type Encoder } from './models/encoder';
import { openImportedEncoder } from './models/imported-lane';
import { openLane, type LanePlaces, type OpenLane } from './models/lanes';
import { openCausalModels } from './models/open-causal';
import { oneLine, type Session } from './models/session';
import { Tokenizer, type PromptTokenizer } from './tokenizer';

/** Where a pack's sessions run, and with how many threads. */
export type RunConfig = Omit<EngineConfig, 'packs'> & { places?: Places | undefined };

/** What packs of every kind have once they are open. */
interface Opened {
  readonly sessions: readonly Session[];
  /** Why it runs on the CPU and not in the places it was to run in, in the runtime's words; null: it runs where it should. */
  readonly fallback: string | null;
  release(): Promise<void>;
}

/** A pack that translates. */
export interface OpenPack extends Opened {
  readonly kind: 'translating';
  readonly manifest: TranslatingManifest;
  readonly tokenizer: PromptTokenizer;
  readonly encoder: Encoder;
  readonly lanes: ReadonlyMap<Lane, OpenLane>;
}

/** A pack that summarizes. */
export interface SummarizingPack extends Opened {
  readonly kind: 'summarizing';
  readonly manifest: SummarizingManifest;
  readonly tokenizer: ByteTokenizer;
  readonly reader: CausalReader;
  readonly lanes: ReadonlyMap<Lane, CausalLane>;
}

export type AnyOpenPack = OpenPack | SummarizingPack;

/**
 * Throws EngineFailure naming the file at fault; nothing is left open then. In places that cannot be had any more, it opens on the CPU; a
 * provider that was asked for is an error.
 */
export async function openPack(folder: string, config: RunConfig): Promise<AnyOpenPack> {
  if (config.places === undefined) return openAt(folder, { reading: config.provider, lanes: {} }, config, null);
  try {
    return await openAt(folder, config.places, config, null);
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.code !== 'provider-failed') throw error;
    return openAt(folder, ON_CPU, config, oneLine(error.cause));
  }
}

async function openAt(
  folder: string,
  { reading, lanes: writing }: Places,
  { encoderThreads, decoderThreads }: RunConfig,
  fallback: string | null,
): Promise<AnyOpenPack> {
  const manifest = await readJson(folder, 'pack.json', packManifestSchema);
  const placesOf = (provider: Provider): LanePlaces => ({
    encoder: { folder, provider, threads: encoderThreads },
    decoder: { folder, provider, threads: decoderThreads },
  });
  const toRead = placesOf(reading).encoder;
  const toWrite = (lane: Lane) => placesOf(writing[lane] ?? reading);
  const sessions: Session[] = [];
  const opened = (session: Session) => void sessions.push(session);
  const release = async () => {
    for (const session of sessions.splice(0)) await session.release();
  };
  try {
    switch (manifest.architecture) {
      case 'encoder-decoder': {
        const isImported = manifest.encoder.layout === 'optimum';
        const written = manifest.lanes.hybrid;
        const vocabulary = written?.prefillFrom === 'states' ? written.decoder.vocabulary : undefined;
        const own = vocabulary ? await openTokenizer(folder, vocabulary, readPieces) : null;
        const tokenizer = await openTokenizer(folder, manifest.tokenizer, (file) =>
          isImported ? new ImportedTokenizer(file, manifest, own?.pieceTexts ?? []) : new Tokenizer(file),
        );
        const encoder = isImported ? await openImportedEncoder(manifest, toRead) : await openEncoder(manifest.encoder, toRead);
        opened(encoder.session);
        const hybrid = isImported && manifest.lanes.hybrid ? await readJson(folder, OWN_HYBRID_FILE, ownHybridSchema) : null;
        const lanes = new Map<Lane, OpenLane>();
        for (const name of laneSchema.options) {
          const model = manifest.lanes[name];
          if (model) lanes.set(name, await openLane(name, model, manifest, hybrid, toWrite(name), opened));
        }
        return { kind: 'translating', manifest, tokenizer, encoder, lanes, sessions, fallback, release };
      }
      case 'decoder-only': {
        const tokenizer = await openTokenizer(folder, manifest.tokenizer, (file) => new ByteTokenizer(file));
        const models = await openCausalModels(manifest, toRead, toWrite('hybrid'), opened);
        return { kind: 'summarizing', manifest, tokenizer, ...models, sessions, fallback, release };
      }
      default:
        return manifest satisfies never;
    }
  } catch (error) {
    await release();
    throw error;
  }
}

async function openTokenizer<T extends { readonly vocabSize: number }>(
  folder: string,
  { file, vocabSize }: { file: string; vocabSize: number },
  open: (file: unknown) => T,
): Promise<T> {
  const opened = await readJson(folder, file, z.unknown().transform(open));
  if (opened.vocabSize <= vocabSize) return opened;
  const message = `"${file}" has ${opened.vocabSize} ids, expected at most ${vocabSize}. Install the pack again.`;
  throw new EngineFailure('pack-damaged', message);
}

async function readJson<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    throw new EngineFailure('pack-damaged', `"${file}" is missing from the pack or cannot be read. Install the pack again.`, {
      cause: error,
    });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : String(error);
    throw new EngineFailure('pack-damaged', `"${file}" cannot be read: ${reason}. Install the pack again.`, { cause: error });
  }
}

/** A pack folder → its tokenizer and sessions, ready to run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngineConfig } from '../../shared/inference';
import { laneSchema, packManifestSchema, type Lane, type PackManifest } from '../../shared/pack';
import { EngineFailure } from './engine-failure';
import { openEncoder, type Encoder } from './models/encoder';
import { openLane, type LanePlaces, type OpenLane } from './models/lanes';
import type { Session } from './models/session';
import { Tokenizer } from './tokenizer';

export interface OpenPack {
  readonly manifest: PackManifest;
  readonly tokenizer: Tokenizer;
  readonly encoder: Encoder;
  readonly lanes: ReadonlyMap<Lane, OpenLane>;
  readonly sessions: readonly Session[];
  release(): Promise<void>;
}

/** Throws EngineFailure naming the file at fault; nothing is left open then. */
export async function openPack(folder: string, config: Omit<EngineConfig, 'packs'>): Promise<OpenPack> {
  const manifest = await readJson(folder, 'pack.json', packManifestSchema);
  const tokenizer = await openTokenizer(folder, manifest);
  // A pack runs where it was tested; the status shows where that is.
  const provider = manifest.providers.includes(config.provider) ? config.provider : 'cpu';
  const places: LanePlaces = {
    encoder: { folder, provider, threads: config.encoderThreads },
    decoder: { folder, provider, threads: config.decoderThreads },
  };
  const sessions: Session[] = [];
  const release = async () => {
    for (const session of sessions.splice(0)) await session.release();
  };
  try {
    const encoder = await openEncoder(manifest.encoder, places.encoder);
    sessions.push(encoder.session);
    const lanes = new Map<Lane, OpenLane>();
    for (const name of laneSchema.options) {
      const model = manifest.lanes[name];
      if (model) lanes.set(name, await openLane(name, model, manifest, places, (session) => sessions.push(session)));
    }
    return { manifest, tokenizer, encoder, lanes, sessions, release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function openTokenizer(folder: string, { tokenizer }: PackManifest): Promise<Tokenizer> {
  const opened = await readJson(
    folder,
    tokenizer.file,
    z.unknown().transform((file) => new Tokenizer(file)),
  );
  if (opened.vocabSize <= tokenizer.vocabSize) return opened;
  const message = `"${tokenizer.file}" has ${opened.vocabSize} ids, expected at most ${tokenizer.vocabSize}. Install the pack again.`;
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

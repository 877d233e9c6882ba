/** The real engine over a MessageChannel with the tiny pack: what the integration tests share. */
import { cp, mkdtemp } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applyTextDelta } from '../../src/shared/inference/delta';
import type { EngineConfig } from '../../src/shared/inference/engine';
import type { GenerateEvent, GenerateInput } from '../../src/shared/inference-client';
import { translatingManifestSchema } from '../../src/shared/pack';

export const TINY = resolve('test/fixtures/packs/tiny');
export const tinyManifest = translatingManifestSchema.parse(JSON.parse(readFileSync(join(TINY, 'pack.json'), 'utf8')));

export const configOf = (folder: string): EngineConfig => ({
  packs: [{ packId: 'tiny', folder }],
  provider: 'cpu',
  encoderThreads: 1,
  decoderThreads: 1,
});

/** A copy that a test may damage. */
export async function copyOfTiny(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-tiny-'));
  await cp(TINY, folder, { recursive: true });
  return folder;
}

export const request: GenerateInput = {
  packId: 'tiny',
  task: { kind: 'translate', from: 'en', to: 'de' },
  lane: 'llm',
  decoding: { kind: 'greedy' },
  priority: 'interactive',
  text: 'Where is the station?',
};

export interface Collected {
  text: string;
  events: GenerateEvent[];
  /** The last event. */
  end: Extract<GenerateEvent, { kind: 'done' | 'failed' }>;
}

/** Reads a request to its end; `atEvent` may look at each event as it comes. */
export async function collect(
  events: AsyncIterable<GenerateEvent>,
  atEvent: (event: GenerateEvent) => void = () => {},
): Promise<Collected> {
  const all: GenerateEvent[] = [];
  let text = '';
  for await (const event of events) {
    all.push(event);
    if (event.kind === 'delta') {
      if (event.keep > text.length) throw new Error(`delta keeps ${event.keep} of ${text.length}`);
      text = applyTextDelta(text, event);
    }
    atEvent(event);
  }
  const ends = all.filter((event) => event.kind === 'done' || event.kind === 'failed');
  const [end] = ends;
  if (!end || ends.length !== 1 || all.at(-1) !== end) throw new Error(`got ${ends.length} ends, expected one, last`);
  return { text, events: all, end };
}

/** What all ports of the inference process share: packs, encodings, turn-taking, status. */
import type { EngineConfig, EngineStatus } from '../../shared/inference/engine';
import type { GenerateRequest, InferenceRequest } from '../../shared/inference/requests';
import type { RequestEvent } from '../../shared/inference-client';
import { candidates, versions } from './alternatives';
import { EncodingCache } from './encoding-cache';
import { generate, type GenerateContext } from './generate';
import { LoadedPacks } from './loaded-packs';
import { Scheduler } from './scheduler';
import { secondOpinion } from './second-opinion';
import { StageClock } from './stage-clock';
import { summarize, type SummarizeContext } from './summarize/summarize';
import { FIRST_RATES } from './summarize/work';
import { translateSegments } from './translate-segments';

/** What takes its turn with others, and ends. */
export type WorkRequest = Exclude<InferenceRequest, { kind: 'cancel' | 'warm' | 'status' }>;

/** About a thousand sentences of a large model. */
const ENCODING_CACHE_BYTES = 64 * 1024 * 1024;
/** A text as long as a model of 135 million parameters reads at once, or several shorter ones. */
const READING_CACHE_BYTES = 128 * 1024 * 1024;
/** Some ten thousand summaries of parts. */
const PART_CACHE_BYTES = 4 * 1024 * 1024;

export class Engine {
  private readonly packs = new LoadedPacks(
    () => this.tellStatus(),
    (cacheKey) => this.forget(cacheKey),
  );
  private readonly encodings = new EncodingCache(ENCODING_CACHE_BYTES);
  private readonly memory: SummarizeContext['memory'] = {
    readings: new EncodingCache(READING_CACHE_BYTES),
    parts: new EncodingCache(PART_CACHE_BYTES),
    rates: { ...FIRST_RATES },
  };
  private readonly scheduler = new Scheduler<RequestEvent>();
  private readonly statusListeners = new Set<(status: EngineStatus) => void>();

  async configure(config: EngineConfig): Promise<void> {
    // Whoever configures anew wants everything read anew.
    this.encodings.clear();
    this.memory.readings.clear();
    this.memory.parts.clear();
    await this.packs.configure(config);
  }

  /** Emits the request's events; the last one is `done` or `failed`. `onEnd` follows it. */
  run(request: WorkRequest, signal: AbortSignal, emit: (event: RequestEvent) => void, onEnd: () => void): void {
    const context = { packs: this.packs, encodings: this.encodings, memory: this.memory, signal };
    this.scheduler.add({
      priority: priorityOf(request),
      signal,
      steps: this.steps(request, context),
      emit,
      onEnd: () => {
        onEnd();
        this.tellStatus();
      },
    });
    this.tellStatus();
  }

  warm(packId: string): Promise<void> {
    return this.packs.warm(packId);
  }

  status(): EngineStatus {
    const { budgetBytes } = this.packs;
    const residentBytes = process.memoryUsage.rss();
    return {
      packs: this.packs.statuses(),
      residentBytes,
      ...(budgetBytes !== undefined && { budgetBytes }),
      pending: this.scheduler.pending,
    };
  }

  /** Returns the function that stops listening. */
  onStatus(listener: (status: EngineStatus) => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  /** Releases every session that no request uses; those in use when their request ends. */
  close(): Promise<void> {
    return this.packs.close();
  }

  /** Says first that the pack has to be opened, where it has. */
  private async *steps(
    request: WorkRequest,
    context: GenerateContext & SummarizeContext,
  ): AsyncGenerator<RequestEvent | null, void, undefined> {
    if (this.packs.isClosed(request.packId))
      yield { kind: 'stage', id: request.id, stage: 'load', segment: -1, timings: new StageClock().timings() };
    yield* stepsOf(request, context);
  }

  private forget(cacheKey: string): void {
    for (const cache of [this.encodings, this.memory.readings, this.memory.parts]) cache.forget(cacheKey);
  }

  private tellStatus(): void {
    if (this.statusListeners.size === 0) return;
    const status = this.status();
    for (const listener of this.statusListeners) listener(status);
  }
}

/** Documents and summaries take their time: what is typed and asked goes first. */
function priorityOf(request: WorkRequest): GenerateRequest['priority'] {
  if (request.kind === 'generate') return request.priority;
  return request.kind === 'segments' || request.kind === 'summarize' ? 'batch' : 'interactive';
}

function stepsOf(request: WorkRequest, context: GenerateContext & SummarizeContext): AsyncGenerator<RequestEvent | null, void, undefined> {
  switch (request.kind) {
    case 'generate':
    case 'continue':
      return generate(request, context);
    case 'segments':
      return translateSegments(request, context);
    case 'summarize':
      return summarize(request, context);
    case 'versions':
      return versions(request, context);
    case 'candidates':
      return candidates(request, context);
    case 'opinion':
      return secondOpinion(request, context);
    default:
      return request satisfies never;
  }
}

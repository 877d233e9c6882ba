/** What all ports of the inference process share: packs, encodings, turn-taking, status. */
import type { EngineConfig, EngineStatus, GenerateRequest, SegmentsRequest } from '../../shared/inference';
import type { RequestEvent } from '../../shared/inference-client';
import { EncodingCache } from './encoding-cache';
import { generate } from './generate';
import { LoadedPacks } from './loaded-packs';
import { Scheduler } from './scheduler';
import { translateSegments } from './translate-segments';

/** About a thousand sentences of a large model. */
const ENCODING_CACHE_BYTES = 64 * 1024 * 1024;

export class Engine {
  private readonly packs = new LoadedPacks(() => this.tellStatus());
  private readonly encodings = new EncodingCache(ENCODING_CACHE_BYTES);
  private readonly scheduler = new Scheduler<RequestEvent>();
  private readonly statusListeners = new Set<(status: EngineStatus) => void>();

  async configure(config: EngineConfig): Promise<void> {
    // Packs that close leave theirs behind.
    this.encodings.clear();
    await this.packs.configure(config);
  }

  /** Emits the request's events; the last one is `done` or `failed`. `onEnd` follows it. */
  run(request: GenerateRequest | SegmentsRequest, signal: AbortSignal, emit: (event: RequestEvent) => void, onEnd: () => void): void {
    const context = { packs: this.packs, encodings: this.encodings, signal };
    this.scheduler.add({
      priority: request.kind === 'generate' ? request.priority : 'batch',
      signal,
      steps: request.kind === 'generate' ? generate(request, context) : translateSegments(request, context),
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
    return { packs: this.packs.statuses(), residentBytes: process.memoryUsage.rss(), pending: this.scheduler.pending };
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

  private tellStatus(): void {
    if (this.statusListeners.size === 0) return;
    const status = this.status();
    for (const listener of this.statusListeners) listener(status);
  }
}

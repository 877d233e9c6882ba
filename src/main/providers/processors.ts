/**
 * Which provider runs which part of a pack: tests them one after the other when somebody asks, remembers what came of it, and says where to
 * run. Knows processes only through `start`; never touches the engine that is working.
 */
import type { PackEntry } from '../../shared/app-api';
import type { PackManifest, Provider } from '../../shared/pack';
import { placesOf, type Places, type ProcessorsState, type ProbeOutcome } from '../../shared/processors';
import { reason } from '../reasons';
import { runProbe, type ProbeProcess } from './run-probe';
import type { ProbeResults } from './results';

type UsablePack = Extract<PackEntry, { state: 'ok' }>;

export interface ProcessorsOptions {
  /** Besides the CPU. */
  providers: readonly Provider[];
  results: ProbeResults;
  packs(): readonly PackEntry[];
  threads(): { encoderThreads: number; decoderThreads: number };
  start(): ProbeProcess;
  onState(state: ProcessorsState): void;
  /** What `placesOf` says has changed. */
  onPlaces(): void;
  /** See runProbe. */
  silenceMs?: number;
}

export class Processors {
  private testing: ProcessorsState['testing'] = null;
  private running = new AbortController();

  constructor(private readonly options: ProcessorsOptions) {}

  state(): ProcessorsState {
    const tested = this.usable().flatMap(({ manifest }) => {
      const results = this.options.results.of(manifest);
      return results.length === 0 ? [] : [[manifest.id, { results, places: placesOf(results) }] as const];
    });
    return { providers: this.options.providers, packs: Object.fromEntries(tested), testing: this.testing };
  }

  /** As tests chose; the CPU where nothing was tested. */
  placesOf(manifest: PackManifest): Places {
    return placesOf(this.options.results.of(manifest));
  }

  /**
   * Tests one provider, or all but those whose process died or hung with this pack. Ends early, keeping what is done, when it is cancelled.
   * Throws where there is nothing to test, where a test is under way, and ProbeRefused where the pack does not run at all.
   */
  async test(packId: string, provider: Provider | null): Promise<void> {
    const pack = this.packOf(packId);
    if (this.testing !== null) throw new Error(reason`A test is under way. Wait until it is done, or cancel it.`);
    const chosen = provider === null ? this.untroubled(pack.manifest) : this.options.providers.filter((offered) => offered === provider);
    if (chosen.length === 0) throw new Error(this.nothingToTest(provider));
    const { signal } = (this.running = new AbortController());
    try {
      for (const next of chosen) {
        this.enter({ packId, provider: next, done: 0, steps: 0 });
        const outcome = await this.probe(pack, next, signal);
        await this.change(pack.manifest, () => this.options.results.set(pack.manifest, next, outcome));
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.enter(null);
    }
  }

  cancel(): void {
    this.running.abort();
  }

  async forget(packId: string): Promise<void> {
    const { manifest } = this.packOf(packId);
    await this.change(manifest, () => this.options.results.forget(manifest));
    this.options.onState(this.state());
  }

  /** The engine ended by itself: providers it worked with are left alone until they are tested again. */
  async engineDied(): Promise<void> {
    const written = this.usable().flatMap(({ manifest }) => {
      const { reading, lanes } = this.placesOf(manifest);
      const used = new Set([reading, ...Object.values(lanes)].filter((provider) => provider !== 'cpu'));
      return [...used].map((provider) => this.options.results.set(manifest, provider, { kind: 'crashed', during: 'work' }));
    });
    if (written.length === 0) return;
    // Before the file is written: the next engine is started soon, and must not go there again.
    this.options.onPlaces();
    this.options.onState(this.state());
    await Promise.all(written);
  }

  /** An engine whose places stay as they are is left in peace. */
  private async change(manifest: PackManifest, make: () => Promise<void>): Promise<void> {
    const before = JSON.stringify(this.placesOf(manifest));
    await make();
    if (JSON.stringify(this.placesOf(manifest)) !== before) this.options.onPlaces();
  }

  private probe({ folder }: UsablePack, provider: Provider, signal: AbortSignal): Promise<ProbeOutcome> {
    const { start, threads, silenceMs } = this.options;
    const { encoderThreads, decoderThreads } = threads();
    return runProbe(
      { folder, provider, encoderThreads, decoderThreads },
      {
        start,
        onProgress: (done, steps) => this.testing && this.enter({ ...this.testing, done, steps }),
        signal,
        ...(silenceMs !== undefined && { silenceMs }),
      },
    );
  }

  private enter(testing: ProcessorsState['testing']): void {
    this.testing = testing;
    this.options.onState(this.state());
  }

  private usable(): UsablePack[] {
    return this.options.packs().filter((entry) => entry.state === 'ok');
  }

  private packOf(packId: string): UsablePack {
    const pack = this.usable().find(({ manifest }) => manifest.id === packId);
    if (!pack) throw new Error(reason`There is no usable pack “${packId}”. Look for packs again.`);
    return pack;
  }

  private untroubled(manifest: PackManifest): readonly Provider[] {
    const troubled = this.options.results.of(manifest).filter(({ outcome }) => outcome.kind === 'crashed' || outcome.kind === 'hung');
    return this.options.providers.filter((provider) => !troubled.some((result) => result.provider === provider));
  }

  private nothingToTest(provider: Provider | null): string {
    const { providers } = this.options;
    if (providers.length === 0) return reason`The runtime has nothing but the CPU on this system: there is nothing to test.`;
    if (provider !== null) return reason`The runtime has no “${provider}” on this system. It has: ${providers.join(', ')}.`;
    return reason`Every provider ended or blocked its test before. Ask for one by its name to try it again.`;
  }
}

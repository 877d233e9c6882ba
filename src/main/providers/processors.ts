/**
 * Which provider runs which part of a pack: tests them one after the other when somebody asks, remembers what came of it, and says where to
 * run. Knows processes only through `start`; never touches the engine that is working.
 */
import type { PackEntry } from '../../shared/app-api';
import type { PackManifest, Provider } from '../../shared/pack';
import { isOnCpu, placesOf, type Places, type ProcessorsState, type ProbeOutcome } from '../../shared/processors';
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
    if (this.testing !== null) throw new Error('A test is under way. Wait until it is done, or cancel it.');
    const chosen = provider === null ? this.untroubled(pack.manifest) : this.options.providers.filter((offered) => offered === provider);
    if (chosen.length === 0) throw new Error(this.nothingToTest(provider));
    const { signal } = (this.running = new AbortController());
    try {
      for (const next of chosen) {
        this.enter({ packId, provider: next, done: 0, steps: 0 });
        await this.options.results.set(pack.manifest, next, await this.probe(pack, next, signal));
        this.options.onPlaces();
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
    await this.options.results.forget(this.packOf(packId).manifest, null);
    this.options.onPlaces();
    this.options.onState(this.state());
  }

  /** The engine ended by itself: providers it worked with are left alone until they are tested again. */
  async engineDied(): Promise<void> {
    const placed = this.usable().filter(({ manifest }) => !isOnCpu(this.placesOf(manifest)));
    if (placed.length === 0) return;
    const died: ProbeOutcome = { kind: 'crashed', during: 'work' };
    for (const { manifest } of placed) {
      const { reading, lanes } = this.placesOf(manifest);
      for (const provider of new Set([reading, ...Object.values(lanes)])) {
        if (provider !== 'cpu') await this.options.results.set(manifest, provider, died);
      }
    }
    this.options.onPlaces();
    this.options.onState(this.state());
  }

  private probe({ folder }: UsablePack, provider: Provider, signal: AbortSignal): Promise<ProbeOutcome> {
    const { start, threads, silenceMs } = this.options;
    return runProbe(
      { folder, provider, ...threads() },
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
    if (!pack) throw new Error(`There is no usable pack "${packId}". Look for packs again.`);
    return pack;
  }

  private untroubled(manifest: PackManifest): readonly Provider[] {
    const troubled = this.options.results.of(manifest).filter(({ outcome }) => outcome.kind === 'crashed' || outcome.kind === 'hung');
    return this.options.providers.filter((provider) => !troubled.some((result) => result.provider === provider));
  }

  private nothingToTest(provider: Provider | null): string {
    const { providers } = this.options;
    if (providers.length === 0) return 'The runtime has nothing but the CPU on this system: there is nothing to test.';
    if (provider !== null) return `The runtime has no "${provider}" on this system; expected ${providers.join(' or ')}.`;
    return 'Every provider ended or blocked its test before. Ask for one by its name to try it again.';
  }
}

/** For the engine: left out where the CPU does all. */
export const placesForEngine = (places: Places): Places | undefined => (isOnCpu(places) ? undefined : places);

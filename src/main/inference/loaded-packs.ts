/**
 * Which packs there are and which of them are open. A pack opens at its first use, or when warmed, and stays open until the
 * configuration no longer has it. Requests hold the packs they use, so none closes under them.
 */
import type { EngineConfig, EngineError, EngineStatus } from '../../shared/inference';
import { EngineFailure, toEngineError } from './engine-failure';
import { openPack, type AnyOpenPack, type OpenPack, type RunConfig, type SummarizingPack } from './open-pack';

type PackStatus = EngineStatus['packs'][number];

interface Entry {
  readonly packId: string;
  readonly cacheKey: string;
  readonly folder: string;
  readonly config: RunConfig;
  opening: Promise<AnyOpenPack> | null;
  state: PackStatus['state'];
  error: EngineError | null;
  openMs: number | null;
  pack: AnyOpenPack | null;
  users: number;
  /** No longer in the configuration: closes when its last user is done. */
  retired: boolean;
}

export interface PackLease<P extends AnyOpenPack = OpenPack> {
  readonly pack: P;
  /** Another one for each time a pack opens: what was computed with other weights must not be taken for its own. */
  readonly cacheKey: string;
  release(): Promise<void>;
}

export class LoadedPacks {
  private entries = new Map<string, Entry>();
  private opened = 0;

  /** `onChange` is called whenever `statuses` gives something else. */
  constructor(private readonly onChange: () => void) {}

  /** Packs that are the same stay open; those that failed may be tried again. */
  async configure({ packs, ...shared }: EngineConfig): Promise<void> {
    const before = this.entries;
    this.entries = new Map();
    for (const { packId, folder, places } of packs) {
      const config = { ...shared, places };
      const known = before.get(packId);
      const unchanged = known && known.state !== 'failed' && known.folder === folder && sameConfig(known.config, config);
      this.entries.set(packId, unchanged ? known : newEntry(packId, `${packId}#${this.opened++}`, folder, config));
      if (unchanged) before.delete(packId);
    }
    this.onChange();
    for (const entry of before.values()) await this.retire(entry);
  }

  /** A pack that translates; as `lease`. */
  async use(packId: string): Promise<PackLease> {
    const { pack, ...lease } = await this.lease(packId);
    if (pack.kind === 'translating') return { pack, ...lease };
    await lease.release();
    throw new EngineFailure(
      'unsupported-request',
      `"${pack.manifest.name}" summarizes and does not translate. Choose a pack that translates.`,
    );
  }

  /** A pack that summarizes; as `lease`. */
  async useToSummarize(packId: string): Promise<PackLease<SummarizingPack>> {
    const { pack, ...lease } = await this.lease(packId);
    if (pack.kind === 'summarizing') return { pack, ...lease };
    await lease.release();
    throw new EngineFailure(
      'unsupported-request',
      `"${pack.manifest.name}" translates and does not summarize. Choose a pack that summarizes.`,
    );
  }

  /** Opens the pack where it is not. Throws EngineFailure; a pack that failed is tried again by `warm` and `configure` only. */
  private async lease(packId: string): Promise<PackLease<AnyOpenPack>> {
    const entry = this.entries.get(packId);
    if (!entry) {
      const known = [...this.entries.keys()].join(', ') || 'none';
      throw new EngineFailure('pack-missing', `There is no pack "${packId}". Installed packs: ${known}.`);
    }
    if (entry.error) throw new EngineFailure(entry.error.code, entry.error.message);
    entry.users++;
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      entry.users--;
      if (entry.retired) await this.retire(entry);
    };
    try {
      const pack = entry.pack ?? (await (entry.opening ??= this.open(entry)));
      return { pack, cacheKey: entry.cacheKey, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Opens ahead of use; a failure shows in the status. */
  async warm(packId: string): Promise<void> {
    const entry = this.entries.get(packId);
    if (!entry) return;
    entry.error = null;
    try {
      const lease = await this.lease(packId);
      await lease.release();
    } catch (error) {
      // Expected failures are in the status already.
      if (!(error instanceof EngineFailure)) throw error;
    }
  }

  statuses(): PackStatus[] {
    return Array.from(this.entries.values(), ({ packId, state, error, openMs, pack }) => ({
      packId,
      state,
      error,
      openMs,
      sessions: pack?.sessions.map((session) => session.status) ?? [],
      ...(pack?.fallback != null && { fallback: pack.fallback }),
    }));
  }

  async close(): Promise<void> {
    const entries = [...this.entries.values()];
    this.entries = new Map();
    for (const entry of entries) await this.retire(entry);
  }

  private async open(entry: Entry): Promise<AnyOpenPack> {
    const start = performance.now();
    entry.state = 'opening';
    this.onChange();
    try {
      entry.pack = await openPack(entry.folder, entry.config);
      entry.state = 'ready';
      entry.openMs = performance.now() - start;
      return entry.pack;
    } catch (error) {
      entry.state = 'failed';
      entry.error = toEngineError(error);
      throw error instanceof EngineFailure ? error : new EngineFailure('internal', entry.error.message, { cause: error });
    } finally {
      entry.opening = null;
      this.onChange();
    }
  }

  private async retire(entry: Entry): Promise<void> {
    entry.retired = true;
    if (entry.users > 0) return;
    const pack = entry.pack;
    entry.pack = null;
    entry.state = 'closed';
    await pack?.release();
  }
}

function newEntry(packId: string, cacheKey: string, folder: string, config: Entry['config']): Entry {
  return {
    packId,
    cacheKey,
    folder,
    config,
    opening: null,
    state: 'closed',
    error: null,
    openMs: null,
    pack: null,
    users: 0,
    retired: false,
  };
}

function sameConfig(a: Entry['config'], b: Entry['config']): boolean {
  return (
    a.provider === b.provider &&
    a.encoderThreads === b.encoderThreads &&
    a.decoderThreads === b.decoderThreads &&
    JSON.stringify(a.places) === JSON.stringify(b.places)
  );
}

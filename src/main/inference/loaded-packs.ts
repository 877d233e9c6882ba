/**
 * Which packs there are and which of them are open. A pack opens at its first use, or when warmed. It closes when the configuration no longer
 * has it, when others need its memory, or when nobody used it for a while; the next request opens it again. Requests hold the packs they use,
 * so none closes under them.
 */
import type { EngineConfig, EngineError, EngineStatus, PackMemory } from '../../shared/inference/engine';
import { collectGarbage } from './collect-garbage';
import { EngineFailure, toEngineError } from './engine-failure';
import { packToClose } from './pack-budget';
import { openPack, type AnyOpenPack, type OpenPack, type RunConfig, type SummarizingPack } from './open-pack';

type PackStatus = EngineStatus['packs'][number];

interface Entry {
  readonly packId: string;
  /** Of the last time it opened. */
  cacheKey: string;
  readonly folder: string;
  readonly config: RunConfig;
  opening: Promise<AnyOpenPack> | null;
  state: PackStatus['state'];
  error: EngineError | null;
  openMs: number | null;
  pack: AnyOpenPack | null;
  users: number;
  /** The largest of what was measured; a pack that opens into memory that another left seems to take none. */
  memoryBytes: number;
  lastUse: number;
  /** Closes it. */
  resting: NodeJS.Timeout | null;
  /** No longer in the configuration: closes when its last user is done. */
  retired: boolean;
}

export interface PackLease<P extends AnyOpenPack = OpenPack> {
  readonly pack: P;
  /** Another one for each time a pack opens: what was computed with other weights must not be taken for its own. */
  readonly cacheKey: string;
  /** What opening it took; null: it was open. */
  readonly loadMs: number | null;
  release(): Promise<void>;
}

export class LoadedPacks {
  private entries = new Map<string, Entry>();
  private memory: PackMemory | null = null;
  private opened = 0;
  private uses = 0;

  /** `onChange` is called whenever `statuses` gives something else; `onClose` with what closes: nothing will be asked of its `cacheKey` again. */
  constructor(
    private readonly onChange: () => void,
    private readonly onClose: (cacheKey: string) => void = () => {},
  ) {}

  /** Packs that are the same stay open; what was open otherwise, or failed, opens anew, and what was closed to save memory stays so. */
  async configure({ packs, memory, ...shared }: EngineConfig): Promise<void> {
    this.memory = memory ?? null;
    const before = this.entries;
    const reopened: string[] = [];
    this.entries = new Map();
    for (const { packId, folder, places } of packs) {
      const config = { ...shared, places };
      const known = before.get(packId);
      const unchanged = known && known.state !== 'failed' && known.folder === folder && sameConfig(known.config, config);
      this.entries.set(packId, unchanged ? known : newEntry(packId, folder, config, known?.openMs ?? null));
      if (unchanged) before.delete(packId);
      else if (known && known.state !== 'closed') reopened.push(packId);
    }
    this.onChange();
    for (const entry of before.values()) await this.retire(entry);
    for (const entry of this.entries.values()) this.rest(entry);
    await this.makeRoom();
    // Whoever configures does not wait for it.
    void this.warmAll(reopened);
  }

  get budgetBytes(): number | undefined {
    return this.memory?.budgetBytes;
  }

  /** Whether the next request opens it. */
  isClosed(packId: string): boolean {
    const entry = this.entries.get(packId);
    return entry !== undefined && entry.pack === null && entry.error === null;
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
    entry.lastUse = ++this.uses;
    if (entry.resting) clearTimeout(entry.resting);
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      entry.users--;
      if (entry.retired) await this.retire(entry);
      else {
        this.rest(entry);
        await this.makeRoom();
      }
    };
    try {
      if (entry.pack) return { pack: entry.pack, cacheKey: entry.cacheKey, loadMs: null, release };
      const start = performance.now();
      const pack = await (entry.opening ??= this.open(entry));
      return { pack, cacheKey: entry.cacheKey, loadMs: performance.now() - start, release };
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

  private async warmAll(packIds: readonly string[]): Promise<void> {
    for (const packId of packIds) await this.warm(packId);
  }

  statuses(): PackStatus[] {
    return Array.from(this.entries.values(), ({ packId, state, error, openMs, memoryBytes, pack }) => ({
      packId,
      state,
      error,
      openMs,
      ...(pack && { memoryBytes }),
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
    entry.state = 'opening';
    this.onChange();
    try {
      await this.makeRoom();
      const start = performance.now();
      const residentBytes = process.memoryUsage.rss();
      const pack = await openPack(entry.folder, entry.config);
      const weights = pack.sessions.reduce((sum, { status }) => sum + status.bytes, 0);
      entry.memoryBytes = Math.max(entry.memoryBytes, weights, process.memoryUsage.rss() - residentBytes);
      entry.pack = pack;
      entry.cacheKey = `${entry.packId}#${this.opened++}`;
      entry.state = 'ready';
      entry.openMs = performance.now() - start;
      await this.makeRoom();
      return pack;
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
    if (entry.users === 0) await this.shut(entry);
  }

  /** Looks anew after each pack that it closes: what was free may be in use by then. */
  private async makeRoom(): Promise<void> {
    for (let entry = this.firstToClose(); entry; entry = this.firstToClose()) await this.shut(entry);
  }

  private firstToClose(): Entry | undefined {
    if (!this.memory) return undefined;
    const taking = [...this.entries.values()].filter(({ state }) => state === 'opening' || state === 'ready');
    return packToClose(taking, this.memory.budgetBytes);
  }

  /** Where nobody uses it, it closes after a while. */
  private rest(entry: Entry): void {
    if (entry.resting) clearTimeout(entry.resting);
    if (!this.memory || !entry.pack || entry.users > 0) return;
    entry.resting = setTimeout(() => void this.shut(entry), this.memory.idleMs).unref();
  }

  /** Nobody uses it. */
  private async shut(entry: Entry): Promise<void> {
    if (entry.resting) clearTimeout(entry.resting);
    if (entry.pack === null) return;
    await this.letGo(entry);
    collectGarbage();
    this.onChange();
  }

  /** Apart from `shut`, whose frame would hold the pack while garbage is collected. */
  private async letGo(entry: Entry): Promise<void> {
    const { pack, cacheKey } = entry;
    entry.pack = null;
    entry.state = 'closed';
    this.onClose(cacheKey);
    await pack?.release();
  }
}

function newEntry(packId: string, folder: string, config: Entry['config'], openMs: number | null): Entry {
  return {
    packId,
    cacheKey: '',
    folder,
    config,
    opening: null,
    state: 'closed',
    error: null,
    openMs,
    pack: null,
    users: 0,
    memoryBytes: 0,
    lastUse: 0,
    resting: null,
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

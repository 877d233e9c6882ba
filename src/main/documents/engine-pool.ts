/**
 * Inference processes of documents' own, beside the one that serves typing: each starts when a job first asks for it, and all end when no job
 * has come for a while. For one job at a time. Knows no document, and not how processes are made.
 */
import type { EngineState } from '../../shared/app-api';
import type { EngineConfig } from '../../shared/inference/engine';
import type { Port } from '../../shared/inference-client';
import { clientOf } from '../engine-client';
import type { InferenceHost } from '../inference-host';
import type { Connect, Engines } from './engines';

/** How documents are translated with a pack. */
export interface EnginePlan {
  /** 0: the shared engine does it. */
  readonly processes: number;
  readonly config: EngineConfig;
  /** What the pack takes in each process. */
  readonly packBytes: number;
}

export interface EnginePoolOptions {
  plan(packId: string): EnginePlan;
  /** Starts a process, which is supervised from then on. */
  start(config: EngineConfig): InferenceHost<Port>;
  readonly shared: Connect;
  /** How long processes wait for another job, milliseconds. */
  readonly lingerMs: number;
  /** Called when `packBytes` is another. */
  onPackBytes(): void;
}

interface Seat {
  readonly host: InferenceHost<Port>;
  readonly connect: Connect;
}

export class EnginePool {
  private readonly seats = new Map<number, Seat>();
  /** The pack that processes are there for. */
  private packId: string | null = null;
  private reservedBytes = 0;
  private ending: NodeJS.Timeout | undefined;

  constructor(private readonly options: EnginePoolOptions) {}

  /** What packs may take in all processes together, from the beginning of a job until the processes have ended. */
  get packBytes(): number {
    return this.reservedBytes;
  }

  /** Of the processes that are there. */
  states(): EngineState[] {
    return Array.from(this.seats.values(), ({ host }) => host.state());
  }

  use(packId: string): Engines {
    clearTimeout(this.ending);
    this.packId = packId;
    const { processes, config, packBytes } = this.options.plan(packId);
    for (const [at, { host }] of this.seats) {
      if (at < processes && isOfUse(host.state())) host.configure(config);
      else this.end(at);
    }
    this.reserve(processes * packBytes);
    const own = Array.from(
      { length: processes },
      (_, at): Connect =>
        (signal) =>
          this.seat(at, packId).connect(signal),
    );
    return {
      connects: processes === 0 ? [this.options.shared] : own,
      release: () => {
        this.ending = setTimeout(() => this.stop(), this.options.lingerMs);
      },
    };
  }

  /** Packs or settings have changed: processes are told; how many there are is the next job's. */
  configure(): void {
    if (this.packId === null) return;
    const { config } = this.options.plan(this.packId);
    for (const { host } of this.seats.values()) host.configure(config);
  }

  /** Ends every process at once. */
  stop(): void {
    clearTimeout(this.ending);
    this.packId = null;
    for (const at of this.seats.keys()) this.end(at);
    this.reserve(0);
  }

  private seat(at: number, packId: string): Seat {
    const known = this.seats.get(at);
    if (known) return known;
    const host = this.options.start(this.options.plan(packId).config);
    const seat = { host, connect: clientOf(host) };
    this.seats.set(at, seat);
    return seat;
  }

  private end(at: number): void {
    this.seats.get(at)?.host.stop();
    this.seats.delete(at);
  }

  private reserve(bytes: number): void {
    if (bytes === this.reservedBytes) return;
    this.reservedBytes = bytes;
    this.options.onPackBytes();
  }
}

const isOfUse = ({ kind }: EngineState): boolean => kind !== 'stopped' && kind !== 'unusable';

/**
 * The one client of the inference process: window, document job, CLI and bench use it over whatever port they have.
 * Knows requests, events and ends; knows no panel, no pack and no transport.
 */
import type { EngineError, EngineStatus } from './inference/engine';
import { inferenceEventSchema, type InferenceEvent } from './inference/events';
import type {
  CandidatesRequest,
  ContinueRequest,
  GenerateRequest,
  InferenceRequestInput,
  OpinionRequest,
  SummarizeRequest,
  VersionsRequest,
} from './inference/requests';

/** A message port of any make (DOM, Node, Electron) seen as four functions. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other side is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

export type RequestEvent = Extract<InferenceEvent, { id: number }>;
export type GenerateEvent = Extract<RequestEvent, { kind: 'started' | 'stage' | 'delta' | 'sentence' | 'done' | 'failed' }>;
export type GenerateInput = Omit<GenerateRequest, 'kind' | 'id'>;
export type ContinueInput = Omit<ContinueRequest, 'kind' | 'id'>;
export type VersionsEvent = Extract<RequestEvent, { kind: 'versions' | 'done' | 'failed' }>;
export type VersionsInput = Omit<VersionsRequest, 'kind' | 'id'>;
export type CandidatesEvent = Extract<RequestEvent, { kind: 'candidates' | 'done' | 'failed' }>;
export type CandidatesInput = Omit<CandidatesRequest, 'kind' | 'id'>;
export type OpinionEvent = Extract<RequestEvent, { kind: 'opinion' | 'done' | 'failed' }>;
export type OpinionInput = Omit<OpinionRequest, 'kind' | 'id'>;
export type SummarizeEvent = Extract<RequestEvent, { kind: 'started' | 'plan' | 'part' | 'stage' | 'delta' | 'done' | 'failed' }>;
export type SummarizeInput = Omit<SummarizeRequest, 'kind' | 'id'>;
export type SegmentsEvent = Extract<RequestEvent, { kind: 'started' | 'segment' | 'done' | 'failed' }>;
export type SegmentsInput = Omit<Extract<InferenceRequestInput, { kind: 'segments' }>, 'kind' | 'id'>;

const PROCESS_DIED: EngineError = {
  code: 'process-died',
  message: 'The translation engine stopped unexpectedly. It is being restarted; try again.',
};

interface Pending {
  push(event: RequestEvent): void;
}

export class InferenceClient {
  private nextId = 0;
  private closed = false;
  private readonly pending = new Map<number, Pending>();

  constructor(
    private readonly port: Port,
    private readonly onStatus: (status: EngineStatus) => void = () => {},
  ) {
    port.onMessage((message) => this.receive(inferenceEventSchema.parse(message)));
    port.onClose(() => this.fail());
  }

  /**
   * Streams the events of one request; the last one is `done` or `failed`, exactly once, also when the process dies.
   * Aborting the signal asks for a cancel; the stream then ends with `done` and finish `cancelled`. Never throws.
   */
  async *generate(input: GenerateInput, signal?: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'generate', id, ...input }), signal)) {
      if (isGenerateEvent(event)) yield event;
    }
  }

  /** As `generate`, for one sentence whose output begins as given. */
  async *continueFrom(input: ContinueInput, signal?: AbortSignal): AsyncGenerator<GenerateEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'continue', id, ...input }), signal)) {
      if (isGenerateEvent(event)) yield event;
    }
  }

  /** Other outputs of one sentence: one `versions`, then the end. Ends as `generate` does. */
  async *versions(input: VersionsInput, signal?: AbortSignal): AsyncGenerator<VersionsEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'versions', id, ...input }), signal)) {
      if (event.kind === 'versions' || event.kind === 'done' || event.kind === 'failed') yield event;
    }
  }

  /** Other words in one place: one `candidates` a lane, then the end. Ends as `generate` does. */
  async *candidates(input: CandidatesInput, signal?: AbortSignal): AsyncGenerator<CandidatesEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'candidates', id, ...input }), signal)) {
      if (event.kind === 'candidates' || event.kind === 'done' || event.kind === 'failed') yield event;
    }
  }

  /** The LLM's opinion of what was written: one `opinion` a sentence, then the end. Ends as `generate` does. */
  async *opinion(input: OpinionInput, signal?: AbortSignal): AsyncGenerator<OpinionEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'opinion', id, ...input }), signal)) {
      if (event.kind === 'opinion' || event.kind === 'done' || event.kind === 'failed') yield event;
    }
  }

  /** As `generate`, for the segments of a document. Each of them has its event before `done`, unless it was cancelled. */
  async *translateSegments(input: SegmentsInput, signal?: AbortSignal): AsyncGenerator<SegmentsEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'segments', id, ...input }), signal)) {
      if (event.kind === 'started' || event.kind === 'segment' || event.kind === 'done' || event.kind === 'failed') yield event;
    }
  }

  /** As `generate`, for a summary: its plan comes after `started`, and `done` carries what each sentence rests on. */
  async *summarize(input: SummarizeInput, signal?: AbortSignal): AsyncGenerator<SummarizeEvent, void, undefined> {
    for await (const event of this.stream((id) => ({ kind: 'summarize', id, ...input }), signal)) {
      if (event.kind === 'plan' || event.kind === 'part' || (isGenerateEvent(event) && event.kind !== 'sentence')) yield event;
    }
  }

  warm(packId: string): void {
    this.send({ kind: 'warm', packId });
  }

  /** Asks for a status; it arrives at `onStatus`, as every later change does. */
  requestStatus(): void {
    this.send({ kind: 'status' });
  }

  close(): void {
    this.fail();
    this.port.close();
  }

  private async *stream(
    requestOf: (id: number) => InferenceRequestInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RequestEvent, void, undefined> {
    const id = this.nextId++;
    if (this.closed) {
      yield { kind: 'failed', id, error: PROCESS_DIED };
      return;
    }
    const queue: RequestEvent[] = [];
    let wake = () => {};
    this.pending.set(id, {
      push: (event) => {
        queue.push(event);
        wake();
      },
    });
    const cancel = () => this.send({ kind: 'cancel', id });
    let ended = false;
    try {
      this.send(requestOf(id));
      if (signal?.aborted) cancel();
      else signal?.addEventListener('abort', cancel, { once: true });
      while (!ended) {
        const event = queue.shift();
        if (event === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        ended = event.kind === 'done' || event.kind === 'failed';
        yield event;
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.pending.delete(id);
      if (!ended) cancel();
    }
  }

  private send(request: InferenceRequestInput): void {
    if (!this.closed) this.port.post(request);
  }

  private receive(event: InferenceEvent): void {
    if (event.kind === 'status') this.onStatus(event.status);
    else this.pending.get(event.id)?.push(event);
  }

  private fail(): void {
    this.closed = true;
    for (const [id, request] of this.pending) request.push({ kind: 'failed', id, error: PROCESS_DIED });
    this.pending.clear();
  }
}

function isGenerateEvent(event: RequestEvent): event is GenerateEvent {
  const kinds: readonly RequestEvent['kind'][] = [
    'started',
    'stage',
    'delta',
    'sentence',
    'done',
    'failed',
  ] satisfies GenerateEvent['kind'][];
  return kinds.includes(event.kind);
}

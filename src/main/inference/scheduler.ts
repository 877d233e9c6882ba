/**
 * Whose turn it is. A job is an async generator; running it is pulling it, pre-empting it is pulling another.
 * Cancelled jobs first (they only have to say so), then interactive ones in order of arrival, then batch. Knows no model and no port.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GenerateRequest } from '../../shared/inference/requests';

export interface Job<Event> {
  readonly priority: GenerateRequest['priority'];
  readonly signal: AbortSignal;
  /** Must not throw, and yields every few milliseconds. Null: nothing to tell, let others run. */
  readonly steps: AsyncGenerator<Event | null, void, undefined>;
  readonly emit: (event: Event) => void;
  readonly onEnd: () => void;
}

export class Scheduler<Event> {
  private readonly jobs: Job<Event>[] = [];
  private running = false;

  get pending(): number {
    return this.jobs.length;
  }

  add(job: Job<Event>): void {
    this.jobs.push(job);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let job = this.next(); job; job = this.next()) {
      const step = await job.steps.next();
      if (step.done) this.end(job);
      else if (step.value !== null) job.emit(step.value);
      // Messages go out and come in here, between two steps, and not in the time that a stage is measured.
      await nextTurn();
    }
    this.running = false;
  }

  private next(): Job<Event> | undefined {
    return this.jobs.find((job) => job.signal.aborted) ?? this.jobs.find((job) => job.priority === 'interactive') ?? this.jobs[0];
  }

  private end(job: Job<Event>): void {
    this.jobs.splice(this.jobs.indexOf(job), 1);
    job.onEnd();
  }
}

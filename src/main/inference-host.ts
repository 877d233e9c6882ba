/**
 * Supervises an inference process: has it forked, tells it its configuration, hands out ports to it, starts it again when it dies. There may
 * be several. Knows no request, no token, and not how processes are made: Electron's and Node's are supervised alike.
 */
import type { EngineState } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference/engine';
import type { Log } from './log';
import { reason } from './reasons';
import { nextRestart } from './restart-policy';
import { isIllegalInstruction, runtimeTrouble } from './runtime-trouble';

/** An inference process and the way to it. What is sent before it listens waits for it. */
export interface EngineProcess<EnginePort> {
  configure(config: EngineConfig): void;
  /** The client's end of a new port. */
  connect(): EnginePort;
  kill(): void;
}

/** What becomes of a process. */
export interface ProcessNews {
  onSpawn(pid: number): void;
  /** The runtime cannot be loaded; `problem` in the system's words. */
  onUnusable(problem: string): void;
  onExit(code: number): void;
}

export type ForkEngine<EnginePort> = (news: ProcessNews) => EngineProcess<EnginePort>;

export interface InferenceHost<EnginePort> {
  state(): EngineState;
  /** Tells the process, now and after every restart. */
  configure(config: EngineConfig): void;
  /** The client's end of a new port; throws when there is no process to connect to. */
  connect(): EnginePort;
  /** Ends the process, if there is one, and forks a new one at once. */
  restart(): void;
  /** For good: no restart follows. */
  stop(): void;
}

export function startInferenceHost<EnginePort>(
  fork: ForkEngine<EnginePort>,
  firstConfig: EngineConfig,
  onState: (state: EngineState) => void,
  log: Pick<Log, 'info'>,
): InferenceHost<EnginePort> {
  let config = firstConfig;
  let child: EngineProcess<EnginePort> | null = null;
  let state: EngineState = { kind: 'starting' };
  let crashes: number[] = [];
  let retry: NodeJS.Timeout | undefined;

  function enter(next: EngineState) {
    state = next;
    log.info(`inference process: ${JSON.stringify(next)}`);
    onState(next);
  }

  function start() {
    enter({ kind: 'starting' });
    // A process we let go of is no longer `child`: what becomes of it is no news, its end no crash.
    const forked = fork({
      onSpawn: (pid) => {
        if (child === forked) enter({ kind: 'running', pid, startedMs: Date.now() });
      },
      onUnusable: (problem) => {
        if (child !== forked) return;
        letGo();
        enter({ kind: 'unusable', ...runtimeTrouble(problem) });
      },
      onExit: (code) => {
        if (child === forked) recover(code);
      },
    });
    child = forked;
    forked.configure(config);
  }

  function recover(code: number) {
    child = null;
    const why = reason`exit code ${String(code)}`;
    // Clocks that tell the time of day are set back, and would make one crash of a day look like many of a minute.
    crashes = [...crashes.slice(-10), performance.now()];
    const next = nextRestart(crashes);
    if (next.kind === 'stop') {
      // Once may be a trap that the code set itself; time after time it is the processor.
      if (isIllegalInstruction(code, process.platform)) enter({ kind: 'unusable', trouble: 'processor', reason: why });
      else enter({ kind: 'stopped', reason: why });
    } else {
      enter({ kind: 'restarting', reason: why, retryMs: next.retryMs });
      retry = setTimeout(start, next.retryMs);
    }
  }

  function letGo() {
    clearTimeout(retry);
    const old = child;
    child = null;
    old?.kill();
  }

  start();
  return {
    state: () => state,
    configure: (next) => {
      config = next;
      child?.configure(config);
    },
    connect: () => {
      if (child === null)
        throw new Error(reason`The translation engine is not running (${state.kind}). It can be connected to when it runs again.`);
      return child.connect();
    },
    restart: () => {
      crashes = [];
      letGo();
      start();
    },
    stop: letGo,
  };
}

/** The environment of processes that load the runtime: it reports nothing to its maker (see session.ts), from its first moment on. */
export const silentRuntime = (): NodeJS.ProcessEnv => ({ ...process.env, ORT_DISABLE_TELEMETRY: '1' });

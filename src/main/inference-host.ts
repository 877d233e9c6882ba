/**
 * Owns the inference process: forks it, tells it its configuration, hands out ports to it, starts it again when it dies.
 * Knows no request and no token.
 */
import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import type { EngineState } from '../shared/app-api';
import { unusableSchema, type EngineConfig } from '../shared/inference';
import type { Log } from './log';
import { reason } from './reasons';
import { nextRestart } from './restart-policy';
import { isIllegalInstruction, runtimeTrouble } from './runtime-trouble';

/** Main to inference process, over their own channel; `connect` carries a port. The process parses it at its door. */
export type HostMessage = { kind: 'config'; config: EngineConfig } | { kind: 'connect' };

export interface InferenceHost {
  state(): EngineState;
  /** Tells the process, now and after every restart. */
  configure(config: EngineConfig): void;
  /** The client's end of a new port; throws when there is no process to connect to. */
  connect(): MessagePortMain;
  /** Ends the process, if there is one, and forks a new one at once. */
  restart(): void;
  /** For good: no restart follows. */
  stop(): void;
}

export function startInferenceHost(
  entry: string,
  firstConfig: EngineConfig,
  onState: (state: EngineState) => void,
  log: Log,
): InferenceHost {
  let config = firstConfig;
  let child: UtilityProcess | null = null;
  let state: EngineState = { kind: 'starting' };
  let crashes: number[] = [];
  let retry: NodeJS.Timeout | undefined;

  function enter(next: EngineState) {
    state = next;
    log.info(`inference process: ${JSON.stringify(next)}`);
    onState(next);
  }

  function fork() {
    enter({ kind: 'starting' });
    const forked = utilityProcess.fork(entry, [], { serviceName: 'Tandem inference', stdio: 'pipe', env: silentRuntime() });
    child = forked;
    forked.stdout?.on('data', (data: Buffer) => log.info(`inference: ${data.toString().trimEnd()}`));
    forked.stderr?.on('data', (data: Buffer) => log.warn(`inference: ${data.toString().trimEnd()}`));
    forked.on('spawn', () => {
      if (child === forked && forked.pid !== undefined) enter({ kind: 'running', pid: forked.pid, startedMs: Date.now() });
    });
    forked.on('message', (message: unknown) => {
      const parsed = unusableSchema.safeParse(message);
      if (child !== forked || !parsed.success) return;
      letGo();
      enter({ kind: 'unusable', ...runtimeTrouble(parsed.data.problem) });
    });
    // A process we let go of is no longer `child`: its end is no crash.
    forked.on('exit', (code) => {
      if (child === forked) recover(code);
    });
    send(forked, { kind: 'config', config });
  }

  function recover(code: number) {
    child = null;
    const why = reason`exit code ${String(code)}`;
    crashes = [...crashes.slice(-10), Date.now()];
    const next = nextRestart(crashes);
    if (next.kind === 'stop') {
      // Once may be a trap that the code set itself; time after time it is the processor.
      if (isIllegalInstruction(code, process.platform)) enter({ kind: 'unusable', trouble: 'processor', reason: why });
      else enter({ kind: 'stopped', reason: why });
    } else {
      enter({ kind: 'restarting', reason: why, retryMs: next.retryMs });
      retry = setTimeout(fork, next.retryMs);
    }
  }

  function letGo() {
    clearTimeout(retry);
    const old = child;
    child = null;
    old?.kill();
  }

  fork();
  return {
    state: () => state,
    configure: (next) => {
      config = next;
      if (child !== null) send(child, { kind: 'config', config });
    },
    connect: () => {
      if (child === null)
        throw new Error(reason`The translation engine is not running (${state.kind}). It can be connected to when it runs again.`);
      const { port1, port2 } = new MessageChannelMain();
      send(child, { kind: 'connect' }, [port1]);
      return port2;
    },
    restart: () => {
      crashes = [];
      letGo();
      fork();
    },
    stop: letGo,
  };
}

/** The environment of processes that load the runtime: it reports nothing to its maker (see session.ts), from its first moment on. */
export const silentRuntime = (): NodeJS.ProcessEnv => ({ ...process.env, ORT_DISABLE_TELEMETRY: '1' });

function send(child: UtilityProcess, message: HostMessage, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports);
}

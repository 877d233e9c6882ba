/** Inference processes as Electron makes them, and its ports as clients see them. */
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import { constants, setPriority } from 'node:os';
import { unusableSchema, type EngineConfig } from '../shared/inference/engine';
import type { Port } from '../shared/inference-client';
import { silentRuntime, type ForkEngine } from './inference-host';
import { describeError, type Log } from './log';

/** Main to inference process, over their own channel; `connect` carries a port. The process parses it at its door. */
export type HostMessage = { kind: 'config'; config: EngineConfig } | { kind: 'connect' };

/** `name` is what the system's list of processes shows. */
export interface EngineKind {
  readonly name: string;
  /** Gives way to what a person does. */
  readonly isBackground: boolean;
}

export function electronEngine(entry: string, { name, isBackground }: EngineKind, log: Log): ForkEngine<MessagePortMain> {
  return ({ onSpawn, onUnusable, onExit }) => {
    const child = utilityProcess.fork(entry, [], { serviceName: name, stdio: 'pipe', env: silentRuntime() });
    const send = (message: HostMessage, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => log.warn(`${name}: ${data.toString().trimEnd()}`));
    child.on('spawn', () => {
      if (child.pid === undefined) return;
      if (isBackground) giveWay(child.pid, log);
      onSpawn(child.pid);
    });
    child.on('message', (message: unknown) => {
      const parsed = unusableSchema.safeParse(message);
      if (parsed.success) onUnusable(parsed.data.problem);
    });
    child.on('exit', onExit);
    return {
      configure: (config) => send({ kind: 'config', config }),
      connect: () => {
        const { port1, port2 } = new MessageChannelMain();
        send({ kind: 'connect' }, [port1]);
        return port2;
      },
      kill: () => void child.kill(),
    };
  };
}

/**
 * What is typed gets three quarters of a core that both want; a book on a machine that is busy goes on. Windows knows classes, and none between
 * this one and the normal one.
 */
const BACKGROUND_PRIORITY = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

/** A system that does not let a process give way lets it run as it is. */
function giveWay(pid: number, log: Log): void {
  try {
    setPriority(pid, BACKGROUND_PRIORITY);
  } catch (error) {
    log.warn(`an inference process keeps its priority: ${describeError(error)}`);
  }
}

export function mainPort(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.once('close', listener),
    close: () => port.close(),
  };
}

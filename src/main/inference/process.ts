/**
 * Entry of the inference process (an Electron utilityProcess). Main sends two messages over the parent port:
 * `config` whenever packs or settings changed, and `connect` with one port for each client. A process that was started to try a pack gets
 * `selfTest` and answers `selfTested`; one that was started to try a provider gets `probe` and tells ProbeNews. Nothing else comes in, and
 * nothing is logged but failures of the process itself: never a text.
 */
import { z } from 'zod';
import { engineConfigSchema, type Unusable } from '../../shared/inference/engine';
import type { Port } from '../../shared/inference-client';
import { probeTaskSchema } from '../../shared/processors';

/** Electron's MessagePortMain, as far as it is used here. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** Electron's `process.parentPort` in a utilityProcess. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
}

const hostMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('config'), config: engineConfigSchema }),
  z.strictObject({ kind: z.literal('connect') }),
  z.strictObject({ kind: z.literal('selfTest'), folder: z.string() }),
  z.strictObject({ kind: z.literal('probe'), task: probeTaskSchema }),
]);

function electronPort(port: ElectronPort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}

function log(message: string): void {
  process.stderr.write(`[inference] ${message}\n`);
}

/** All that needs the runtime; loaded by hand, so that a machine that cannot load it is told why. */
async function load() {
  const [{ Engine }, { tellProbe }, { selfTestProblems }, { serve }] = await Promise.all([
    import('./engine'),
    import('./probe'),
    import('./self-test'),
    import('./serve'),
  ]);
  return { Engine, tellProbe, selfTestProblems, serve };
}

function main(parentPort: ParentPort, { Engine, tellProbe, selfTestProblems, serve }: Awaited<ReturnType<typeof load>>): void {
  const engine = new Engine();
  parentPort.on('message', ({ data, ports }) => {
    const parsed = hostMessageSchema.safeParse(data);
    if (!parsed.success) return log(`refused a message of the host: ${z.prettifyError(parsed.error)}`);
    const message = parsed.data;
    switch (message.kind) {
      case 'config':
        engine.configure(message.config).catch((error: unknown) => log(`configuration failed: ${String(error)}`));
        return;
      case 'connect':
        if (ports[0]) serve(electronPort(ports[0]), engine);
        else log('got connect without a port');
        return;
      case 'selfTest':
        void selfTestProblems(message.folder).then((problems) => parentPort.postMessage({ kind: 'selfTested', problems }));
        return;
      case 'probe':
        void tellProbe(message.task, (news) => parentPort.postMessage(news));
        return;
      default:
        return message satisfies never;
    }
  });
}

/** Whoever configures the process is told; a trial or a probe sees it end. */
function refuse(parentPort: ParentPort, error: unknown): void {
  const problem = error instanceof Error ? error.message : String(error);
  log(`the runtime cannot be loaded: ${problem}`);
  parentPort.on('message', ({ data }) => {
    const parsed = hostMessageSchema.safeParse(data);
    if (parsed.success && parsed.data.kind === 'config') parentPort.postMessage({ kind: 'unusable', problem } satisfies Unusable);
    else process.exit(1);
  });
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (!parentPort) throw new Error('The inference process runs as an Electron utilityProcess; it has no parent port here.');
// What main sends meanwhile waits: the port starts with its first listener.
load().then(
  (loaded) => main(parentPort, loaded),
  (error: unknown) => refuse(parentPort, error),
);

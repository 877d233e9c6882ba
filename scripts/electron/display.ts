/**
 * A display to draw on: the one there is, or on Linux a virtual one for the time of the command.
 * The server picks its own free number, so two launches at once do not fight over one.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { once } from 'node:events';
import { LaunchError, say } from './say';

const SCREEN = '1920x1200x24';

export interface Display extends AsyncDisposable {
  environment: Record<string, string>;
}

export const needsVirtualDisplay = (): boolean =>
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

export async function provideDisplay(): Promise<Display> {
  if (!needsVirtualDisplay()) return { environment: {}, [Symbol.asyncDispose]: async () => {} };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const errors = text(server.stderr as Readable);
  const failed = new Promise<never>((_, reject) => {
    server.on('error', (error) => reject(new LaunchError(`No display, and Xvfb could not be started: ${error.message}`)));
    server.on('exit', () => void errors.then((output) => reject(new LaunchError(`No display, and Xvfb ended: ${output.trim()}`))));
  });
  // Raised only while the number is awaited; a later exit is seen by the command itself.
  failed.catch(() => {});
  const [number] = (await Promise.race([once(server.stdio[3] as Readable, 'data'), failed])) as [Buffer];
  say('No display here: using a virtual one, which nobody sees. Ctrl+C ends what runs on it.');
  return {
    environment: { DISPLAY: `:${number.toString().trim()}` },
    [Symbol.asyncDispose]: async () => {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill()) await ended;
    },
  };
}

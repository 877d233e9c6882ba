/**
 * Runs a command that needs Electron: `tsx scripts/launch.ts electron . [arguments]`, `… playwright test`, `… electron-vite dev`.
 * Sees to the three things a fresh machine may lack: an Electron, a display, system libraries. Knows nothing of the app.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { provideDisplay } from './electron/display';
import { findElectron } from './electron/find';
import { provideSystemLibraries } from './electron/system-libraries';
import { sandboxArguments } from './electron/sandbox';
import { LaunchError, say } from './electron/say';

async function launch([command, ...args]: string[]): Promise<number> {
  if (command === undefined) throw new LaunchError('Nothing to run. Expected a command, e.g. "electron .".');
  const electron = await findElectron();
  provideSystemLibraries(electron.executable);
  const sandbox = sandboxArguments(electron.folder);
  await using display = await provideDisplay();
  const own = command === 'electron' ? { command: electron.executable, args: [...sandbox, ...args] } : { command, args };
  return await run(own.command, own.args, {
    ...process.env,
    ...display.environment,
    // Electron's own module reads the first, electron-vite only the second.
    ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
    ELECTRON_EXEC_PATH: electron.executable,
    // What electron-vite calls it.
    ...(sandbox.length > 0 && { NO_SANDBOX: '1' }),
    PATH: [join(import.meta.dirname, '..', 'node_modules', '.bin'), process.env['PATH']].join(process.platform === 'win32' ? ';' : ':'),
  });
}

/** The command's exit code; a signal sent to the launcher is passed on. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  // Commands in node_modules/.bin are .cmd files on Windows, which only a shell starts.
  const child = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' && !command.endsWith('.exe') });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new LaunchError(`${command} could not be started: ${error.message}`)));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

launch(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof LaunchError)) throw error;
    say(error.message);
    process.exit(1);
  },
);

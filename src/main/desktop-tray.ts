/**
 * Whether this desktop shows the icons of programs in a tray. Windows and macOS always do. On Linux the desktop's StatusNotifierWatcher knows:
 * KDE, Xfce, Cinnamon, MATE and others have one, GNOME with its AppIndicator extension. It is asked over the session bus by `dbus-send`, which
 * comes with the bus, for main opens no sockets. A desktop that has only the older XEmbed tray counts as one without: nothing tells whether
 * an icon in it can be seen.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const QUESTION = [
  '--session',
  '--print-reply=literal',
  `--dest=${WATCHER}`,
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  `string:${WATCHER}`,
  'string:IsStatusNotifierHostRegistered',
];
const ANSWER = /^\s*variant\s+boolean true\s*$/;
/** Milliseconds: a busy machine takes its time to start a program. */
const PATIENCE_MS = 20_000;

const run = promisify(execFile);

/** Never throws: a desktop that cannot be asked has none. */
export async function desktopHasTray(platform = process.platform, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (platform !== 'linux') return true;
  if (!hasSessionBus(env)) return false;
  return run('dbus-send', QUESTION, { env, timeout: PATIENCE_MS }).then(
    ({ stdout }) => ANSWER.test(stdout),
    // Nobody answers on the bus, or nothing is there to ask with.
    () => false,
  );
}

/** Without one to be found, `dbus-send` would start a bus of its own. */
function hasSessionBus({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder }: NodeJS.ProcessEnv): boolean {
  return (address !== undefined && address !== '') || (folder !== undefined && existsSync(join(folder, 'bus')));
}

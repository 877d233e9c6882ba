/**
 * Chromium's sandbox, which stays on wherever the system allows it: root must go without, and some systems need one line of set-up.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './say';

const SETUID = 0o4000;
/** Says 1 where AppArmor keeps user namespaces from every program that no profile names: Ubuntu since 23.10. */
const APPARMOR_RESTRICTION = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

/** Arguments for Electron; empty where the sandbox works. */
export function sandboxArguments(electronFolder: string): string[] {
  if (process.platform !== 'linux') return [];
  // Chromium refuses to start its sandbox for root.
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(electronFolder, 'chrome-sandbox');
  const found = statSync(helper, { throwIfNoEntry: false });
  const setuidWorks = found !== undefined && found.uid === 0 && (found.mode & SETUID) !== 0;
  if (setuidWorks || givesUserNamespaces()) return [];
  throw new LaunchError(
    `This system gives programs no user namespaces, which the sandbox needs. Run once:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** Asked of the restriction first: newer Ubuntus name `unshare` in a profile, so that it may what Electron may not. */
function givesUserNamespaces(): boolean {
  if (existsSync(APPARMOR_RESTRICTION) && readFileSync(APPARMOR_RESTRICTION, 'utf8').trim() === '1') return false;
  return spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0;
}

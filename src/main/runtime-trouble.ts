/** Why a machine cannot run the engine at all, from what its system says: what a person can do differs. Pure. */
import type { RuntimeTrouble } from '../shared/app-api';
import { withoutUser } from './facts';

/** Longer words of a system say nothing more. */
const REASON_LENGTH = 300;

/** What dynamic loaders of Linux, Windows and macOS say. */
const SIGNS: readonly (readonly [RuntimeTrouble, RegExp])[] = [
  ['system', /version [`'‘]?(GLIBC|GLIBCXX|CXXABI)_|built for .* which is newer|procedure could not be found/i],
  ['damaged', /ELF header|ELF class|file too short|not a valid Win32|incompatible architecture|mach-o|undefined symbol/i],
  ['missing', /cannot open shared object|module could not be found|cannot find module|image not found|no such file|library not loaded/i],
];

export function runtimeTrouble(message: string): { trouble: RuntimeTrouble; reason: string } {
  const trouble = SIGNS.find(([, sign]) => sign.test(message))?.[0] ?? 'other';
  const [line = ''] = message.split('\n');
  return { trouble, reason: withoutUser(line).slice(0, REASON_LENGTH) };
}

/** Whether a process ended because its processor does not know an instruction: SIGILL, with a dump or without; Windows has a code of its own. */
export function isIllegalInstruction(exitCode: number, platform: NodeJS.Platform): boolean {
  return platform === 'win32' ? exitCode >>> 0 === 0xc000001d : exitCode === 4 || exitCode === 132;
}

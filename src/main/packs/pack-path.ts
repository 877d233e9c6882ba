/** Which paths a file of a pack may have, on every system: what is refused here never reaches the disk. Pure. */
import { reason } from '../reasons';

const MOST_CHARACTERS = 200;
const MOST_FOLDERS = 8;

/** Names that Windows takes for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

/** What is wrong with a path inside a pack, or null. Forward slashes separate. */
export function pathProblem(path: string): string | null {
  if (path === '') return reason`got an empty path`;
  if (path.length > MOST_CHARACTERS) return reason`got a path of ${path.length} characters, expected at most ${MOST_CHARACTERS}`;
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path))
    return reason`got an absolute path, expected one inside the pack`;
  if (/[\u0000-\u001f\u007f\\:*?"<>|]/.test(path)) return reason`got a path with characters that not every system can store`;
  const parts = path.split('/');
  if (parts.length > MOST_FOLDERS) return reason`got a path of ${parts.length} parts, expected at most ${MOST_FOLDERS}`;
  for (const part of parts) {
    if (part === '..') return reason`got a path that leads out of the pack`;
    if (part === '' || part === '.') return reason`got a path with an empty part`;
    if (/[. ]$/.test(part)) return reason`got a path with a part that ends in a dot or a space`;
    if (DEVICE.test(part)) return reason`got a path with "${part}", which is a device on Windows`;
  }
  return null;
}

/** Two paths with the same key are one file on some systems. */
export const pathKey = (path: string) => path.normalize('NFC').toLowerCase();

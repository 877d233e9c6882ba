/** Where the page lives: its address, and which file of the build an address names. */
import { join, normalize, sep } from 'node:path';

export const APP_SCHEME = 'app';
const APP_ORIGIN = `${APP_SCHEME}://tandem`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Whether `url` is the page at `page`, wherever in it. */
export function isPage(url: string, page: string): boolean {
  return URL.canParse(url) && new URL(url).href.split(/[?#]/)[0] === new URL(page).href;
}

/** The file a URL of the page names, or null when it names none in the folder. */
export function pageFile(folder: string, url: string): string | null {
  // Not `origin`: Node's URL gives schemes it does not know none.
  const { protocol, host, pathname } = new URL(url);
  if (`${protocol}//${host}` !== APP_ORIGIN) return null;
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const path = normalize(join(folder, name));
  return path.startsWith(folder + sep) && !path.endsWith(sep) && !name.includes('\0') ? path : null;
}

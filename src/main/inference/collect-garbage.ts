/**
 * Gives back what JavaScript no longer needs, where that is worth a wait of some tens of milliseconds: V8 collects by itself only when its heap has
 * grown by as much again, and does not know that a pack was closed for its memory. A tokenizer alone takes tens of megabytes.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export function collectGarbage(): void {
  // Contexts made from here on have `gc`.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** What the app refused since it started: counted by kind and host, so that a person can see it; logged as it happens. */
import { hostOf, type Refused, type RefusedKind } from '../../shared/privacy';
import type { Log } from '../log';

export interface Refusals {
  /** `what`: an address, of which the host is kept, or the name of a permission. */
  note(kind: RefusedKind, what: string): void;
  /** In the order in which they came first. */
  list(): Refused[];
}

/** Something that asks for ever new hosts must not fill the memory: those beyond are counted together. */
const MOST_ROWS = 200;
const OTHERS = '…';

export function createRefusals(log: Log): Refusals {
  const rows = new Map<string, Refused>();
  return {
    note: (kind, what) => {
      const name = kind === 'permission' ? what : hostOf(what);
      log.warn(`${kind === 'window' ? 'new window' : kind} refused: ${name}`);
      const counted = rows.has(`${kind} ${name}`) || rows.size < MOST_ROWS ? name : OTHERS;
      const key = `${kind} ${counted}`;
      rows.set(key, { kind, what: counted, count: (rows.get(key)?.count ?? 0) + 1 });
    },
    list: () => [...rows.values()],
  };
}

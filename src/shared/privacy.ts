/** What main can show of the promise that nothing leaves the machine: what was refused, what is open, what holds it, what is kept on disk. */
import { z } from 'zod';

/**
 * What was stopped: a request, a permission that was asked for, a way to another page, a window, a download, a page within the page, or
 * (told by the page itself) what its content policy stopped.
 */
export type RefusedKind = 'request' | 'permission' | 'navigation' | 'window' | 'download' | 'frame' | 'policy';

/** Equal ones are counted. */
export interface Refused {
  kind: RefusedKind;
  /** A host, or the scheme of an address that has none; the name of a permission. Never a full address. */
  what: string;
  count: number;
}

/** The host of an address; its scheme where it has none, as files and mail have. What is no address stays as it is, within reason. */
export function hostOf(address: string): string {
  if (!URL.canParse(address)) return address.slice(0, 40);
  const { hostname, protocol } = new URL(address);
  return hostname === '' ? protocol : hostname;
}

/** Internet sockets of the app's processes, as the kernel lists them. */
export interface OpenSockets {
  /** Processes whose sockets were read. */
  processes: number;
  /** Processes that the system does not let anyone look into: those in Chromium's sandbox. */
  closed: number;
  /** The other end of every connection that leads to another machine, `address:port`. */
  outward: string[];
  /** Sockets that wait, or lead to this machine itself. */
  local: number;
}

/** A switch in the program's own file, set when the app was built. */
export interface Fuse {
  name: string;
  isOn: boolean;
  /** How the published app has it. */
  isMeantOn: boolean;
}

export const KEPT_DATA = ['history', 'memory', 'documents', 'log', 'packs', 'settings', 'window'] as const;
export type KeptData = (typeof KEPT_DATA)[number];
export const DELETABLE_DATA = ['history', 'memory', 'documents', 'log'] as const satisfies readonly KeptData[];
export type DeletableData = (typeof DELETABLE_DATA)[number];

export interface Kept {
  what: KeptData;
  /** Where; the person's home folder is written `~`. */
  place: string;
  bytes: number;
  files: number;
}

export interface PrivacyReport {
  /** Unix time, milliseconds. */
  startedMs: number;
  atMs: number;
  refused: Refused[];
  /** Null: this system does not tell a program of its sockets. */
  sockets: OpenSockets | null;
  /** Packs whose every byte was found to be as declared, by their folder: when, Unix time. */
  verifiedMs: Record<string, number>;
  /** False: run from its source, with the fuses of whatever Electron runs it. */
  isPackaged: boolean;
  /** Null: the program's file could not be read. */
  fuses: Fuse[] | null;
  /** The content security policy that the page came with; null: the development server's page, which comes without. */
  contentPolicy: string | null;
  kept: Kept[];
}

/** Name → argument schema, as in app-api.ts. */
export const PRIVACY_CALLS = {
  /** As things are when it is asked. */
  getPrivacyReport: z.strictObject({}),
  /** For good: nothing of it can be brought back. The files that were translated, sources and translations, stay. */
  deleteKept: z.strictObject({ what: z.enum(DELETABLE_DATA) }),
  /** Shows where it is, in the system's file manager. */
  showKept: z.strictObject({ what: z.enum(KEPT_DATA) }),
} as const;

export interface PrivacyCallResults {
  getPrivacyReport: PrivacyReport;
  deleteKept: null;
  showKept: null;
}

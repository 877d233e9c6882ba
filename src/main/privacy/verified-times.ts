/** When each pack was found to be whole, by what the library tells of its checks. */
import type { PackLibraryState } from '../../shared/pack-library';

export interface VerifiedTimes {
  follow(checks: PackLibraryState['checks'], nowMs: number): void;
  /** By the folder of a pack that is whole now: when, Unix time. */
  list(): Record<string, number>;
}

export function createVerifiedTimes(): VerifiedTimes {
  let times: Record<string, number> = {};
  return {
    follow: (checks, nowMs) => {
      const verified = Object.keys(checks).filter((folder) => checks[folder] === 'verified');
      times = Object.fromEntries(verified.map((folder) => [folder, times[folder] ?? nowMs]));
    },
    list: () => times,
  };
}

/** The app's translation memory: its file, what a person should know of it, and news of its changes. */
import type { AppEvents } from '../../shared/app-api';
import { describeError, type Log } from '../log';
import { MemoryFile } from './memory-file';

/** Batches of a document follow each other quickly: changes are told at most this often. */
const TELL_MS = 300;

export interface AppMemory {
  readonly file: MemoryFile;
  overview(): AppEvents['memoryChanged'];
  /** Tells soon, once for all that changes until then. */
  changed(): void;
  /** Its file is gone, as somebody asked for: so is what was to be known of it. */
  deleted(): void;
  /** Puts a correction in; one that cannot be kept is logged. */
  keep(...pairs: Parameters<MemoryFile['keep']>): void;
  close(): void;
}

export function openAppMemory(path: string, onChanged: (overview: AppEvents['memoryChanged']) => void, log: Log): AppMemory {
  let notice: string | null = null;
  let telling: NodeJS.Timeout | null = null;
  const file = new MemoryFile(path, (aside, why) => {
    notice = aside;
    log.warn(`the translation memory could not be used and was set aside as ${aside}: ${why}`);
  });
  const overview = () => ({ languages: file.counts(), notice });
  const changed = () => {
    telling ??= setTimeout(() => {
      telling = null;
      onChanged(overview());
    }, TELL_MS);
  };
  return {
    file,
    overview,
    changed,
    deleted: () => {
      notice = null;
      changed();
    },
    keep: (...pairs) => {
      try {
        file.keep(...pairs);
        changed();
      } catch (error) {
        log.warn(`a correction could not be kept in the memory: ${describeError(error)}`);
      }
    },
    close: () => {
      if (telling !== null) clearTimeout(telling);
      file.close();
    },
  };
}

/** Why a job ends without its file. Messages are for a person: what was got, what was expected, what to do. */
import type { Changed } from '../../shared/document';
import { reason } from '../reasons';

/** What is translated so far stays in the journal. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
}

/** The job was begun with another input or pack, and nobody has said yet how to go on. */
export class JobChanged extends Error {
  override readonly name = 'JobChanged';

  constructor(readonly changed: Changed) {
    super(changed.message);
  }
}

const REASONS: Record<string, () => string> = {
  ENOENT: () => reason`it is not there`,
  ENOTDIR: () => reason`a file is where a folder is needed`,
  EEXIST: () => reason`a file is where a folder is needed`,
  EISDIR: () => reason`it is a folder`,
  EACCES: () => reason`permission denied`,
  EPERM: () => reason`permission denied`,
  EROFS: () => reason`the disk is read-only`,
  ENOSPC: () => reason`the disk is full`,
  EDQUOT: () => reason`the disk quota is used up`,
  EFBIG: () => reason`the disk takes no file of this size`,
};

/** Ends a sentence: `“a.txt” cannot be read: it is not there`. */
export function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code]?.() ?? (error instanceof Error ? error.message : String(error));
}

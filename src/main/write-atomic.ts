/** Writes a file so that a crash leaves the old content or the new, never half of one. */
import { open, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';

export async function writeFileAtomic(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What was dropped onto the page. A picture or a text out of another program is no file, and its path is empty. */
import { reason } from './reasons';

/** Those that are files. Throws, for a person, when none is. */
export function droppedFiles(paths: readonly string[]): string[] {
  const files = paths.filter((path) => path !== '');
  if (files.length === 0) throw new Error(reason`What was dropped is not a file on this machine. Save it, and drop the file.`);
  return files;
}

export function droppedFile(path: string): string {
  const [file = ''] = droppedFiles([path]);
  return file;
}

/** How fonts of East Asian scripts number their letters: PDF.js's own files, which it asks for when a PDF names one. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Made by PDF.js. */
export class CMapReader {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    if (!/^[\w-]+$/.test(name)) throw new Error(`The PDF names a character map ${JSON.stringify(name)}.`);
    return { cMapData: new Uint8Array(await readCMap(`${name}.bcmap`)), isCompressed: true };
  }
}

/** In the built app they lie beside the code (electron.vite.config.ts puts them there), else in PDF.js's package. */
async function readCMap(file: string): Promise<Buffer> {
  for (const folder of ['./cmaps/', '../cmaps/']) {
    const built = await readFile(new URL(folder + file, import.meta.url)).catch(() => null);
    if (built) return built;
  }
  return readFile(join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps', file));
}

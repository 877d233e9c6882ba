/** A place for a walk: a small disk where one can be had, real documents on it, and the app started there. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { REPOSITORY } from '../e2e/app';
import { start } from './lifecycle';
import { canAskMachine } from './machine';
import { seeded } from './random';
import { mountSmallDisk } from './small-disk';
import { type Places, type World } from './world';

/** Holds what Chromium keeps, the documents and an imported pack, several times over. */
const DISK_MEBIBYTES = 160;

const FIXTURES = join(REPOSITORY, 'test', 'fixtures', 'documents');
/** Of every kind, small ones: a walk does much else besides. */
const DOCUMENTS = [
  'txt/01-usage.txt',
  'txt/13-bugs.txt',
  'txt/15-hacking.txt',
  'md/04-2015-01-30.md',
  'md/10-readme.md',
  'md/18-readme.md',
  'html/07-index.html',
  'html/09-404.html',
  'csv/02-long-sample.csv',
  'json/08-package.json',
  'srt/02-sample.srt',
  'docx/poi-61787.docx',
  'docx/python-docx-par-hlink-frags.docx',
  'docx/libreoffice-tdf124600.docx',
  'epub/epubjs-alice_without_cover.epub',
  'pdf/libreoffice-PDFSearch.pdf',
];

export interface Prepared {
  readonly world: World;
  /** What cannot be done here, and why. */
  readonly skipped: readonly string[];
  clean(): Promise<void>;
}

export async function prepare(seed: number): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-walk-'));
  const disk = await mountSmallDisk(folder, DISK_MEBIBYTES);
  const clean = async () => {
    if (typeof disk !== 'string') await disk.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const skipped = [
    ...(typeof disk === 'string' ? [`the disk is never full (${disk})`] : []),
    ...(canAskMachine
      ? []
      : [`processes, open files and resident memory are not looked at (${process.platform} does not tell as Linux does)`]),
  ];
  try {
    const places: Places = { folder, userData: join(folder, 'user'), documents: join(folder, 'documents'), saved: join(folder, 'saved') };
    await mkdir(places.documents);
    await mkdir(places.saved);
    const originals = await copyDocuments(places.documents);
    const world: World = {
      ...(await start(places.userData)),
      random: seeded(seed),
      places,
      disk: typeof disk === 'string' ? null : disk,
      screen: 'translate',
      typed: { translate: '', summarize: '', compare: '' },
      originals,
      outputs: new Map(),
      disturbance: null,
      processes: [],
      staysOpen: false,
    };
    return { world, skipped, clean };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** Each under a short name of its own; gives their hashes by path. */
async function copyDocuments(folder: string): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const [index, document] of DOCUMENTS.entries()) {
    const path = join(folder, `document-${index + 1}${extname(document)}`);
    await copyFile(join(FIXTURES, document), path);
    hashes.set(
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
  }
  return hashes;
}

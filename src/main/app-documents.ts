/** The document jobs of the app: on its engines, with its memory and glossary, told to its windows and, at the end of long ones, to the desktop. */
import { app } from 'electron';
import type { AppEngines } from './app-engines';
import { createDocumentNews } from './document-news';
import { notifyOfDocument } from './document-notification';
import { packIdentity } from './documents/pack-identity';
import { openDocuments, type Documents } from './documents/queue';
import type { Log } from './log';
import type { AppMemory } from './memory/app-memory';
import { correction, jobAids } from './memory/job-aids';
import type { PackLibrary } from './packs/library';
import type { SettingsStore } from './settings';
import { tellAll } from './tell';
import type { MainWords } from './words';

export interface AppDocumentsDependencies {
  settings: Pick<SettingsStore, 'get'>;
  words(): MainWords;
  packs: Pick<PackLibrary, 'packs'>;
  engines: AppEngines['documents'];
  memory: AppMemory;
  /** Somebody clicked a notification. */
  onOpen(): void;
  log: Log;
}

export function openAppDocuments(folder: string, dependencies: AppDocumentsDependencies): Promise<Documents> {
  const { settings, words, packs, engines, memory, onOpen, log } = dependencies;
  const keepsTranslations = () => settings.get().memory && !settings.get().privateMode;
  const news = createDocumentNews();
  return openDocuments(folder, {
    appVersion: app.getVersion(),
    packIdentity: (packId) => packIdentity(packs.packs(), packId),
    namePattern: () => settings.get().namePattern,
    engines: (packId) => engines.use(packId),
    aids: jobAids(
      memory.file,
      () => {
        const { memory: recalls, anyMachine, glossary } = settings.get();
        return { recalls, keeps: keepsTranslations(), anyMachine, glossary };
      },
      (problem) => log.warn(problem),
      memory.changed,
    ),
    onCorrection: ({ from, to }, { source, translation, pairs }) => {
      if (keepsTranslations()) memory.keep({ from, to }, [correction(source, translation, pairs, Date.now())]);
    },
    onQueue: (queue) => tellAll('documentsChanged', queue),
    onJob: (job) => {
      tellAll('documentChanged', job);
      const told = news.follow(job, performance.now());
      if (told !== null && settings.get().notifications) notifyOfDocument(told, words(), onOpen);
    },
    log,
  });
}

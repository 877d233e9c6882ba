/** Versions and machine, for the window's "about" and for numbers that must name where they were measured. */
import { app } from 'electron';
import { cpus } from 'node:os';
import type { AppInfo } from '../shared/app-api';
import { spokenLanguage } from '../shared/language';
import type { PackFolder } from './packs/catalog';

export function appInfo(folders: PackFolder[]): AppInfo {
  const { electron, chrome, node } = process.versions;
  const threads = cpus();
  return {
    version: app.getVersion(),
    electron,
    chrome,
    node,
    platform: `${process.platform} ${process.arch}`,
    systemLanguage: spokenLanguage(app.getPreferredSystemLanguages()),
    machine: `${threads[0]?.model.trim() ?? 'unknown processor'} · ${threads.length} threads`,
    packFolders: folders.map(({ folder }) => folder),
  };
}

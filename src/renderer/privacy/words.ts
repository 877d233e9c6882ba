/** What is told of privacy, in words: on the screen and in the report that is saved. Pure. */
import { type PackEntry } from '../../shared/app-api';
import { type Fuse, type Kept, type KeptData, type OpenSockets, type PrivacyReport, type RefusedKind } from '../../shared/privacy';
import { formatDateTime, formatNumber, t, type TextKey } from '../i18n/i18n';
import { folderName } from '../translate/problem';
import { formatBytes } from '../units';

const KINDS = {
  request: 'privacy.kindRequest',
  permission: 'privacy.kindPermission',
  navigation: 'privacy.kindNavigation',
  window: 'privacy.kindWindow',
  download: 'privacy.kindDownload',
  frame: 'privacy.kindFrame',
  policy: 'privacy.kindPolicy',
} as const satisfies Record<RefusedKind, TextKey>;
export const kindWords = (kind: RefusedKind): string => t(KINDS[kind]);

const KEPT = {
  history: ['privacy.history', 'privacy.historyNote'],
  memory: ['privacy.memory', 'privacy.memoryNote'],
  documents: ['privacy.documents', 'privacy.documentsNote'],
  log: ['privacy.log', 'privacy.logNote'],
  packs: ['privacy.packs', 'privacy.packsNote'],
  settings: ['privacy.settings', 'privacy.settingsNote'],
  window: ['privacy.window', 'privacy.windowNote'],
} as const satisfies Record<KeptData, readonly [TextKey, TextKey]>;
export const keptName = (what: KeptData): string => t(KEPT[what][0]);
export const keptNote = (what: KeptData): string => t(KEPT[what][1]);

export function sizeWords({ bytes, files }: Pick<Kept, 'bytes' | 'files'>): string {
  return files === 0 ? t('privacy.nothing') : t('privacy.files', { count: files, size: formatBytes(bytes) });
}

/** How the answer is known. */
export function socketWords(sockets: OpenSockets | null): string {
  if (sockets === null) return t('privacy.socketsUnknown');
  const { processes, closed, local } = sockets;
  return [
    t('privacy.socketsRead', { count: processes }),
    ...(closed > 0 ? [t('privacy.socketsClosed', { count: closed })] : []),
    ...(local > 0 ? [t('privacy.socketsLocal', { count: local })] : []),
  ].join(' ');
}

export function fuseWords(fuses: readonly Fuse[] | null): string {
  if (fuses === null) return t('privacy.fusesUnknown');
  const differing = fuses.filter(({ isOn, isMeantOn }) => isOn !== isMeantOn).length;
  return differing === 0 ? t('privacy.fusesAll', { count: fuses.length }) : t('privacy.fusesDiffer', { count: differing });
}

/** Name and state of a pack's check. */
export function packWords(entry: PackEntry, verifiedMs: number | undefined): { name: string; state: string; isSound: boolean } {
  if (entry.state === 'damaged') return { name: folderName(entry.folder), state: entry.problem, isSound: false };
  const { name, version, files } = entry.manifest;
  const state =
    verifiedMs === undefined
      ? t('privacy.packWaiting')
      : t('privacy.packVerified', { count: files.length, when: formatDateTime(new Date(verifiedMs)) });
  return { name: `${name} ${version}`, state, isSound: verifiedMs !== undefined };
}

/** All of it as Markdown, with the hashes of the packs. */
export function reportAsMarkdown(report: PrivacyReport, packs: readonly PackEntry[], isPrivate: boolean, version: string): string {
  const { sockets, refused, fuses, contentPolicy, kept } = report;
  const lines = [
    `# Tandem ${version}: ${t('shell.privacy')}`,
    formatDateTime(new Date(report.atMs)),
    `## ${t('privacy.connections')}`,
    sockets === null ? '' : `${t('privacy.toOthers')}: ${sockets.outward.join(', ') || t('privacy.none')}`,
    socketWords(sockets),
    `## ${t('privacy.refused', { when: formatDateTime(new Date(report.startedMs)) })}`,
    refused.length === 0
      ? t('privacy.refusedNone')
      : refused.map(({ kind, what, count }) => `- ${kindWords(kind)}: ${what} (${formatNumber(count)})`).join('\n'),
    `## ${t('privacy.held')}`,
    `${t('privacy.contentPolicy')}: ${contentPolicy === null ? t('privacy.contentPolicyMissing') : `\`${contentPolicy}\``}`,
    `${t('privacy.fuses')}: ${fuseWords(fuses)}`,
    ...(report.isPackaged ? [] : [t('privacy.fusesOfSource')]),
    (fuses ?? []).map(({ name, isOn }) => `- ${name}: ${isOn ? t('privacy.on') : t('privacy.off')}`).join('\n'),
    `## ${t('privacy.packHashes')}`,
    ...packs.map((entry) => packLines(entry, report.verifiedMs[entry.folder])),
    `## ${t('privacy.kept')}`,
    `${t('settings.privateMode')}: ${isPrivate ? t('privacy.on') : t('privacy.off')}`,
    kept.map((one) => `- ${keptName(one.what)}: ${sizeWords(one)} (${one.place})`).join('\n'),
  ];
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`;
}

function packLines(entry: PackEntry, verifiedMs: number | undefined): string {
  const { name, state } = packWords(entry, verifiedMs);
  const files = entry.state === 'ok' ? entry.manifest.files : [];
  return [`${name}: ${state}`, ...files.map(({ path, sha256 }) => `- ${path}: \`${sha256}\``)].join('\n');
}

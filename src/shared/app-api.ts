/**
 * What main offers a window: calls (asked and answered) and events (told). Tokens do not pass here, they have their own port.
 * Arguments are parsed by main against these schemas; results are typed.
 */
import { z } from 'zod';
import { DOCUMENT_CALLS, type AddedDocuments, type DocumentCallResults, type DocumentEvents } from './document';
import { HISTORY_CALLS, type HistoryCallResults, type HistoryEvents } from './history';
import { laneChoiceSchema } from './inference/lanes';
import { languageChoiceSchema, type InterfaceLanguage } from './language';
import { MEMORY_CALLS, type MemoryCallResults, type MemoryEvents } from './memory';
import { namePatternSchema, USUAL_NAME_PATTERN } from './output-name';
import { laneSchema, summaryFormSchema, summaryLengthSchema, languageSchema, type PackManifest } from './pack';
import { PACK_CALLS, type PackCallResults, type PackEvents } from './pack-library';
import { PACKS_FOLDER_CALLS, type PacksFolderCallResults, type PacksFolderEvents } from './packs-folder';
import { PRIVACY_CALLS, type PrivacyCallResults } from './privacy';
import { type ScreenCommand } from './screens';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Of the interface. */
  language: languageChoiceSchema.default('system'),
  /** Null: the first usable pack. */
  packId: z.string().nullable().default(null),
  lane: laneChoiceSchema.default('hybrid'),
  from: languageSchema.default('en'),
  to: languageSchema.default('de'),
  liveTranslation: z.boolean().default(true),
  summaryLength: summaryLengthSchema.default('short'),
  summaryForm: summaryFormSchema.default('paragraph'),
  summaryLane: laneSchema.default('hybrid'),
  /** Whether translations of documents are kept, and taken again. */
  memory: z.boolean().default(true),
  /** Whether those of other packs, versions and lanes are taken, too. */
  anyMachine: z.boolean().default(false),
  /** Whether the terms of the glossary are used. */
  glossary: z.boolean().default(true),
  /** Whether documents get a bilingual file beside their translation. */
  bilingual: z.boolean().default(false),
  /** How translated documents are named. */
  namePattern: namePatternSchema.default(USUAL_NAME_PATTERN),
  /** 1 is greedy; null: as the lane is meant to be used. */
  beamWidth: z.number().int().min(1).max(8).nullable().default(null),
  /** `automatic`: each part of a pack runs where tests on this machine found it right and fastest. */
  processor: z.enum(['automatic', 'cpu']).default('automatic'),
  /** Null: chosen from the number of cores. */
  threads: z.number().int().min(1).max(64).nullable().default(null),
  /** How many work on documents; null: chosen from the number of cores. Memory may allow fewer. */
  documentCores: z.number().int().min(1).max(64).nullable().default(null),
  /** What open packs may take together; null: chosen from the machine's memory. */
  packMemoryBytes: z.number().int().min(100_000_000).nullable().default(null),
  /** Where imported packs are kept; null: in the app's own folder. No part of a patch: a page names no paths. */
  packsFolder: z.string().nullable().default(null),
  /** What is translated is kept in the history. */
  keepHistory: z.boolean().default(true),
  /** Nothing that is typed is kept, whatever the other settings say. */
  privateMode: z.boolean().default(false),
  /** The desktop tells when a long document is done and the window is not in front. */
  notifications: z.boolean().default(true),
  /** A key of the whole desktop translates the clipboard. */
  clipboardShortcut: z.boolean().default(false),
  /** A window that is closed is put away, and an icon in the desktop's tray brings it back. */
  tray: z.boolean().default(false),
  /** What the app is for was read. */
  welcomed: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
/** A change to some settings; no defaults are filled in. */
const settingsPatchSchema = z.strictObject({
  theme: settingsSchema.shape.theme.unwrap().optional(),
  language: languageChoiceSchema.optional(),
  packId: settingsSchema.shape.packId.unwrap().optional(),
  lane: laneChoiceSchema.optional(),
  from: languageSchema.optional(),
  to: languageSchema.optional(),
  liveTranslation: z.boolean().optional(),
  summaryLength: summaryLengthSchema.optional(),
  summaryForm: summaryFormSchema.optional(),
  summaryLane: laneSchema.optional(),
  memory: z.boolean().optional(),
  anyMachine: z.boolean().optional(),
  glossary: z.boolean().optional(),
  bilingual: z.boolean().optional(),
  namePattern: namePatternSchema.optional(),
  beamWidth: settingsSchema.shape.beamWidth.unwrap().optional(),
  processor: settingsSchema.shape.processor.unwrap().optional(),
  threads: settingsSchema.shape.threads.unwrap().optional(),
  documentCores: settingsSchema.shape.documentCores.unwrap().optional(),
  packMemoryBytes: settingsSchema.shape.packMemoryBytes.unwrap().optional(),
  keepHistory: z.boolean().optional(),
  privateMode: z.boolean().optional(),
  notifications: z.boolean().optional(),
  clipboardShortcut: z.boolean().optional(),
  tray: z.boolean().optional(),
  welcomed: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** `reliable`: sure enough to act on; short or mixed text rarely is. */
export interface DetectedLanguage {
  /** Null: no guess. */
  language: string | null;
  /** From 0 to 1: how far ahead of the other languages it is. */
  confidence: number;
  reliable: boolean;
}

/** A pack folder as the catalog saw it: usable, or refused with a reason a person can act on. */
export type PackEntry =
  | { state: 'ok'; folder: string; bundled: boolean; bytes: number; manifest: PackManifest }
  | { state: 'damaged'; folder: string; bundled: boolean; problem: string };

export interface AppInfo {
  version: string;
  electron: string;
  chrome: string;
  node: string;
  platform: string;
  /** What the interface speaks when it follows the system. */
  systemLanguage: InterfaceLanguage;
  /** Names and counts only, e.g. `AMD EPYC · 2 threads`. */
  machine: string;
  /** Folders searched for packs, first found wins. */
  packFolders: string[];
}

/** Where numbers were measured. */
export interface Machine {
  processor: string;
  /** Logical processors that the app may use. */
  cores: number;
  memoryBytes: number;
  /** Name, release and architecture of the operating system. */
  system: string;
}

/** A text or document the user picked, or why it could not be read. */
export type OpenedText = { kind: 'text'; name: string; text: string } | { kind: 'none' } | { kind: 'failed'; message: string };
export type SavedText = { kind: 'saved'; name: string } | { kind: 'none' } | { kind: 'failed'; message: string };

/** Name → argument schema, of the calls about the app itself. */
export const OWN_CALLS = {
  getAppInfo: z.strictObject({}),
  getMachine: z.strictObject({}),
  listPacks: z.strictObject({}),
  /** Reads the pack folders again and tells the inference process. */
  rescanPacks: z.strictObject({}),
  openPacksFolder: z.strictObject({}),
  getSettings: z.strictObject({}),
  changeSettings: settingsPatchSchema,
  /** What the person should know and did not ask for, e.g. that a damaged file was set aside. */
  listNotices: z.strictObject({}),
  /** Whether the desktop shows icons of programs, as it is now. */
  hasTray: z.strictObject({}),
  /** The language a text is in. */
  detectLanguage: z.strictObject({ text: z.string().max(5_000) }),
  copyText: z.strictObject({ text: z.string() }),
  openTextFile: z.strictObject({}),
  /** A document in any format that the app reads, as text. */
  openReadable: z.strictObject({}),
  readReadable: z.strictObject({ path: z.string() }),
  saveTextFile: z.strictObject({ suggestedName: z.string(), text: z.string() }),
  /** Asks for a new inference port; it arrives as a window message (see preload). */
  connectInference: z.strictObject({}),
  restartInference: z.strictObject({}),
  /** Puts what a report of a bug needs into the clipboard. */
  copyDiagnosis: z.strictObject({}),
  /** What is asked after the answer is read anew: no run profits from the encodings of those before. */
  forgetEncodings: z.strictObject({}),
} as const;

/** Name → argument schema. Every call takes one argument object. */
export const APP_CALLS = {
  ...OWN_CALLS,
  ...DOCUMENT_CALLS,
  ...HISTORY_CALLS,
  ...MEMORY_CALLS,
  ...PACK_CALLS,
  ...PACKS_FOLDER_CALLS,
  ...PRIVACY_CALLS,
} as const;
export type AppCallName = keyof typeof APP_CALLS;
/** Calls a page may make itself: it names no paths. */
export type PageCallName = Exclude<AppCallName, 'addDocuments' | 'importPack' | 'readReadable'>;

export interface AppCallResults
  extends DocumentCallResults, HistoryCallResults, MemoryCallResults, PackCallResults, PacksFolderCallResults, PrivacyCallResults {
  getAppInfo: AppInfo;
  getMachine: Machine;
  listPacks: PackEntry[];
  rescanPacks: PackEntry[];
  openPacksFolder: null;
  getSettings: Settings;
  changeSettings: Settings;
  listNotices: string[];
  hasTray: boolean;
  detectLanguage: DetectedLanguage;
  copyText: null;
  openTextFile: OpenedText;
  openReadable: OpenedText;
  readReadable: OpenedText;
  saveTextFile: SavedText;
  connectInference: null;
  restartInference: null;
  copyDiagnosis: null;
  forgetEncodings: null;
}

/** Where the inference process stands, as main sees it. */
export type EngineState =
  | { kind: 'starting' }
  | { kind: 'running'; pid: number; startedMs: number }
  /** It died and will be forked again after `retryMs`. */
  | { kind: 'restarting'; reason: string; retryMs: number }
  /** It died too often; only `restartInference` tries again. */
  | { kind: 'stopped'; reason: string }
  /** The runtime cannot be loaded or run on this machine, so trying again by itself would not help. `reason`: the system's own words. */
  | { kind: 'unusable'; trouble: RuntimeTrouble; reason: string };

/** A library is missing; the system is too old; a library is damaged or another machine's; the processor lacks instructions. */
export type RuntimeTrouble = 'missing' | 'system' | 'damaged' | 'processor' | 'other';

export interface AppEvents extends DocumentEvents, HistoryEvents, MemoryEvents, PackEvents, PacksFolderEvents {
  engineState: EngineState;
  packsChanged: PackEntry[];
  settingsChanged: Settings;
  /** A menu item or accelerator was chosen. */
  menuCommand: MenuCommand;
  /** A text from elsewhere, e.g. the clipboard, that is to be translated now. */
  translateText: string;
}
export type AppEventName = keyof AppEvents;

export type MenuCommand = 'translate' | 'cancel' | 'swapLanguages' | 'openFile' | 'saveTranslation' | 'showPalette' | ScreenCommand;

export type DropOptions = Omit<z.input<typeof DOCUMENT_CALLS.addDocuments>, 'paths'>;

/** `window.app` in the renderer. */
export interface AppApi {
  call<Name extends PageCallName>(name: Name, argument: z.input<(typeof APP_CALLS)[Name]>): Promise<AppCallResults[Name]>;
  /** Files and folders dropped onto the page: their paths go to main without the page naming any. */
  addDroppedDocuments(files: readonly File[], how: DropOptions): Promise<AddedDocuments>;
  /** A folder or zip dropped onto the page, to be imported. */
  importDroppedPack(file: File): Promise<null>;
  /** The text of a document dropped onto the page. */
  readDropped(file: File): Promise<OpenedText>;
  /** Returns the function that stops listening. */
  on<Name extends AppEventName>(name: Name, listener: (event: AppEvents[Name]) => void): () => void;
}

export { CHANNELS, INFERENCE_PORT_MESSAGE } from './channels';

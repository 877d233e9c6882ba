/**
 * What main offers a window: calls (asked and answered) and events (told). Tokens do not pass here, they have their own port.
 * Arguments are parsed by main against these schemas; results are typed.
 */
import { z } from 'zod';
import { DOCUMENT_CALLS, type AddedDocuments, type DocumentCallResults, type DocumentEvents } from './document';
import { requestLaneSchema } from './inference';
import { languageChoiceSchema, type InterfaceLanguage } from './language';
import { languageSchema, providerSchema, type PackManifest } from './pack';
import { PACK_CALLS, type PackCallResults, type PackEvents } from './pack-library';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Of the interface. */
  language: languageChoiceSchema.default('system'),
  /** Null: the first usable pack. */
  packId: z.string().nullable().default(null),
  lane: requestLaneSchema.default('hybrid'),
  from: languageSchema.default('en'),
  to: languageSchema.default('de'),
  liveTranslation: z.boolean().default(true),
  /** 1 is greedy. */
  beamWidth: z.number().int().min(1).max(8).default(1),
  provider: providerSchema.default('cpu'),
  /** Null: chosen from the number of cores. */
  threads: z.number().int().min(1).max(64).nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;
/** A change to some settings; no defaults are filled in. */
export const settingsPatchSchema = z.strictObject({
  theme: settingsSchema.shape.theme.unwrap().optional(),
  language: languageChoiceSchema.optional(),
  packId: settingsSchema.shape.packId.unwrap().optional(),
  lane: requestLaneSchema.optional(),
  from: languageSchema.optional(),
  to: languageSchema.optional(),
  liveTranslation: z.boolean().optional(),
  beamWidth: settingsSchema.shape.beamWidth.unwrap().optional(),
  provider: providerSchema.optional(),
  threads: settingsSchema.shape.threads.unwrap().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

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

/** A text file the user picked, or why it could not be read. */
export type OpenedText = { kind: 'text'; name: string; text: string } | { kind: 'none' } | { kind: 'failed'; message: string };
export type SavedText = { kind: 'saved'; name: string } | { kind: 'none' } | { kind: 'failed'; message: string };

/** Name → argument schema. Every call takes one argument object. */
export const APP_CALLS = {
  getAppInfo: z.strictObject({}),
  getMachine: z.strictObject({}),
  listPacks: z.strictObject({}),
  /** Reads the pack folders again and tells the inference process. */
  rescanPacks: z.strictObject({}),
  openPacksFolder: z.strictObject({}),
  getSettings: z.strictObject({}),
  changeSettings: settingsPatchSchema,
  copyText: z.strictObject({ text: z.string() }),
  openTextFile: z.strictObject({}),
  saveTextFile: z.strictObject({ suggestedName: z.string(), text: z.string() }),
  /** Asks for a new inference port; it arrives as a window message (see preload). */
  connectInference: z.strictObject({}),
  restartInference: z.strictObject({}),
  /** What is asked after the answer is read anew: no run profits from the encodings of those before. */
  forgetEncodings: z.strictObject({}),
  ...DOCUMENT_CALLS,
  ...PACK_CALLS,
} as const;
export type AppCallName = keyof typeof APP_CALLS;
/** Calls a page may make itself: it names no paths. */
export type PageCallName = Exclude<AppCallName, 'addDocuments' | 'importPack'>;

export interface AppCallResults extends DocumentCallResults, PackCallResults {
  getAppInfo: AppInfo;
  getMachine: Machine;
  listPacks: PackEntry[];
  rescanPacks: PackEntry[];
  openPacksFolder: null;
  getSettings: Settings;
  changeSettings: Settings;
  copyText: null;
  openTextFile: OpenedText;
  saveTextFile: SavedText;
  connectInference: null;
  restartInference: null;
  forgetEncodings: null;
}

/** Where the inference process stands, as main sees it. */
export type EngineState =
  | { kind: 'starting' }
  | { kind: 'running'; pid: number; startedMs: number }
  /** It died and will be forked again after `retryMs`. */
  | { kind: 'restarting'; reason: string; retryMs: number }
  /** It died too often; only `restartInference` tries again. */
  | { kind: 'stopped'; reason: string };

export interface AppEvents extends DocumentEvents, PackEvents {
  engineState: EngineState;
  packsChanged: PackEntry[];
  settingsChanged: Settings;
  /** A menu item or accelerator was chosen. */
  menuCommand: MenuCommand;
}
export type AppEventName = keyof AppEvents;
export const APP_EVENTS = [
  'engineState',
  'packsChanged',
  'settingsChanged',
  'menuCommand',
  'documentsChanged',
  'documentChanged',
  'packLibraryChanged',
] as const satisfies readonly AppEventName[];

export type MenuCommand =
  | 'translate'
  | 'cancel'
  | 'swapLanguages'
  | 'openFile'
  | 'saveTranslation'
  | 'showTranslate'
  | 'showDocuments'
  | 'showCompare'
  | 'showPacks'
  | 'showSettings';

export type DropOptions = Omit<z.input<typeof DOCUMENT_CALLS.addDocuments>, 'paths'>;

/** `window.app` in the renderer. */
export interface AppApi {
  call<Name extends PageCallName>(name: Name, argument: z.input<(typeof APP_CALLS)[Name]>): Promise<AppCallResults[Name]>;
  /** Files and folders dropped onto the page: their paths go to main without the page naming any. */
  addDroppedDocuments(files: readonly File[], how: DropOptions): Promise<AddedDocuments>;
  /** A folder or zip dropped onto the page, to be imported. */
  importDroppedPack(file: File): Promise<null>;
  /** Returns the function that stops listening. */
  on<Name extends AppEventName>(name: Name, listener: (event: AppEvents[Name]) => void): () => void;
}

export { CHANNELS, INFERENCE_PORT_MESSAGE } from './channels';

/**
 * The window's screens, in the order of the rail, and the digit that shows each with Ctrl or Cmd. A new screen is a line
 * here and in the commands below, its panel in the window's App; its name stands in the texts of the window and of main.
 */
export const SCREENS = [
  { screen: 'translate', digit: 1 },
  { screen: 'documents', digit: 2 },
  { screen: 'summarize', digit: 3 },
  { screen: 'compare', digit: 4 },
  { screen: 'history', digit: 5 },
  { screen: 'memory', digit: 6 },
  { screen: 'packs', digit: 7 },
  { screen: 'privacy', digit: 8 },
  { screen: 'settings', digit: 9 },
] as const satisfies readonly { screen: string; digit: number }[];
export type Screen = (typeof SCREENS)[number]['screen'];

/** The menu's command that shows a screen. */
export const SCREEN_COMMANDS = {
  translate: 'showTranslate',
  documents: 'showDocuments',
  summarize: 'showSummarize',
  compare: 'showCompare',
  history: 'showHistory',
  memory: 'showMemory',
  packs: 'showPacks',
  privacy: 'showPrivacy',
  settings: 'showSettings',
} as const satisfies Record<Screen, `show${Capitalize<Screen>}`>;
export type ScreenCommand = (typeof SCREEN_COMMANDS)[Screen];

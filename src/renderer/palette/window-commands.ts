/** The commands of the window as settings, packs and text stand. */
import { type Settings } from '../../shared/app-api';
import { INTERFACE_LANGUAGES } from '../../shared/language';
import { SCREENS, type Screen } from '../../shared/screens';
import { type EngineStore } from '../engine/engine-store';
import { languageName, ownName, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { type SettingsStore } from '../settings/settings-store';
import { canSwap, chooseWork, laneChoices, laneName } from '../translate/choice';
import { type TranslateStore } from '../translate/translate-store';
import { type Command } from './commands';

export interface CommandTargets {
  engine: EngineStore;
  settings: SettingsStore;
  translation: TranslateStore;
}

const THEMES = { system: 'settings.system', light: 'settings.light', dark: 'settings.dark' } as const satisfies Record<
  Settings['theme'],
  unknown
>;

/** Screens first, then what is done with the text, then what can be chosen. Those that would do nothing are left out. */
export function windowCommands({ engine, settings, translation }: CommandTargets, show: (screen: Screen) => void): readonly Command[] {
  const { settings: current } = settings.getState();
  const choice = chooseWork(engine.getState().packs ?? [], current);
  const { source, generation } = translation.getState();
  const inTranslate = (run: () => void) => () => {
    show('translate');
    run();
  };
  const screens = SCREENS.map(({ screen, digit }) => ({
    label: t('habits.showScreen', { screen: t(`shell.${screen}`) }),
    keys: `${MODIFIER}${digit}`,
    run: () => show(screen),
  }));
  const text: Command[] = [
    ...(source.trim() === '' || choice === null
      ? []
      : [{ label: t('shell.translate'), keys: `${MODIFIER}Enter`, run: inTranslate(translation.translate) }]),
    ...(generation?.phase === 'working' || generation?.phase === 'waiting'
      ? [{ label: t('shell.cancel'), keys: 'Esc', run: translation.cancel }]
      : []),
    ...(source === '' ? [] : [{ label: t('habits.clear'), run: inTranslate(translation.clear) }]),
  ];
  const work: Command[] =
    choice === null
      ? []
      : [
          ...(canSwap(choice)
            ? [
                {
                  label: t('shell.swap'),
                  keys: `${MODIFIER}Shift+S`,
                  run: inTranslate(() => {
                    translation.takeOutputAsSource();
                    settings.change({ from: choice.to, to: choice.from });
                  }),
                },
              ]
            : []),
          ...laneChoices(choice.pack)
            .filter((lane) => lane !== choice.chosen)
            .map((lane) => ({ label: t('habits.useLane', { lane: laneName(lane) }), run: () => settings.change({ lane }) })),
          ...choice.pack.tasks
            .filter(({ from, to }) => from !== choice.from || to !== choice.to)
            .map(({ from, to }) => ({
              label: t('habits.translatePair', { pair: t('shell.pair', { from: languageName(from), to: languageName(to) }) }),
              run: inTranslate(() => settings.change({ from, to })),
            })),
        ];
  const window: Command[] = [
    {
      label: current.privateMode ? t('habits.privateOff') : t('habits.privateOn'),
      run: () => settings.change({ privateMode: !current.privateMode }),
    },
    ...(['system', 'light', 'dark'] as const)
      .filter((theme) => theme !== current.theme)
      .map((theme) => ({ label: t('habits.useTheme', { theme: t(THEMES[theme]) }), run: () => settings.change({ theme }) })),
    ...INTERFACE_LANGUAGES.filter((language) => language !== current.language).map((language) => ({
      label: t('habits.useLanguage', { language: ownName(language) }),
      run: () => settings.change({ language }),
    })),
    { label: t('habits.restartEngine'), run: engine.restart },
  ];
  return [...screens, ...text, ...work, ...window];
}

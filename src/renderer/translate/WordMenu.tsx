import { Check } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { formatPercent, t } from '../i18n/i18n';
import { type AlternativesState, type AlternativesStore, type LaneWords } from './alternatives-store';
import { laneName } from './choice';
import { CHOSEN_WORD_ID } from './OutputText';
import styles from './WordMenu.module.css';

interface WordMenuProps {
  alternatives: AlternativesStore;
  /** Of the translation. */
  language: string;
  /** Whether it was asked for with the keyboard: then the first word has the focus. */
  takesFocus: boolean;
  /** Put away with the keyboard. */
  onLeave(): void;
}

/** Away from the word and from the edges of the window, in pixels. */
const GAP = 6;

interface OpenMenuProps extends WordMenuProps {
  word: string;
  words: NonNullable<AlternativesState['words']>;
}

/** What else could stand where the chosen word stands, lane by lane; a choice writes the rest of the sentence anew. */
export function WordMenu(props: WordMenuProps) {
  const place = useStore(props.alternatives, (state) => state.place);
  const words = useStore(props.alternatives, (state) => state.words);
  return place === null || words === null ? null : <OpenMenu {...props} word={place.word} words={words} />;
}

function OpenMenu({ alternatives, language, takesFocus, onLeave, word: here, words }: OpenMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const answers = words.lanes.length;

  // Whatever puts it away, a translation that begins as well: the focus would fall to the page.
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useLayoutEffect(() => {
    const element = menu.current;
    return () => {
      if (element?.contains(document.activeElement) === true) leave.current();
    };
  }, []);

  useLayoutEffect(() => {
    const element = menu.current;
    const word = document.getElementById(CHOSEN_WORD_ID);
    if (element === null || word === null) return;
    if (!element.matches(':popover-open')) element.showPopover();
    const { left, top, bottom } = word.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = element;
    const fitsBelow = bottom + GAP + offsetHeight <= innerHeight - GAP;
    element.style.left = `${Math.max(GAP, Math.min(left, innerWidth - offsetWidth - GAP))}px`;
    element.style.top = `${fitsBelow ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
  }, [here, answers, words.isOver]);

  useEffect(() => {
    if (takesFocus && answers > 0 && menu.current?.contains(document.activeElement) === false) {
      menu.current.querySelector('button')?.focus();
    }
  }, [takesFocus, answers]);

  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === false) alternatives.close();
    };
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      alternatives.close();
      onLeave();
    };
    // It stands beside a word that would go away under it.
    const scroll = (event: Event) => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === false) alternatives.close();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('scroll', scroll, { capture: true });
    window.addEventListener('resize', alternatives.close);
    // Before the panel takes it for a cancel.
    document.addEventListener('keydown', escape, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('scroll', scroll, { capture: true });
      window.removeEventListener('resize', alternatives.close);
      document.removeEventListener('keydown', escape, { capture: true });
    };
  }, [alternatives, onLeave]);

  function move(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || menu.current === null) return;
    event.preventDefault();
    const buttons = [...menu.current.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  return (
    <div
      ref={menu}
      popover="manual"
      role="dialog"
      aria-label={t('alternatives.wordsFor', { word: here })}
      aria-busy={!words.isOver}
      className={styles.menu}
      onKeyDown={move}
    >
      <p className={styles.title}>{t('alternatives.wordsFor', { word: here })}</p>
      {words.problem !== null && <p className={styles.problem}>{words.problem}</p>}
      {answers === 0 && words.problem === null && (
        <p className={styles.quiet}>{words.isOver ? t('alternatives.noOthers') : t('alternatives.asking')}</p>
      )}
      <div className={styles.lanes}>
        {words.lanes.map((lane) => (
          <Words key={lane.lane} words={lane} here={here} language={language} alternatives={alternatives} onLeave={onLeave} />
        ))}
      </div>
    </div>
  );
}

interface WordsProps extends Pick<WordMenuProps, 'language' | 'alternatives' | 'onLeave'> {
  words: LaneWords;
  /** What stands there now. */
  here: string;
}

/** Words of one lane, each with a bar as long as it is probable. */
function Words({ words: { lane, candidates }, here, language, alternatives, onLeave }: WordsProps) {
  return (
    <section aria-label={laneName(lane)}>
      <p className={styles.lane}>{laneName(lane)}</p>
      <ul>
        {candidates.map((candidate) => (
          <li key={candidate.text}>
            <button
              type="button"
              className={styles.word}
              title={t('alternatives.chooseTitle', { lane: laneName(lane) })}
              onClick={() => {
                alternatives.choose(lane, candidate);
                onLeave();
              }}
            >
              <span className={styles.bar} style={{ width: `${100 * candidate.probability}%` }} />
              <span className={styles.text} lang={language}>
                {candidate.text}
              </span>
              {candidate.text === here && (
                <span className={styles.here} title={t('alternatives.hereNow')}>
                  <Check size={14} aria-hidden="true" />
                  <span className="visually-hidden">{t('alternatives.hereNow')}</span>
                </span>
              )}
              <span className={styles.percent}>{formatPercent(candidate.probability, candidate.probability < 0.095 ? 1 : 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

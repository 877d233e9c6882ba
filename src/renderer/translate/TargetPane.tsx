import { Columns3 } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent, type RefObject } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Counts } from '../components/Counts';
import { OutputActions } from '../components/OutputActions';
import { ProgressBar } from '../components/ProgressBar';
import { type EngineCondition } from '../engine/engine-store';
import { isRunning, type Generation } from '../generation';
import { countGrowingText, EMPTY_TEXT, textLength, wholeText } from '../growing-text';
import { t } from '../i18n/i18n';
import { UsedTerms } from '../memory/UsedTerms';
import { type AlternativesStore } from './alternatives-store';
import { Announcer } from './Announcer';
import { type Choice } from './choice';
import { judgementOf } from './opinion-marks';
import { OpinionLegend } from './OpinionLegend';
import { type OpinionStore } from './opinion-store';
import { CHOSEN_WORD_ID, NO_MARKS, OutputText } from './OutputText';
import { type Problem, type Remedy } from './problem';
import { ProblemNotice } from './ProblemNotice';
import { Strip } from './Strip';
import { type TranslateStore } from './translate-store';
import { Versions } from './Versions';
import { Welcome } from './Welcome';
import { WordMenu } from './WordMenu';
import styles from './panes.module.css';

interface TargetPaneProps {
  app: AppApi;
  translation: TranslateStore;
  alternatives: AlternativesStore;
  opinion: OpinionStore;
  choice: Choice | null;
  condition: EngineCondition;
  problem: Problem | null;
  onRemedy(remedy: Remedy): void;
  isShown: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  /** Shows the source in every lane. */
  onCompare(): void;
  onUsed(): void;
}

export function TargetPane(props: TargetPaneProps) {
  const { app, translation, alternatives, opinion, choice, condition, problem, onRemedy, isShown, scroller, onCompare, onUsed } = props;
  const generation = useStore(translation, (state) => state.generation);
  const previousOutput = useStore(translation, (state) => state.previousOutput);
  const isEmpty = useStore(translation, (state) => state.source === '');
  const isAwaited = useStore(translation, (state) => state.waitingForEngine);
  const counts = useMemo(() => (generation === null ? null : countGrowingText(generation.output)), [generation]);
  const hasText = generation !== null && textLength(generation.output) > 0;
  const place = useStore(alternatives, (state) => state.place);
  const showsVersions = useStore(alternatives, (state) => state.showsVersions);
  const rewritesNow = useStore(alternatives, (state) => state.rewritten?.isRunning === true);
  const isOpinionWanted = useStore(opinion, (state) => state.isWanted);
  const opinions = useStore(opinion, (state) => state.opinions);
  const judgement = useMemo(
    () =>
      isOpinionWanted && generation !== null && !isRunning(generation) && opinion.canJudge(generation)
        ? judgementOf(generation, opinions)
        : null,
    [isOpinionWanted, generation, opinion, opinions],
  );
  const [byKeyboard, setByKeyboard] = useState(false);
  const canLook = generation !== null && !isRunning(generation) && !rewritesNow && generation.sentences.length > 0;

  function onKey(event: KeyboardEvent) {
    if (!canLook || event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'ArrowRight') alternatives.step(1);
    else if (event.key === 'ArrowLeft') alternatives.step(-1);
    else if (event.key === 'Enter' && place !== null) {
      setByKeyboard(true);
      alternatives.ask();
    } else return;
    event.preventDefault();
  }

  return (
    <section
      className={styles.pane}
      aria-label={t('translate.translation')}
      aria-busy={rewritesNow || (generation !== null && isRunning(generation))}
    >
      <Progress generation={generation} />
      <div
        ref={scroller}
        className={styles.target}
        tabIndex={0}
        role="group"
        aria-label={t('translate.translatedText')}
        aria-activedescendant={place === null ? undefined : CHOSEN_WORD_ID}
        onKeyDown={onKey}
      >
        {problem !== null && <ProblemNotice problem={problem} onRemedy={onRemedy} />}
        {problem === null && generation === null && isEmpty && choice !== null && (
          <Welcome choice={choice} onExample={(text) => translation.openExample(text)} />
        )}
        {problem === null && generation === null && !isEmpty && (
          <p className={styles.quiet}>{isAwaited ? waitingWords(condition) : t('translate.appearsHere')}</p>
        )}
        {generation !== null && (
          <OutputText
            generation={generation}
            language={generation.input.task.to}
            previousOutput={previousOutput}
            marks={judgement?.marks ?? NO_MARKS}
            chosen={place}
            onLook={(offset) => {
              setByKeyboard(false);
              if (canLook) alternatives.look(offset);
            }}
          />
        )}
      </div>
      {generation !== null && (
        <WordMenu
          alternatives={alternatives}
          language={generation.input.task.to}
          takesFocus={byKeyboard}
          onLeave={() => scroller.current?.focus()}
        />
      )}
      {showsVersions && generation !== null && canLook && <Versions alternatives={alternatives} generation={generation} />}
      {judgement !== null && generation !== null && (
        <OpinionLegend
          opinion={opinion}
          generation={generation}
          judgement={judgement}
          chosen={judgement.marks.find(({ start, end }) => place !== null && start < place.end && end > place.start) ?? null}
        />
      )}
      {generation !== null && generation.terms.length > 0 && (
        <div className={styles.terms}>
          <UsedTerms terms={generation.terms} />
        </div>
      )}
      <Strip
        generation={generation}
        translation={translation}
        alternatives={alternatives}
        opinion={opinion}
        condition={condition}
        scroller={scroller}
      />
      <footer className={styles.footer}>
        <span className={styles.counts}>{hasText && counts !== null && <Counts counts={counts} />}</span>
        <OutputActions
          key={generation === null ? 'none' : 'some'}
          app={app}
          text={() => wholeText(translation.getState().generation?.output ?? EMPTY_TEXT)}
          fileName={() => suggestedName(translation.getState().fileName, choice)}
          hasText={hasText}
          isShown={isShown}
          copyTitle={t('translate.copyTitle')}
          saveTitle={t('translate.saveTitle')}
          onUsed={onUsed}
        />
        <Button
          icon={<Columns3 size={16} aria-hidden="true" />}
          title={t('translate.compareTitle')}
          disabled={choice === null || !hasText}
          onClick={onCompare}
        >
          {t('shell.compare')}
        </Button>
      </footer>
      <Announcer translation={translation} />
    </section>
  );
}

function waitingWords(condition: EngineCondition): string {
  return condition.kind === 'restarting' ? t('shell.engineStartingAgain') : t('shell.engineStarting');
}

/** A line along the foot of the pane, for text of more than one segment. */
function Progress({ generation }: { generation: Generation | null }) {
  if (generation?.phase !== 'working' || generation.segments === null || generation.segments < 2) return null;
  return (
    <ProgressBar
      className={styles.progress}
      label={t('translate.segmentsTranslated')}
      done={generation.segment}
      all={generation.segments}
    />
  );
}

function suggestedName(fileName: string | null, choice: Choice | null): string {
  const pair = choice === null ? '' : `_${choice.from}_${choice.to}`;
  return fileName === null ? `translation${pair}.txt` : `${fileName.replace(/\.[^.]*$/, '')}_translated${pair}.txt`;
}

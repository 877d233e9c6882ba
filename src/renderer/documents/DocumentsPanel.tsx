import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { type DocumentOptions } from '../../shared/document';
import { lanesOf } from '../../shared/inference/lanes';
import { Segmented } from '../components/Segmented';
import { DropOverlay } from '../components/DropOverlay';
import { EnginePill } from '../engine/EnginePill';
import { engineCondition, type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { type SettingsStore } from '../settings/settings-store';
import { canSwap, chooseWork, laneChoices, laneMeaning, laneName, workInput, type Choice } from '../translate/choice';
import { Languages } from '../translate/Languages';
import { findProblem, type Remedy } from '../translate/problem';
import { ProblemNotice } from '../translate/ProblemNotice';
import { AddBar } from './AddBar';
import { AddedNotice } from './AddedNotice';
import { AddButtons } from './AddButtons';
import { type DocumentsStore } from './documents-store';
import { EmptyQueue } from './EmptyQueue';
import { useFileDrop } from './file-drop';
import { Queue } from './Queue';
import { QueueAnnouncer } from './QueueAnnouncer';
import { Review } from './Review';
import { type ReviewStore } from './review-store';
import { pairWords } from './words';
import styles from './DocumentsPanel.module.css';

interface DocumentsPanelProps {
  engine: EngineStore;
  settings: SettingsStore;
  documents: DocumentsStore;
  review: ReviewStore;
  onOpenSettings(): void;
}

/** The queue of documents, or the review of one that is done. */
export function DocumentsPanel({ engine, settings, documents, review, onOpenSettings }: DocumentsPanelProps) {
  const current = useStore(settings, (state) => state.settings);
  const engineState = useStore(engine);
  const { queue, hasOpened, isAdding, lastAdded, problem } = useStore(documents);
  const reviewedId = useStore(review, (state) => state.jobId);
  const choice = useMemo(() => chooseWork(engineState.packs ?? [], current), [engineState.packs, current]);
  const condition = engineCondition(engineState, choice?.pack.id ?? null);
  const engineProblem = findProblem(condition, engineState.packs, null);
  const options = choice === null ? null : documentOptions(choice, current.bilingual);
  const holdsFiles = useFileDrop((files) => options !== null && documents.drop(files, options));
  useEffect(() => {
    // How files were added last is known once main has told the queue.
    if (hasOpened && queue !== null && options !== null && !isAdding) documents.addOpened(options);
  });
  const reviewed = queue?.jobs.find(({ id }) => id === reviewedId);
  const addButtons = <AddButtons documents={documents} options={options} isEmpty={queue?.jobs.length === 0} isAdding={isAdding} />;

  const mend: Record<Remedy, () => void> = {
    translate: engine.restart,
    restart: engine.restart,
    rescan: engine.rescanPacks,
    'open-packs': engine.openPacksFolder,
    settings: onOpenSettings,
  };

  return (
    <main className={styles.panel} aria-label={t('shell.documents')}>
      <h1 className="visually-hidden">{t('shell.documents')}</h1>
      {reviewed !== undefined ? (
        <Review job={reviewed} review={review} onOpen={() => documents.open(reviewed.id, 'translation')} />
      ) : (
        <>
          <header className={styles.decisions}>
            <Languages
              choice={choice}
              settings={current}
              onChange={(from, to) => settings.change({ from, to })}
              onSwap={() => choice !== null && canSwap(choice) && settings.change({ from: choice.to, to: choice.from })}
            />
            {choice !== null && (
              <Segmented
                label={t('shell.lane')}
                value={choice.chosen === 'exact' ? 'llm' : choice.chosen}
                options={laneChoices(choice.pack).flatMap((lane) =>
                  lane === 'exact' ? [] : [{ value: lane, label: laneName(lane), meaning: laneMeaning(lane) }],
                )}
                onChange={(lane) => settings.change({ lane })}
              />
            )}
            <EnginePill engine={engine} pack={choice?.pack ?? null} condition={condition} />
          </header>
          {queue !== null && (
            <AddBar
              documents={documents}
              outputFolder={queue.outputFolder}
              isBilingual={current.bilingual}
              onBilingual={(bilingual) => settings.change({ bilingual })}
            />
          )}
          <AddedNotice lastAdded={lastAdded} problem={problem?.jobId === null ? problem.message : null} onDismiss={documents.dismiss} />
          <div role="alert">{queue !== null && queue.problem !== null && <p className={styles.problem}>{queue.problem}</p>}</div>
          <div className={styles.body}>
            {engineProblem !== null && (
              <div className={styles.notice}>
                <ProblemNotice problem={engineProblem} onRemedy={(remedy) => mend[remedy]()} />
              </div>
            )}
            {queue === null ? null : queue.jobs.length === 0 ? (
              engineProblem === null && <EmptyQueue formats={queue.formats}>{addButtons}</EmptyQueue>
            ) : (
              <Queue documents={documents} jobs={queue.jobs} onReview={review.open}>
                {addButtons}
              </Queue>
            )}
          </div>
        </>
      )}
      <QueueAnnouncer documents={documents} />
      {holdsFiles && (
        <DropOverlay
          title={options === null ? t('documents.nothingWithoutPack') : t('documents.dropToTranslate')}
          words={options === null ? null : `${pairWords(options)}, ${laneName(options.lane)}`}
        />
      )}
    </main>
  );
}

/** Documents are translated as the box translates: the same result in both. What `exact` writes, they take from the lane that it follows. */
function documentOptions(choice: Choice, bilingual: boolean): DocumentOptions {
  const { packId, task, lane, decoding } = workInput(choice, '');
  return { packId, task, lane: lanesOf(lane)[0], decoding, ...(bilingual && { bilingual }) };
}

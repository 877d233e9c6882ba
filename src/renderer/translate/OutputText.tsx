import { memo, useLayoutEffect, useRef, type MouseEvent } from 'react';
import type { Flag } from '../../shared/inference/flags';
import type { Range } from '../../shared/inference/summary';
import { isRunning, type Generation } from '../generation';
import { openStart, type TextBlock } from '../growing-text';
import { textDirection } from '../text-direction';
import { flagMeaning } from './flagged';
import { type OpinionMark } from './opinion-marks';
import { opinionWords } from './opinion-words';
import { runsOf, type Run } from './runs';
import styles from './OutputText.module.css';

interface OutputTextProps {
  generation: Generation<unknown>;
  /** Of the text. */
  language: string;
  /** Text of the run before; what the new one has not reached yet shows faintly, while both agree. */
  previousOutput: string;
  /** Where the large model would have written other words. */
  marks?: readonly OpinionMark[];
  /** The word that is looked at. */
  chosen?: Range | null;
  /** A click, at an offset of the output. */
  onLook?: (offset: number) => void;
}

export const NO_MARKS: readonly OpinionMark[] = [];

/** Of the word that is looked at. */
export const CHOSEN_WORD_ID = 'chosen-word';

/** The translation as it is written. Only the open block changes; the model's caret stands at its end. */
export function OutputText({ generation, language, previousOutput, marks = NO_MARKS, chosen = null, onLook }: OutputTextProps) {
  const { output, flagged, input, revisions, revisedFrom } = generation;
  const running = isRunning(generation);
  const box = useRef<HTMLDivElement>(null);

  // The space of the run before stays reserved until this one ends: nothing below or above the reader moves.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (running) element.style.minHeight = `${element.offsetHeight}px`;
    else element.style.minHeight = '';
  }, [input, running]);

  const start = openStart(output);
  const remainder =
    running && output.closed.length === 0 && previousOutput.startsWith(output.open) ? previousOutput.slice(output.open.length) : '';
  const steady = Math.min(Math.max(revisedFrom - start, 0), output.open.length);

  function look(event: MouseEvent) {
    const offset = box.current === null ? null : offsetAt(box.current, event.clientX, event.clientY);
    // Whoever drags over text wants to copy it.
    if (offset !== null && getSelection()?.isCollapsed !== false) onLook?.(offset);
  }

  return (
    <div
      ref={box}
      className={styles.text}
      lang={language}
      dir={textDirection(output.closed[0]?.text ?? output.open)}
      data-testid="output"
      onClick={look}
    >
      <ClosedBlocks blocks={output.closed} flags={flagged} marks={marks} chosen={chosen} />
      <div className={styles.open}>
        {running && revisions > 0 ? (
          <>
            {output.open.slice(0, steady)}
            <span key={revisions} className={styles.revised}>
              {output.open.slice(steady)}
            </span>
          </>
        ) : (
          <Marked text={output.open} start={start} flags={flagged} marks={marks} chosen={chosen} />
        )}
        {running && <span className={styles.caret} aria-hidden="true" />}
        {remainder !== '' && (
          <span className={styles.remainder} aria-hidden="true">
            {remainder}
          </span>
        )}
      </div>
    </div>
  );
}

/** Offset in the text of `box` of the character at a point of the window; null beside the text. */
function offsetAt(box: HTMLElement, x: number, y: number): number | null {
  const position = document.caretPositionFromPoint(x, y);
  if (position === null || !box.contains(position.offsetNode)) return null;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(position.offsetNode, position.offset);
  return before.toString().length;
}

interface MarkedText {
  flags: readonly Flag[];
  marks: readonly OpinionMark[];
  chosen: Range | null;
}

const ClosedBlocks = memo(function ClosedBlocks({ blocks, chosen, ...rest }: MarkedText & { blocks: readonly TextBlock[] }) {
  return blocks.map((block) => (
    <ClosedBlock
      key={block.start}
      block={block}
      chosen={chosen !== null && chosen.start < block.start + block.text.length && chosen.end > block.start ? chosen : null}
      {...rest}
    />
  ));
});

const ClosedBlock = memo(function ClosedBlock({ block, ...rest }: MarkedText & { block: TextBlock }) {
  return (
    <div className={styles.closed}>
      <Marked text={block.text} start={block.start} {...rest} />
    </div>
  );
});

function Marked({ text, start, flags, marks, chosen }: MarkedText & { text: string; start: number }) {
  if (flags.length === 0 && marks.length === 0 && chosen === null) return text;
  return runsOf(text, start, flags, marks, chosen).map((run, index) => <MarkedRun key={index} run={run} flags={flags} />);
}

function MarkedRun({ run: { text, flag: flagIndex, mark, isChosen }, flags }: { run: Run; flags: readonly Flag[] }) {
  const flag = flagIndex === null ? undefined : flags[flagIndex];
  const judged =
    mark === null ? (
      text
    ) : (
      <span className={styles.opinion} data-distance={mark.distance} title={opinionWords(mark)}>
        {text}
      </span>
    );
  const chosen = isChosen ? (
    <span id={CHOSEN_WORD_ID} className={styles.chosen}>
      {judged}
    </span>
  ) : (
    judged
  );
  return flag === undefined ? (
    chosen
  ) : (
    <mark className={styles.flag} title={flagMeaning(flag.reason)} data-flag={flagIndex} tabIndex={-1}>
      {chosen}
    </mark>
  );
}

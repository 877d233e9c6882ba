import { memo, useLayoutEffect, useRef } from 'react';
import { type Flag } from '../../shared/inference';
import { isRunning, type Generation } from '../generation';
import { openStart, type TextBlock } from '../growing-text';
import { textDirection } from '../text-direction';
import { flagMeaning, runsOf } from './flagged';
import styles from './OutputText.module.css';

interface OutputTextProps {
  generation: Generation;
  /** Text of the run before; what the new one has not reached yet shows faintly, while both agree. */
  previousOutput: string;
}

/** The translation as it is written. Only the open block changes; the model's caret stands at its end. */
export function OutputText({ generation, previousOutput }: OutputTextProps) {
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

  return (
    <div
      ref={box}
      className={styles.text}
      lang={input.task.to}
      dir={textDirection(output.closed[0]?.text ?? output.open)}
      data-testid="output"
    >
      <ClosedBlocks blocks={output.closed} flags={flagged} />
      <div className={styles.open}>
        {running && revisions > 0 ? (
          <>
            {output.open.slice(0, steady)}
            <span key={revisions} className={styles.revised}>
              {output.open.slice(steady)}
            </span>
          </>
        ) : (
          <Marked text={output.open} start={start} flags={flagged} />
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

const ClosedBlocks = memo(function ClosedBlocks({ blocks, flags }: { blocks: readonly TextBlock[]; flags: readonly Flag[] }) {
  return blocks.map((block) => <ClosedBlock key={block.start} block={block} flags={flags} />);
});

const ClosedBlock = memo(function ClosedBlock({ block, flags }: { block: TextBlock; flags: readonly Flag[] }) {
  return (
    <div className={styles.closed}>
      <Marked text={block.text} start={block.start} flags={flags} />
    </div>
  );
});

function Marked({ text, start, flags }: { text: string; start: number; flags: readonly Flag[] }) {
  if (flags.length === 0) return text;
  return runsOf(text, start, flags).map((run, index) => {
    const flag = run.flag === null ? undefined : flags[run.flag];
    return flag === undefined ? (
      run.text
    ) : (
      <mark key={index} className={styles.flag} title={flagMeaning(flag.reason)} data-flag={run.flag} tabIndex={-1}>
        {run.text}
      </mark>
    );
  });
}

import { useEffect, useRef, type RefObject } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { t } from '../i18n/i18n';
import { textDirection } from '../text-direction';

interface SourceTextProps {
  /** What is typed goes to it; what it changes itself comes back. */
  store: Pick<StoreApi<{ source: string }>, 'getState' | 'getInitialState' | 'subscribe'> & { edit(source: string): void };
  label: string;
  language: string | undefined;
  textArea: RefObject<HTMLTextAreaElement | null>;
  className: string | undefined;
}

/** Where a panel's text is typed. Uncontrolled: handing a megabyte back to the element on every keystroke would be felt. */
export function SourceText({ store, label, language, textArea, className }: SourceTextProps) {
  const direction = useStore(store, ({ source }) => textDirection(source));
  const typed = useRef(store.getState().source);
  useEffect(
    () =>
      store.subscribe(({ source }) => {
        if (source === typed.current || textArea.current === null) return;
        typed.current = source;
        textArea.current.value = source;
      }),
    [store, textArea],
  );
  return (
    <textarea
      ref={textArea}
      className={className}
      aria-label={label}
      placeholder={t('shell.typeOrPaste')}
      defaultValue={store.getState().source}
      lang={language}
      dir={direction}
      spellCheck={false}
      autoFocus
      onChange={(event) => {
        typed.current = event.target.value;
        store.edit(event.target.value);
      }}
    />
  );
}

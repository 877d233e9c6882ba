import { useEffect, useRef, useState } from 'react';

/** Takes files and folders dropped anywhere on the window. Returns whether some are held over it. */
export function useFileDrop(onDrop: (files: File[]) => void): boolean {
  const [holds, setHolds] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    function hold(event: DragEvent) {
      if (event.dataTransfer === null || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setHolds(true);
    }
    function leave(event: DragEvent) {
      if (event.relatedTarget === null) setHolds(false);
    }
    function drop(event: DragEvent) {
      setHolds(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    }
    document.addEventListener('dragenter', hold);
    document.addEventListener('dragover', hold);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragenter', hold);
      document.removeEventListener('dragover', hold);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, []);
  return holds;
}

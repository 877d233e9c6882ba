import { describe, expect, test } from 'vitest';
import { createDocumentNews } from '../../../src/main/document-news';
import { detectLanguage } from '../../../src/main/language-detection';
import { onScreen } from '../../../src/main/on-screen';
import type { DocumentJob } from '../../../src/shared/document';

function job(kind: 'reading' | 'writing' | 'failed' | 'waiting', id = 'a'): DocumentJob {
  return {
    id,
    name: 'report.docx',
    folder: '/documents',
    bytes: 1,
    format: 'Word document',
    options: { packId: 'tiny', task: { kind: 'translate', from: 'en', to: 'de' }, lane: 'hybrid', decoding: { kind: 'greedy' } },
    state: kind === 'failed' ? { kind, reason: 'gone', progress: null } : { kind },
  };
}

describe('a notification', () => {
  test('is for a job that was waited for, once', () => {
    const news = createDocumentNews();
    expect(news.follow(job('reading'), 0)).toBeNull();
    expect(news.follow(job('writing'), 9_000)).toBeNull();
    expect(news.follow(job('failed'), 10_000)?.id).toBe('a');
    expect(news.follow(job('failed'), 20_000)).toBeNull();
  });

  test('is not for a short job, nor for one that goes back to waiting', () => {
    const news = createDocumentNews();
    news.follow(job('reading'), 0);
    expect(news.follow(job('failed'), 9_999)).toBeNull();
    news.follow(job('reading', 'b'), 0);
    expect(news.follow(job('waiting', 'b'), 60_000)).toBeNull();
    news.follow(job('reading', 'b'), 61_000);
    expect(news.follow(job('failed', 'b'), 62_000)).toBeNull();
  });
});

describe('the window’s place', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1080 },
    { x: 1920, y: 200, width: 1280, height: 720 },
  ];
  test.each([
    [{ x: 100, y: 100, width: 1280, height: 800 }, true],
    [{ x: 2000, y: 300, width: 1280, height: 800 }, true],
    [{ x: -1200, y: 50, width: 1280, height: 800 }, false],
    [{ x: 100, y: -40, width: 1280, height: 800 }, false],
    [{ x: 100, y: 1070, width: 1280, height: 800 }, false],
    [{ x: 4000, y: 100, width: 1280, height: 800 }, false],
  ])('%j can be taken hold of: %s', (window, expected) => {
    expect(onScreen(window, screens)).toBe(expected);
  });
});

describe('the language of a text', () => {
  test.each([
    ['Guten Morgen, wie geht es Ihnen?', 'de'],
    ['Good morning, how are you today?', 'en'],
    ['Bonjour, comment allez-vous ?', 'fr'],
    ['Buenos días, ¿cómo estás?', 'es'],
  ])('“%s” is %s', async (text, language) => {
    expect(await detectLanguage(text)).toMatchObject({ language, reliable: true });
  });

  test.each(['', '42 %', 'Hallo', 'Internet Computer Software', 'Kubernetes pod restart loop'])('of “%s” is not sure', async (text) => {
    expect((await detectLanguage(text)).reliable).toBe(false);
  });
});

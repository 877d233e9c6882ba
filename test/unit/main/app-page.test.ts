import { expect, test } from 'vitest';
import { APP_PAGE, isPage, pageFile } from '../../../src/main/app-page';

test.each([
  ['app://tandem/index.html', '/build/index.html'],
  ['app://tandem/assets/a%20b.js?x#y', '/build/assets/a b.js'],
  ['app://tandem/../../etc/passwd', '/build/etc/passwd'],
  ['app://tandem/%2e%2e/%2e%2e/etc/passwd', '/build/etc/passwd'],
  ['app://tandem/..%2f..%2fetc/passwd', null],
  ['app://tandem/%00', null],
  ['app://tandem/%E0%A4%A', null],
  ['app://tandem/', null],
  ['app://other/index.html', null],
  ['file:///build/index.html', null],
])('%s names %s', (url, path) => {
  expect(pageFile('/build', url)).toBe(path);
});

test.each([
  ['app://tandem/index.html', true],
  ['app://tandem/index.html?x#packs', true],
  ['app://tandem/index.htm', false],
  ['app://tandem.example/index.html', false],
  ['https://tandem/index.html', false],
  ['', false],
])('%s is the page: %s', (url, isIt) => {
  expect(isPage(url, APP_PAGE)).toBe(isIt);
});

import { expect, test } from 'vitest';
import { filesOf, keepOpenedFiles } from '../../../src/main/opened-files';

test('files of a command line: paths and addresses, neither switches nor the app', () => {
  const argv = [
    'electron',
    '-r',
    'loader.js',
    '.',
    '--user-data-dir=/tmp/x',
    'a letter.docx',
    '/home/b.md',
    'file:///home/a%20c.odt',
    'file://elsewhere/d.md',
    '',
  ];
  expect(filesOf(argv, '/app', '/app')).toEqual(['/app/a letter.docx', '/home/b.md', '/home/a c.odt']);
  expect(filesOf(['tandem', 'a.txt'], '/home', '/opt/app.asar')).toEqual(['/home/a.txt']);
  expect(filesOf(['tandem'], '/home', '/opt/app.asar')).toEqual([]);
});

test('files wait until they are taken, once', () => {
  let told = 0;
  const files = keepOpenedFiles(() => told++);
  files.add([]);
  expect([told, files.areWaiting()]).toEqual([0, false]);
  files.add(['/a']);
  files.add(['/b', '/c']);
  expect([told, files.areWaiting()]).toEqual([2, true]);
  expect(files.take()).toEqual(['/a', '/b', '/c']);
  expect([files.take(), files.areWaiting()]).toEqual([[], false]);
});

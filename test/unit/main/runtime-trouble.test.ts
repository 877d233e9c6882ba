import { expect, test } from 'vitest';
import { isIllegalInstruction, runtimeTrouble } from '../../../src/main/runtime-trouble';

test.each([
  ['libonnxruntime.so.1: cannot open shared object file: No such file or directory', 'missing'],
  ["Cannot find module '../bin/napi-v6/linux/x64/onnxruntime_binding.node'\nRequire stack:", 'missing'],
  ['The specified module could not be found.\n\\\\?\\C:\\Tandem\\onnxruntime_binding.node', 'missing'],
  ["/lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.29' not found (required by libonnxruntime.so.1)", 'system'],
  ['/opt/Tandem/libonnxruntime.so.1: invalid ELF header', 'damaged'],
  ['/opt/Tandem/libonnxruntime.so.1: file too short', 'damaged'],
  ['\\\\?\\C:\\Tandem\\onnxruntime_binding.node is not a valid Win32 application.', 'damaged'],
  ['something nobody has seen', 'other'],
])('%s: %s', (message, trouble) => {
  expect(runtimeTrouble(message).trouble).toBe(trouble);
});

test('its reason is one line', () => {
  expect(runtimeTrouble('not found\nRequire stack:\n- /home/x').reason).toBe('not found');
});

test.each([
  [4, 'linux', true],
  [132, 'darwin', true],
  [-1073741795, 'win32', true],
  [3221225501, 'win32', true],
  [4, 'win32', false],
  [9, 'linux', false],
  [1, 'linux', false],
] as const)('exit code %i on %s is an illegal instruction: %s', (code, platform, expected) => {
  expect(isIllegalInstruction(code, platform)).toBe(expected);
});

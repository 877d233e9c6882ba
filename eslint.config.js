/** typescript-eslint's strictest set, and the process boundaries in scripts/eslint. */
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { literalText } from './scripts/eslint/literal-text.js';
import { OFFLINE_RULES, PRELOAD_RULES } from './scripts/eslint/offline.js';
import { processBoundaries } from './scripts/eslint/process-boundaries.js';
import { TEXT_RULES } from './scripts/eslint/text-only.js';

export default defineConfig(
  { ignores: ['out/', 'dist/', 'test-results/', 'training/', 'resources/', 'test/fixtures/', '**/*.{js,mjs,cjs}'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Electron's types declare every class twice, one extending the other.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Props and stores pass functions around; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // An empty function is how "nothing to do" is said; an empty catch stays an error.
      '@typescript-eslint/no-empty-function': 'off',
      'no-empty': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { tandem: { rules: { 'process-boundaries': processBoundaries } } },
    rules: { 'tandem/process-boundaries': 'error', ...OFFLINE_RULES },
  },
  { files: ['src/preload/**'], rules: PRELOAD_RULES },
  { files: ['src/renderer/**/*.{ts,tsx}'], rules: TEXT_RULES },
  {
    files: ['src/renderer/**/*.tsx'],
    plugins: { texts: { rules: { 'literal-text': literalText } } },
    rules: { 'texts/literal-text': 'error' },
  },
  { files: ['src/renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
);

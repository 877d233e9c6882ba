import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { literalText } from '../../../scripts/eslint/literal-text.js';

function problems(code: string): string[] {
  const linter = new Linter();
  const found = linter.verify(code, {
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { texts: { rules: { 'literal-text': literalText } } },
    rules: { 'texts/literal-text': 'error' },
  });
  return found.map(({ message }) => message);
}

test.each([
  '<p>Save</p>',
  '<>Save</>',
  "<p>{'Save'}</p>",
  '<p>{`Save ${name}`}</p>',
  "<p>{ok ? 'Saved' : null}</p>",
  "<p>{ok && 'Saved'}</p>",
  '<button title="Save" />',
  '<button aria-label={`Edit ${name}`} />',
  '<Row note={ok ? undefined : "Why"} />',
  '<Row name="Theme" />',
])('%s has words of its own', (code) => {
  expect(problems(code)).toHaveLength(1);
});

test.each([
  "<p>{t('shell.save')}</p>",
  '<p>{name}: {words}, 98 %</p>',
  '<p className="save">Tandem</p>',
  '<p>{`${first}–${last} · ${all}`}</p>',
  '<input name="save" type="text" />',
  '<Button keys="Esc" look="primary" />',
])('%s has none', (code) => {
  expect(problems(code)).toEqual([]);
});

/** ESLint's own rule, set so that what a model or a document wrote is text in the window and never HTML. */

const MESSAGE = 'What is shown is text: put it into an element as a child.';

/** @type {import('eslint').Linter.RulesRecord} */
export const TEXT_RULES = {
  'no-restricted-syntax': [
    'error',
    { selector: 'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|srcDoc)$/]', message: MESSAGE },
    { selector: 'Property[key.name="dangerouslySetInnerHTML"]', message: MESSAGE },
    { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|srcdoc)$/]', message: MESSAGE },
    { selector: 'CallExpression[callee.property.name=/^(parseFromString|createContextualFragment)$/]', message: MESSAGE },
    { selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]', message: MESSAGE },
  ],
};

/**
 * Words that a person reads stand in `src/renderer/i18n`, in every language; a component asks for them. Refused in JSX: text with a letter,
 * as a child or in an attribute that is shown or read out, but for names that are the same everywhere.
 */

/** Of elements and of the window's own components. */
const SHOWN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'label',
  'meaning',
  'name',
  'note',
  'placeholder',
  'text',
  'title',
]);

/** Names of things and of keys. */
const NAMES = new Set(['Tandem', 'Electron', 'Chrome', 'Node', 'Esc']);

/** @param {string} text */
export function hasWords(text) {
  return text.split(/[^\p{L}\p{M}]+/u).some((word) => word !== '' && !NAMES.has(word));
}

/**
 * The texts that an expression may come to.
 * @param {any} node
 * @returns {{ node: any, text: string }[]}
 */
function textsOf(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ node, text: node.value }] : [];
    case 'TemplateLiteral':
      return node.quasis.map((/** @type {any} */ quasi) => ({ node, text: quasi.value.cooked ?? '' }));
    case 'ConditionalExpression':
      return [...textsOf(node.consequent), ...textsOf(node.alternate)];
    case 'LogicalExpression':
      return [...textsOf(node.left), ...textsOf(node.right)];
    case 'JSXExpressionContainer':
      return textsOf(node.expression);
    default:
      return [];
  }
}

/** @type {import('eslint').Rule.RuleModule} */
export const literalText = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    /** @param {{ node: any, text: string }[]} texts */
    const check = (texts) => {
      for (const { node, text } of texts) {
        if (hasWords(text)) context.report({ node, message: `“${text.trim()}” belongs into src/renderer/i18n, in every language.` });
      }
    };
    return {
      /** @param {any} node */
      JSXText: (node) => check([{ node, text: node.value }]),
      /** @param {any} node */
      'JSXElement > JSXExpressionContainer': (node) => check(textsOf(node)),
      /** @param {any} node */
      'JSXFragment > JSXExpressionContainer': (node) => check(textsOf(node)),
      /** @param {any} node */
      JSXAttribute: (node) => {
        const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
        // An input's name is no text.
        if (SHOWN.has(name) && !(name === 'name' && /^[a-z]/.test(node.parent.name.name ?? ''))) check(textsOf(node.value));
      },
    };
  },
};

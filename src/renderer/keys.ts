/** The modifier as this system names it, for labels. */
export const MODIFIER = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl+';

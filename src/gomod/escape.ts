/** A module path or version as the module cache spells it, for file systems that ignore case: `A` becomes `!a`. */
export function escapeModule(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** The inverse of `escapeModule`; null when the text is none of its results. */
export function unescapeModule(text: string): string | null {
  if (/[A-Z]|!(?![a-z])/.test(text)) return null;
  return text.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

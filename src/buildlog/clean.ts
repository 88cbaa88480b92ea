// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of terminals begin with a control character.
const escapeSequence = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same.
const otherControl = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** Longer lines are cut before they are matched: no message that a pattern knows comes near. */
export const longestLine = 8192;

/**
 * The lines of a log, without colours, carriage returns and control characters.
 * A line that a progress display wrote over keeps its last text.
 */
export function cleanLines(log: string): string[] {
  return log.split('\n').map((raw) => {
    const written = raw.replace(/\r+$/, '');
    const last = written.slice(written.lastIndexOf('\r') + 1);
    return last.slice(0, longestLine).replace(escapeSequence, '').replace(otherControl, '');
  });
}

/** Typographic quotes and the `opening' of old GNU tools made plain. */
export function plainQuotes(line: string): string {
  return line.replace(/[‘’`]/g, "'").replace(/[“”]/g, '"');
}

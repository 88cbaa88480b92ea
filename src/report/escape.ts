/** Makes a name from a scanned file harmless on a terminal: control characters become `\xNN`, bidi marks `\u{…}`. */
export function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (char) => {
    const code = char.charCodeAt(0);
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** A line that another program wrote, made harmless on a terminal: colours stay, all else that commands one is shown. */
export function terminalLine(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with a control character
  const parts = line.replace(/\r$/, '').split(/(\x1b\[[0-9;]*m|\t)/);
  return parts.map((part, at) => (at % 2 === 1 ? part : escapeText(part))).join('');
}

/** A word as a POSIX shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

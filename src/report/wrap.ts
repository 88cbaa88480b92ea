/**
 * Breaks text into lines of at most `width` columns, at spaces where there are any, and at most `most` lines: what
 * does not fit ends in `…`. Counts code points, which is right for the Latin text that we print.
 */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= width) {
      line = `${line} ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = rest;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  const last = kept[most - 1] ?? '';
  kept[most - 1] = `${last.length < width ? last : last.slice(0, width - 1)}…`;
  return kept;
}

/** A chain or path in one line: the middle gives way to `…` when it is longer than `width`. */
export function shorten(parts: string[], separator: string, width: number): string {
  const whole = parts.join(separator);
  if (whole.length <= width) return whole;
  for (let head = Math.min(2, parts.length - 1); head >= 1; head--) {
    for (let tail = parts.length - head - 1; tail >= 1; tail--) {
      const text = [...parts.slice(0, head), '…', ...parts.slice(parts.length - tail)].join(separator);
      if (text.length <= width) return text;
    }
  }
  return `…${whole.slice(whole.length - width + 1)}`;
}

/**
 * A .pc file for a library of which there is an archive alone: what only a static link needs (`Libs.private`,
 * `Requires.private`) is asked for always, since cmd/go calls pkg-config without `--static`.
 */
export function staticPc(text: string): string {
  const lines = text.replace(/\\\r?\n/g, '').split(/\r?\n/);
  const value = (field: string) =>
    lines.flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).trim()] : [])).join(' ');
  const joined = (field: string, mark: string): string[] => {
    const parts = [value(field), value(`${field}.private`)].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`${field}: ${parts.join(mark)}`];
  };
  const own = /^(Libs|Requires)(\.private)?:/;
  const kept = lines.filter((line) => !own.test(line) && line.trim() !== '');
  return `${[...kept, ...joined('Requires', ', '), ...joined('Libs', ' ')].join('\n')}\n`;
}

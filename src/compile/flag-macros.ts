import { readTable } from '../io/data.ts';

interface Effect {
  group: string | null;
  /** `#define` and `#undef` lines. */
  text: string;
}

const tables = new Map<string, Map<string, Effect>>();
let source: Record<string, string> | undefined;

/** Effects of one compiler family's flags for a language, from data/c-flags.yaml. */
function effects(family: 'gcc' | 'clang', language: 'c' | 'c++'): Map<string, Effect> {
  const key = `${family} ${language}`;
  let table = tables.get(key);
  if (table === undefined) {
    source ??= readTable('c-flags.yaml') as Record<string, string>;
    table = new Map();
    for (const line of (source[family] ?? '').split('\n')) {
      const [of, flag = '', group = '-', ...changes] = line.split('\t');
      if (of !== '*' && of !== language) continue;
      const text = changes.map((change) =>
        change.startsWith('!') ? `#undef ${change.slice(1)}` : `#define ${change.replace('=', ' ')}`,
      );
      table.set(flag, { group: group === '-' ? null : group, text: text.join('\n') });
    }
    tables.set(key, table);
  }
  return table;
}

/** What flags do to the macros that the compiler predefines: `#define` and `#undef` lines. Unknown flags do nothing. */
export function flagMacros(words: readonly string[], family: 'gcc' | 'clang', language: 'c' | 'c++'): string {
  const table = effects(family, language);
  const lines: string[] = [];
  const last = new Map<string, string>();
  for (const word of words) {
    const effect = table.get(word.startsWith('--std=') ? word.slice(1) : word);
    if (effect === undefined) continue;
    if (effect.group === null) lines.push(effect.text);
    else last.set(effect.group, effect.text);
  }
  return [...last.values(), ...lines].filter((text) => text !== '').join('\n');
}

import { joinWords, splitWords } from '../toolchain/words.ts';
import { withoutDynamic } from './contradictions.ts';

/** What `-ldflags` becomes, and what had to give way: one sentence a contradiction. */
export interface MergedLdflags {
  /** Values for `-ldflags`, in order. */
  values: string[];
  notes: string[];
}

/** A flag of cmd/link at `at`: its value, and how many words it takes; null when it is another. */
function linkFlag(words: string[], at: number, name: string): { value: string; taken: number } | null {
  const match = new RegExp(`^--?${name}(?:=(.*))?$`, 's').exec(words[at] ?? '');
  if (!match) return null;
  return match[1] === undefined ? { value: words[at + 1] ?? '', taken: 2 } : { value: match[1], taken: 1 };
}

/** One value of `-ldflags` without its pattern: ours put in, the rest as it was. Null when its quotes do not fit. */
function mergeArguments(text: string, external: string[], notes: Set<string>): string | null {
  const words = splitWords(text);
  if (!words) return null;
  const kept: string[] = [];
  const own: string[] = [];
  for (let at = 0; at < words.length; ) {
    const mode = linkFlag(words, at, 'linkmode');
    const extldflags = mode ? null : linkFlag(words, at, 'extldflags');
    if (mode) {
      if (mode.value !== 'external') {
        notes.add(`-linkmode ${mode.value} gives way to -linkmode external: Go's own linker links no static libc`);
      }
    } else if (extldflags) {
      const flags = splitWords(extldflags.value);
      if (!flags) return null;
      own.push(...flags);
    } else {
      kept.push(words[at] ?? '');
    }
    at += (mode ?? extldflags)?.taken ?? 1;
  }
  const fitting = withoutDynamic(own, '-extldflags');
  for (const note of fitting.notes) notes.add(note);
  if (own.includes('-static-pie')) {
    notes.add('-static-pie of -extldflags is left out: -buildmode=pie is what asks for such a program');
  }
  const ours = new Set([...external, '-static', '-static-pie']);
  const theirs = fitting.kept.filter((word) => !ours.has(word));
  const extldflags = joinWords([...external, ...theirs]);
  return extldflags === null ? null : joinWords([...kept, '-linkmode=external', `-extldflags=${extldflags}`]);
}

/**
 * Puts external linking and the words for the external linker into every value that a person gave for `-ldflags`, since
 * of several values that match a package the last one wins. Null when the quotes of one do not fit.
 */
export function mergeLdflags(given: string[], external: string[]): MergedLdflags | null {
  const notes = new Set<string>();
  const values: string[] = [];
  const isPatterned = (value: string) => !/^\s*(-|'|"|$)/.test(value);
  // Packages that no pattern of theirs matches need ours too; first, so that theirs win where they match.
  const all = given.some((value) => !isPatterned(value)) ? given : ['', ...given];
  for (const value of all) {
    const equals = isPatterned(value) ? value.indexOf('=') + 1 : 0;
    const merged = mergeArguments(value.slice(equals), external, notes);
    if (merged === null) return null;
    values.push(value.slice(0, equals) + merged);
  }
  return { values, notes: [...notes] };
}

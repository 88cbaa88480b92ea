import { memoryScratch } from '../src/io/memory.ts';
import type { Processes, ProcessResult } from '../src/io/processes.ts';
import type { Scratch } from '../src/io/scratch.ts';
import { type ObjectText, writeObject } from './objects.ts';

/** What a compiler answers about one file: errors, an object, or nothing within its time. */
export type Answer = { said: string } | ObjectText | 'hangs';

/** A compiler that answers by the name of the file, `preamble.c` for preambles; it compiles into `content`. */
export function fakeCompiler(
  answers: Record<string, Answer | ((text: string) => Answer)>,
  content: Record<string, string | Uint8Array>,
): { processes: Processes; scratch: Scratch; commands: string[][]; texts: string[] } {
  const commands: string[][] = [];
  const texts: string[] = [];
  const ended: ProcessResult = { code: 0, signal: null, stdout: '', stderr: '', timedOut: false };
  const processes: Processes = {
    async run(command) {
      commands.push(command);
      const input = command.at(-1) ?? '';
      const text = content[input];
      if (typeof text === 'string') texts.push(text);
      const given = answers[input.slice(input.lastIndexOf('/') + 1)] ?? {};
      const answer = typeof given === 'function' ? given(String(text)) : given;
      if (answer === 'hangs') return { ...ended, code: null, signal: 'SIGKILL', timedOut: true };
      if ('said' in answer) return { ...ended, code: 1, stderr: answer.said.replaceAll('preamble.c', input) };
      content[command[command.indexOf('-o') + 1] ?? ''] = writeObject(answer);
      return ended;
    },
  };
  return { processes, scratch: memoryScratch(content), commands, texts };
}

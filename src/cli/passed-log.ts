import { terminalLine } from '../report/escape.ts';

/** Where a log goes on to. */
export interface LogEnd {
  isTTY?: boolean;
  write(text: string | Uint8Array): unknown;
}

/** Bytes of a log that are read; what comes after only passes. */
const longestLog = 64 * 1024 * 1024;

/**
 * Reads a log to its end, and passes it on as it comes: byte for byte; on a terminal line by line, without what could
 * command it. `isCut` says that the log was too long to be read whole.
 */
export async function readPassing(
  from: AsyncIterable<Uint8Array>,
  to: LogEnd,
  most = longestLog,
): Promise<{ log: string; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of from) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    if (!to.isTTY) to.write(chunk);
    else {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) to.write(`${terminalLine(line)}\n`);
    }
  }
  if (rest !== '') to.write(terminalLine(rest));
  return { log: Buffer.concat(chunks).toString('utf8'), isCut: size > most };
}

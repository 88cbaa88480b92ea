const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

const endings = new Set<() => void>();
let listening = false;

/**
 * Calls back when the process ends, by a signal too: the place to end children and to remove temporary folders.
 * Returns what takes the callback away again.
 */
export function atEnd(callback: () => void): () => void {
  endings.add(callback);
  if (!listening) {
    listening = true;
    process.on('exit', runEndings);
    for (const [signal, number] of Object.entries(signals)) {
      process.on(signal, () => process.exit(128 + number));
    }
  }
  return () => endings.delete(callback);
}

function runEndings(): void {
  // The latest first: children end before the folders that they were given go.
  for (const callback of [...endings].reverse()) callback();
  endings.clear();
}

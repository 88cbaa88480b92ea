const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

const endings = new Set<() => void>();
let listening = false;
let passTo: ((signal: NodeJS.Signals) => void) | null = null;

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
      process.on(signal, () => {
        if (passTo === null) process.exit(128 + number);
        passTo(signal as NodeJS.Signals);
      });
    }
  }
  return () => endings.delete(callback);
}

/** Hands signals that would end the process to another instead. Call `atEnd` before. Returns what takes this back. */
export function passSignals(to: (signal: NodeJS.Signals) => void): () => void {
  passTo = to;
  return () => {
    passTo = null;
  };
}

function runEndings(): void {
  // The latest first: children end before the folders that they were given go.
  for (const callback of [...endings].reverse()) callback();
  endings.clear();
}

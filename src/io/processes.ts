/** How a child process ended. Output is bytes decoded as UTF-8. */
export interface ProcessResult {
  /** Exit code; null when a signal or the time limit ended it. */
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

export interface ProcessOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  /** Milliseconds; the child is killed after that. */
  timeout?: number;
  /** Bytes of each stream that are kept; 1 GiB unless told. */
  longestOutput?: number;
  /** `inherit` lets the child write to our stderr as it goes; its text is then not in the result. `both` does both. */
  stderr?: 'capture' | 'inherit' | 'both';
  /** Ends the child, with all that it started, when it is aborted. */
  signal?: AbortSignal;
}

/** Starts child processes without a shell. */
export interface Processes {
  /** Rejects with ENOENT when the command does not exist. */
  run(command: string[], options: ProcessOptions): Promise<ProcessResult>;
}

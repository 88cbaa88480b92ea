/** Exit codes of every command, see docs/design.md. */
export const exitCode = { clean: 0, findings: 1, usage: 2, unfinished: 3 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/**
 * A failure that a person can act on. Printed as one line on stderr,
 * `gomusl: WHAT: WHERE; WHAT TO DO`, without a stack.
 */
export class Failure extends Error {
  readonly code: ExitCode;
  readonly where: string;
  readonly action: string;

  constructor(code: ExitCode, what: string, where: string, action: string) {
    super(what);
    this.name = 'Failure';
    this.code = code;
    this.where = where;
    this.action = action;
  }
}

import { executableFinding } from '../executable-finding.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM509',
  title: 'The program does not run in an empty root',
  stage: 'run',
  severity: 'error',
  scope: 'executable',
  check(view) {
    const { run } = view;
    if (run === undefined || run.outcome === 'still-running' || run.code === 0) return [];
    const where = run.root === 'empty-root' ? 'an empty root' : 'an empty folder without environment';
    const missing = run.missing[0];
    const how = {
      exited: `The program ended with exit code ${run.code} in ${where}.`,
      killed: `The program was ended by ${run.signal} in ${where}.`,
      'not-started': `The program could not be started in ${where}.`,
    }[run.outcome];
    const why = {
      exited:
        missing === undefined ? 'It may want arguments, or a file of its own.' : `It says that ${missing} is missing.`,
      killed: 'A signal ends a program whose own code went wrong.',
      'not-started': 'The loader that it asks for, or the machine that it is built for, is not there.',
    }[run.outcome];
    return [
      executableFinding(view, {
        // A program may end so by its own will: without arguments most tools do.
        severity: run.outcome === 'exited' ? 'warning' : 'error',
        what: how,
        why,
        action:
          run.outcome === 'exited'
            ? 'Give it arguments behind --, and put what it names into the image.'
            : 'Look at the errors above; run gomusl check for what musl does otherwise.',
        evidence: { name: run.signal ?? String(run.code ?? run.outcome), missing: run.missing },
      }),
    ];
  },
});

import type { Finding } from '../model/finding.ts';
import { escapeText } from './escape.ts';
import { shorten, wrap } from './wrap.ts';

export const columns = 80;

/** A note in at most two lines: it asks for nothing, its page says more. */
function noteLines(finding: Finding): string[] {
  const text = escapeText(`note ${finding.ruleId} ${finding.what}`);
  return wrap(text, columns - 4, 2).map((line, at) => (at === 0 ? `  ${line}` : `    ${line}`));
}

/** One finding in at most six lines: place, chain, what and why, what to do. */
export function findingLines(finding: Finding): string[] {
  if (finding.severity === 'note') return noteLines(finding);
  const { location } = finding;
  const place = location ? `${location.file}:${location.line}:${location.column}` : finding.package;
  const head = `  ${finding.severity} ${finding.ruleId} `;
  const lines = [`${head}${shorten(escapeText(place).split('/'), '/', columns - head.length)}`];
  if (finding.chain.length > 1) {
    lines.push(`    ${shorten(finding.chain.map(escapeText), ' > ', columns - 4)}`);
  }
  const room = 5 - (lines.length - 1);
  const reason = wrap(escapeText(`${finding.what} ${finding.why}`), columns - 4, room - 1);
  const action = wrap(escapeText(finding.action), columns - 6, room - reason.length);
  return [
    ...lines,
    ...reason.map((line) => `    ${line}`),
    ...action.map((line, at) => (at === 0 ? `    > ${line}` : `      ${line}`)),
  ];
}

import type { ViewCache } from '../check/kept-view.ts';
import { answerTo, moment, notice, type Question, type QuestionKind } from '../io/asked.ts';
import { digestOf, type Store } from '../io/store.ts';
import type { CompileView } from '../model/view.ts';

type Answered = [kind: QuestionKind, path: string, answer: string];

/** Views that are kept, and days for which one is kept that nobody asks for. */
const mostViews = 512;
const viewDays = 30;
/** Characters of a view with its answers: the largest seen are a tenth of that. */
const longestText = 16_000_000;

/**
 * Views in the user's cache. Each stands beside the answers that the disk gave for it, and holds while they are the
 * same; `stamp` is of the gomusl that made them. A text that is cut short or of another shape is none.
 */
export function openViewStore(store: Store, stamp: string): ViewCache {
  const started = Date.now();
  const answers = new Map<string, string>();
  let pruned = false;
  const answer = (question: Question): string => {
    const asked = `${question.kind} ${question.path}`;
    const given = answers.get(asked) ?? answerTo(question);
    answers.set(asked, given);
    return given;
  };
  const nameOf = (key: unknown) => `view-${digestOf([stamp, key])}`;
  return {
    get(key) {
      const kept = parsed(store.get(nameOf(key)));
      if (kept === null || !kept.asked.every(([kind, path, given]) => answer({ kind, path }) === given)) return null;
      // The answers count for whoever remembers what this run rests on.
      for (const [kind, path] of kept.asked) notice(kind, path);
      return kept.view;
    },
    put(key, view, asked) {
      const given = asked.map((one): Answered => [one.kind, one.path, answer(one)]);
      if (given.some(([kind, , text]) => kind === 'file' && latest(text) > started - moment)) return;
      const text = JSON.stringify({ asked: given, view });
      if (text.length > longestText) return;
      if (!pruned) store.prune('view-', mostViews, viewDays);
      pruned = true;
      store.put(nameOf(key), text);
    },
  };
}

/** The latest change in the answer about a file, in milliseconds since 1970. */
function latest(answer: string): number {
  const [, , modified = '0', changed = '0'] = answer.split(' ');
  return Math.max(Number(modified) || 0, Number(changed) || 0);
}

function parsed(text: string | null): { asked: Answered[]; view: Omit<CompileView, 'target'> } | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as { asked: Answered[]; view: CompileView };
    return kept.asked.every(Array.isArray) && Array.isArray(kept.view.units) ? kept : null;
  } catch {
    return null; // cut short by a full disk: it is made again
  }
}

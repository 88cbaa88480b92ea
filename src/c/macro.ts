import type { Token } from './token.ts';

/** Who defined a macro. `system`: a header of the libc, the kernel or the compiler. */
export type Origin = 'predefined' | 'flag' | 'module' | 'system';

export interface Macro {
  defined: true;
  name: number;
  /** Null for an object-like macro. */
  params: readonly number[] | null;
  variadic: boolean;
  body: readonly Token[];
  origin: Origin;
  /** Macros from flags without which this definition would not stand; itself when a flag defines it. */
  enabledBy: readonly string[];
  /** Expanded by a function of the preprocessor, such as `__LINE__`. */
  builtin: boolean;
}

/** `#undef`, so that no unread header can have defined it since. */
export interface Undefined {
  defined: false;
}

/** After a condition that could not be decided: one of these. `absent` when it may never have been touched. */
export interface Undecided {
  defined: 'maybe';
  choices: readonly (Macro | Undefined)[];
  absent: boolean;
}

export type MacroState = Macro | Undefined | Undecided;

export const undefinedMacro: Undefined = { defined: false };

function sameBody(a: readonly Token[], b: readonly Token[]): boolean {
  return (
    a.length === b.length &&
    a.every((token, index) => {
      const other = b[index] as Token;
      return token.kind === other.kind && token.id === other.id && token.text === other.text;
    })
  );
}

/** Whether two definitions give the same text. */
export function sameMacro(a: Macro, b: Macro): boolean {
  if (a === b) return true;
  if ((a.params === null) !== (b.params === null) || a.variadic !== b.variadic) return false;
  if (a.params?.length !== b.params?.length) return false;
  if (a.params?.some((param, index) => param !== b.params?.[index])) return false;
  return sameBody(a.body, b.body);
}

/** What a name is when one of `states` holds; undefined among them means that it was never touched. */
export function mergeStates(states: readonly (MacroState | undefined)[]): MacroState | undefined {
  const choices: (Macro | Undefined)[] = [];
  let absent = false;
  const add = (state: Macro | Undefined) => {
    const same = (other: Macro | Undefined) =>
      state.defined ? other.defined && sameMacro(state, other) : !other.defined;
    if (!choices.some(same)) choices.push(state);
  };
  for (const state of states) {
    if (state === undefined) absent = true;
    else if (state.defined === 'maybe') {
      absent ||= state.absent;
      state.choices.forEach(add);
    } else add(state);
  }
  if (choices.length === 0) return undefined;
  if (choices.length === 1 && !absent) return choices[0];
  return { defined: 'maybe', choices: choices.slice(0, 8), absent };
}

/** The definition that stands for an undecided macro where its text is needed. */
export function likeliest(state: MacroState): Macro | undefined {
  if (state.defined === 'maybe') return state.choices.find((choice) => choice.defined) as Macro | undefined;
  return state.defined ? state : undefined;
}

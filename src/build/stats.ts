import type { Plan } from '../model/plan.ts';

/** One way to build the programs of a plan, for comparison. */
export interface Variant {
  name: string;
  command: string[];
  /** Set over the person's environment. */
  environment: Record<string, string>;
}

/** What one way gave: bytes of all products, and milliseconds of a `go build` that only has to link. */
export interface Measured {
  name: string;
  bytes: number;
  milliseconds: number;
}

/** The plan as it is, the same without -static, and what `go build` does by itself. */
export function variantsOf(plan: Plan): Variant[] {
  const patterns = plan.command.slice(plan.command.indexOf('--'));
  const words = plan.command.slice(2, plan.command.indexOf('--')).filter((word) => !word.startsWith('-o='));
  const tags = words.filter((word) => /^-(tags|mod|modfile|race|trimpath)\b/.test(word));
  const plain: Variant = {
    name: 'go build by itself',
    command: ['go', 'build', ...tags, ...patterns],
    environment: {},
  };
  const toolchain = plan.toolchain?.name;
  if (toolchain === undefined)
    return [
      { name: 'the plan', command: ['go', 'build', ...words, ...patterns], environment: plan.environment },
      plain,
    ];
  const dynamic = words.map((word) => (word.startsWith('-ldflags=') ? withoutStatic(word) : word));
  return [
    {
      name: `static with ${toolchain}`,
      command: ['go', 'build', ...words, ...patterns],
      environment: plan.environment,
    },
    {
      name: `dynamic with ${toolchain}`,
      command: ['go', 'build', ...dynamic, ...patterns],
      environment: plan.environment,
    },
    plain,
  ];
}

/** Our note goes too: it points into libc.a. */
function withoutStatic(word: string): string {
  return word
    .replace(/(^|[=\s'"])-static(?:-pie)?(?=[\s'"]|$)/g, '$1')
    .replace(/ \/[^\s'"]*\/note\.o(?=[\s'"]|$)/g, '');
}

/** One line a way: its size and time, and what the first, the plan, costs over it. */
export function statsLines([first, ...others]: Measured[]): string[] {
  if (first === undefined) return [];
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
  const told = ({ name, bytes, milliseconds }: Measured) =>
    `${name}: ${megabytes(bytes)}, linked in ${seconds(milliseconds)}`;
  return [
    told(first),
    ...others.map((other) => {
      const more = first.bytes - other.bytes;
      const size = `${more < 0 ? '-' : '+'}${megabytes(Math.abs(more))}`;
      const times = (first.milliseconds / other.milliseconds).toFixed(2);
      return `${told(other)}; the first over it: ${size}, ${times} times the link`;
    }),
  ];
}

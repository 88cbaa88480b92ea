import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'GM304',
  title: 'plugin.Open in a static executable',
  stage: 'run',
  severity: 'error',
  scope: 'package',
  check(view) {
    return view.calls
      .filter((call) => call.package === 'plugin' && call.name === 'Open')
      .map((call) => ({
        severity: 'error' as const,
        what: 'plugin.Open always fails in a static executable.',
        why: 'A plugin is a shared object, and static musl has a dlopen that answers "Dynamic loading not supported".',
        action: 'Leave the call out by a build tag, or ship this program as a dynamic one.',
        package: view.package.importPath,
        location: call.place,
        related: [],
        evidence: { name: 'plugin.Open' },
        remedies: [],
      }));
  },
});

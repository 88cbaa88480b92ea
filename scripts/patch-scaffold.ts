/** The files of a new patch folder, by name. What stands in capitals is to be replaced. */
export function scaffold(name: string, file: string, release: string): Record<string, string> {
  const words = file.split('/').slice(1, -1);
  const packageName = (words[0] === 'pkg' ? words.slice(1) : words).join('/');
  return {
    'patch.yaml': `title: WHAT IS WRONG on musl, in one line
issue: https://go.dev/issue/NUMBER
target: ${packageName.startsWith('cmd/') ? 'tool' : 'std'}
range: { from: "${release}", to: "${release}", fixed: null }
goos: [linux]
packages: [${packageName
      .split('/')
      .slice(0, packageName.startsWith('cmd/') ? 2 : undefined)
      .join('/')}]
shapes:
  - diff: source.patch
    go: { from: "${release}", to: "${release}" }
    files:
      - path: ${file}
        before: ["A TEXT THAT STANDS ONCE BEFORE"]
        after: ["A TEXT THAT STANDS ONCE AFTER"]
`,
    'source.patch': `--- a/${file}
+++ b/${file}
@@ -1,2 +1,3 @@
 THE LINE ABOVE
+THE NEW LINE
 THE LINE BELOW
`,
    'README.md': `# ${name}

**Fault.** What happens, on which releases, and why on musl.

**Repair.** What the patch does, and why not otherwise.

**Probe.** What it prints before and after.
`,
    'probe/main.go': `// Shows the fault before, and its absence after.
package main

func main() {
}
`,
    'probe/run.sh': `#!/bin/sh
# Exit code 0: the fault is absent; 1: it shows; 77: it cannot be shown here, the last line says why; others: no probe.
"$GO" build -o probe -ldflags "$STATIC" main.go || exit 2
./probe
`,
  };
}

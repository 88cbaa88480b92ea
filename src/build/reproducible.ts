/** What a build takes so that nothing of the machine and the folder gets into the program. */
export interface Reproducible {
  /** Words for `go build`. */
  goWords: string[];
  /** Values of `-ldflags`. */
  ldflags: string[];
  /** Added to the flags of the C and C++ compilers. */
  compilerFlags: string[];
  /** What of a person's own flags gives way, one sentence each. */
  notes: string[];
}

/**
 * `--reproducible`: `-trimpath` (paths, and with it the flags that Go records), no state of version control, no build ID
 * of Go's, which is made from the flags too; and gomusl's own folder is renamed in the debug information of C.
 */
export function reproducible(goWords: string[], ldflags: string[], cacheFolder: string | null): Reproducible {
  const contradicts = (word: string) => /^-trimpath=false$|^-buildvcs=(?!false$)/.test(word);
  const kept = goWords.filter((word) => !/^-(?:trimpath|buildvcs)=/.test(word));
  const isForAll = (value: string) => /^\s*(-|'|"|$)/.test(value);
  const all = ldflags.some(isForAll) ? ldflags : ['', ...ldflags];
  return {
    goWords: [...kept, '-trimpath=true', '-buildvcs=false'],
    ldflags: all.map((value) => (/-buildid\b/.test(value) ? value : `${value} -buildid=`.trimStart())),
    compilerFlags: cacheFolder === null ? [] : [`-ffile-prefix-map=${cacheFolder}=/gomusl`],
    notes: goWords.filter(contradicts).map((word) => `${word} gives way to --reproducible`),
  };
}

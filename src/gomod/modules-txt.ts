/** A module of vendor/modules.txt. */
export interface VendoredModule {
  path: string;
  /** Empty for a replacement that stands for all versions. */
  version: string;
  /** `=> PATH [VERSION]`; null when it is not replaced. */
  replacement: { path: string; version: string } | null;
  explicit: boolean;
  /** From `## go 1.17`; null when there is none. */
  goVersion: string | null;
  /** Import paths of its packages in vendor/. */
  packages: string[];
}

/**
 * Reads vendor/modules.txt: `# MODULE VERSION [=> …]`, `## explicit; go 1.17`, and a line for each package. Lines of
 * another form are passed over, as Go does it. A replacement listed again at the end, without packages, is left out.
 */
export function parseModulesTxt(text: string): VendoredModule[] {
  const modules: VendoredModule[] = [];
  let current: VendoredModule | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('## ')) {
      for (const entry of line.slice(3).split(';')) {
        const words = entry.trim().split(/\s+/);
        if (current !== null && words[0] === 'explicit') current.explicit = true;
        if (current !== null && words[0] === 'go' && words[1] !== undefined) current.goVersion = words[1];
      }
    } else if (line.startsWith('# ')) {
      const words = line.slice(2).trim().split(/\s+/);
      const arrow = words.indexOf('=>');
      const [path = '', version = ''] = arrow < 0 ? words : words.slice(0, arrow);
      const [newPath, newVersion = ''] = arrow < 0 ? [] : words.slice(arrow + 1);
      current = {
        path,
        version,
        replacement: newPath === undefined ? null : { path: newPath, version: newVersion },
        explicit: false,
        goVersion: null,
        packages: [],
      };
      if (path !== '' && version !== '') modules.push(current);
    } else if (line !== '' && !line.startsWith('#') && current !== null) {
      current.packages.push(line.trim());
    }
  }
  return modules;
}

// Generated from the folders beside this file by `npm run generate`. Do not edit.
import { rule as gm101 } from './gm101-glibc-header/rule.ts';
import { rule as gm102 } from './gm102-kernel-header/rule.ts';
import { rule as gm103 } from './gm103-missing-header/rule.ts';
import { rule as gm104 } from './gm104-glibc-name/rule.ts';
import { rule as gm105 } from './gm105-lfs64/rule.ts';
import { rule as gm106 } from './gm106-unknown-c-name/rule.ts';
import { rule as gm107 } from './gm107-refused-flag/rule.ts';
import { rule as gm108 } from './gm108-pkg-config/rule.ts';
import { rule as gm109 } from './gm109-error-directive/rule.ts';
import { rule as gm110 } from './gm110-undeclared-name/rule.ts';
import { rule as gm111 } from './gm111-compiler-refuses/rule.ts';
import { rule as gm112 } from './gm112-build-date/rule.ts';
import { rule as gm201 } from './gm201-undefined-symbol/rule.ts';
import { rule as gm202 } from './gm202-library-absent/rule.ts';
import { rule as gm203 } from './gm203-shared-object/rule.ts';
import { rule as gm204 } from './gm204-cxx-with-glibc/rule.ts';
import { rule as gm205 } from './gm205-other-architecture/rule.ts';
import { rule as gm206 } from './gm206-not-elf/rule.ts';
import { rule as gm207 } from './gm207-linker-flag-refused/rule.ts';
import { rule as gm208 } from './gm208-duplicate-definition/rule.ts';
import { rule as gm301 } from './gm301-net-resolver/rule.ts';
import { rule as gm302 } from './gm302-os-user-nss/rule.ts';
import { rule as gm303 } from './gm303-os-user-bufsize/rule.ts';
import { rule as gm304 } from './gm304-plugin/rule.ts';
import { rule as gm305 } from './gm305-unwinding/rule.ts';
import { rule as gm306 } from './gm306-setxid/rule.ts';
import { rule as gm307 } from './gm307-dynamic-import/rule.ts';
import { rule as gm308 } from './gm308-thread-stack/rule.ts';
import { rule as gm309 } from './gm309-library-arguments/rule.ts';
import { rule as gm310 } from './gm310-other-meaning/rule.ts';
import { rule as gm311 } from './gm311-nested-callbacks/rule.ts';
import { rule as gm312 } from './gm312-race/rule.ts';
import { rule as gm313 } from './gm313-ifunc/rule.ts';
import { rule as gm314 } from './gm314-prebuilt-meaning/rule.ts';
import { rule as gm315 } from './gm315-go-fault/rule.ts';
import { rule as gm320 } from './gm320-ca-certificates/rule.ts';
import { rule as gm321 } from './gm321-time-zones/rule.ts';
import { rule as gm322 } from './gm322-user-file/rule.ts';
import { rule as gm323 } from './gm323-resolver-file/rule.ts';
import { rule as gm324 } from './gm324-temporary-folder/rule.ts';
import { rule as gm501 } from './gm501-interpreter/rule.ts';
import { rule as gm502 } from './gm502-needed-library/rule.ts';
import { rule as gm503 } from './gm503-glibc-inside/rule.ts';
import { rule as gm504 } from './gm504-no-executable/rule.ts';
import { rule as gm505 } from './gm505-executable-stack/rule.ts';
import { rule as gm506 } from './gm506-library-path/rule.ts';
import { rule as gm507 } from './gm507-writable-code/rule.ts';
import { rule as gm508 } from './gm508-unwind-index/rule.ts';
import { rule as gm509 } from './gm509-empty-root/rule.ts';
import type { Rule } from './rule.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [
  gm101,
  gm102,
  gm103,
  gm104,
  gm105,
  gm106,
  gm107,
  gm108,
  gm109,
  gm110,
  gm111,
  gm112,
  gm201,
  gm202,
  gm203,
  gm204,
  gm205,
  gm206,
  gm207,
  gm208,
  gm301,
  gm302,
  gm303,
  gm304,
  gm305,
  gm306,
  gm307,
  gm308,
  gm309,
  gm310,
  gm311,
  gm312,
  gm313,
  gm314,
  gm315,
  gm320,
  gm321,
  gm322,
  gm323,
  gm324,
  gm501,
  gm502,
  gm503,
  gm504,
  gm505,
  gm506,
  gm507,
  gm508,
  gm509,
];

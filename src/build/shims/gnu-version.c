#include "shim.h"

// The version whose names these shims give; nobody should read more out of it than that the call is there.
SHIM const char *gnu_get_libc_version(void) { return "2.39"; }
SHIM const char *gnu_get_libc_release(void) { return "stable"; }

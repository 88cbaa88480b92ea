#include "shim.h"

SHIM char __libc_single_threaded = 0;

#include "shim.h"
#include <sys/sysmacros.h>

SHIM unsigned gnu_dev_major(unsigned long long device) { return major(device); }
SHIM unsigned gnu_dev_minor(unsigned long long device) { return minor(device); }
SHIM unsigned long long gnu_dev_makedev(unsigned ma, unsigned mi) { return makedev(ma, mi); }

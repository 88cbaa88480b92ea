#include "shim.h"

SHIM int _nl_msg_cat_cntr;

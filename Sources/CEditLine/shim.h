// libedit (apt: libedit-dev). Swift cannot call C variadics, so el_set, el_get and history get
// fixed-argument wrappers here; delete them when Swift imports variadic functions.
#include <histedit.h>

// libcmark (apt: libcmark-dev): reading lessons.
#include <cmark.h>

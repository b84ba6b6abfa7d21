// zlib (apt: zlib1g-dev): reading gzipped IDX files.
#include <zlib.h>

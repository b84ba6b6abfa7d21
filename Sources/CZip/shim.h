// libzip (apt: libzip-dev): reading NPZ archives.
#include <zip.h>

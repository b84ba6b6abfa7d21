// libspng (apt: libspng-dev): decoding PNG files.
#include <spng.h>

// libjpeg-turbo (apt: libturbojpeg0-dev): decoding JPEG files.
#include <turbojpeg.h>

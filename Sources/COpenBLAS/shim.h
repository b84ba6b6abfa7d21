// OpenBLAS (apt: libopenblas-dev): matrix products for dense layers.
#include <cblas.h>

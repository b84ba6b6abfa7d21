// cairo (apt: libcairo2-dev): charts and pictures as SVG and PNG.
#include <cairo.h>
#include <cairo-svg.h>

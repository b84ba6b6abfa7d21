// all.h - every body, compiled for the instruction set of the including file, and the table of them.
//
// The including file (Sets/*.c) defines SET, SET_NAME, LANES and PAIR_ROWS (see product.h).
#include "vector.h"
#include "functions.h"

#include "activations.h"
#include "channels.h"
#include "elements.h"
#include "colors.h"
#include "images.h"
#include "limit.h"
#include "lines.h"
#include "loss.h"
#include "onehot.h"
#include "dice.h"
#include "pooling.h"
#include "product.h"
#include "rectified.h"
#include "resample.h"
#include "rows.h"
#include "metrics.h"
#include "transpose.h"
#include "updates.h"

#include "direct.h"
#include "depthwise.h"
#include "tiles.h"
#include "winograd.h"

#include "convolution.h"

_Static_assert(LANES <= most_lanes, "buffers have room for most_lanes");

#define ENTRY(result, name, parameters, arguments) .name = name,
const cairn_kernels SET = {.name = SET_NAME, KERNELS(ENTRY)};

// resampling.c - how much room scaling an image takes.
#include "resampling.h"

#include "CKernels.h"

size_t cairn_resampling_taps(double input_size, int output_size) {
    return 2 * (size_t)(input_size / output_size + 1) + 1;
}

size_t cairn_resampling_scratch(const cairn_resampling *g) {
    return (size_t)g->width * (size_t)g->channels + 4 + cairn_resampling_taps(g->rows, g->output_height)
         + resampling_block * cairn_resampling_taps(g->columns, g->output_width);
}

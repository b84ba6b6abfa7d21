// resampling.c - how much room scaling an image takes.
#include "resampling.h"

#include "CKernels.h"

size_t cairn_resampling_taps(int input_size, int output_size) {
    size_t reach = (size_t)(input_size > output_size ? (input_size - 1) / output_size + 1 : 1);
    return 2 * reach + 1;
}

size_t cairn_resampling_scratch(const cairn_resampling *g) {
    return (size_t)g->width * (size_t)g->channels + 4 + cairn_resampling_taps(g->height, g->output_height)
         + resampling_block * cairn_resampling_taps(g->width, g->output_width);
}

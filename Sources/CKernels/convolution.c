// convolution.c - how much room the convolutions need, the same for every instruction set.
#include "sweep.h"

static size_t padded(size_t count) { return (count + most_lanes - 1) / most_lanes * most_lanes; }
static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

size_t cairn_convolution_packed_size(const cairn_convolution *g) {
    size_t taps = (size_t)g->kernel_height * (size_t)g->kernel_width;
    size_t inputs = (size_t)g->input_channels, outputs = (size_t)g->output_channels;
    return taps * larger(inputs * padded(outputs), outputs * padded(inputs));
}

/// Frames and tables.
static size_t sweep_scratch(const sweep_plan *plan) {
    size_t frames = sweep_is_unframed(plan) ? 0 : plan->group * sweep_frame_size(plan);
    return frames + 2 * plan->group * sweep_output_pixels(plan) + sweep_steps(plan) + 2 * most_lanes;
}

size_t cairn_convolution_scratch(const cairn_convolution *g) {
    sweep_plan forward = cairn_plan_forward(g), backward = cairn_plan_backward(g);
    size_t weight_rows = padded(sweep_steps(&forward));
    size_t wide_gradients = pixels_per_block * padded((size_t)g->output_channels);
    return larger(sweep_scratch(&forward) + weight_rows + wide_gradients, sweep_scratch(&backward));
}

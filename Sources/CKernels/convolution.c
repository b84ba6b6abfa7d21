// convolution.c - what the convolutions can do and how much room they need, the same for every instruction set.
#include "sweep.h"
#include "tiling.h"

static size_t padded(size_t count) { return (count + most_lanes - 1) / most_lanes * most_lanes; }
static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

bool cairn_convolution_supports(const cairn_convolution *g, cairn_algorithm algorithm) {
    bool is_dense = g->dilation_y == 1 && g->dilation_x == 1 && g->groups == 1;
    bool is_small = g->kernel_height == 3 && g->kernel_width == 3 && g->stride_y == 1 && g->stride_x == 1;
    switch (algorithm) {
    case cairn_direct: return true;
    case cairn_depthwise: return g->groups == g->input_channels && g->groups == g->output_channels;
    default: return is_dense && is_small;
    }
}

size_t cairn_convolution_packed_size(const cairn_convolution *g) {
    size_t groups = (size_t)g->groups, taps = (size_t)g->kernel_height * (size_t)g->kernel_width;
    size_t inputs = (size_t)g->input_channels / groups, outputs = (size_t)g->output_channels / groups;
    size_t filters = larger(inputs * padded(outputs), outputs * padded(inputs));
    if (g->algorithm == cairn_direct) return groups * taps * filters;
    if (g->algorithm == cairn_depthwise) return groups * taps;
    tiling forward = cairn_tiling_forward(g);
    return tiling_positions(&forward) * (filters + position_gap);
}

/// Frames and tables.
static size_t sweep_scratch(const sweep_plan *plan) {
    size_t frames = sweep_is_unframed(plan) ? 0 : plan->group * sweep_frame_size(plan);
    return frames + 2 * plan->group * sweep_output_pixels(plan) + sweep_steps(plan) + 2 * most_lanes;
}

static size_t direct_scratch(const cairn_convolution *g) {
    sweep_plan forward = cairn_plan_forward(g), backward = cairn_plan_backward(g);
    size_t weight_rows = padded(sweep_steps(&forward));
    size_t wide_gradients = pixels_per_block * padded((size_t)forward.output_channels);
    return larger(sweep_scratch(&forward) + weight_rows + wide_gradients, sweep_scratch(&backward));
}

/// Transformed tiles, zeros and tables.
static size_t tiling_scratch(const tiling *t) {
    size_t transformed = tiling_position_stride(t, t->channels) + tiling_position_stride(t, t->output_channels);
    return tiling_positions(t) * transformed + tiling_zeros(t) + 3 * tiling_entries(t) + most_lanes;
}

static size_t winograd_scratch(const cairn_convolution *g) {
    tiling forward = cairn_tiling_forward(g), backward = cairn_tiling_backward(g);
    size_t block = forward.block * tiling_tile_stride(g->output_channels) + position_gap;
    size_t sums = tiling_positions(&forward) * block;
    return larger(tiling_scratch(&forward) + sums, tiling_scratch(&backward));
}

size_t cairn_convolution_scratch(const cairn_convolution *g) {
    switch (g->algorithm) {
    case cairn_direct: return direct_scratch(g);
    case cairn_depthwise: return 0;
    default: return winograd_scratch(g);
    }
}

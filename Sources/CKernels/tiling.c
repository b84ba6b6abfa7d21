// tiling.c - see tiling.h.
#include "tiling.h"

/// A group's transformed patches and products stay in the second-level cache; but fewer tiles would not repay
/// reading all filters once for each group.
enum { largest_group_size = 163840, smallest_group = 32, largest_group = 128 };
/// Sums should leave the third-level cache to others; but for each block of them all tiles are transformed again.
enum { largest_sums = 655360, smallest_block = 16 };

static tiling completed(tiling t) {
    t.patch = t.tile + 2;
    for (int axis = 0; axis < 2; axis++) t.tiles[axis] = (t.extent[axis] + t.tile - 1) / t.tile;
    size_t size = tiling_positions(&t) * (tiling_tile_stride(t.channels) + tiling_tile_stride(t.output_channels));
    t.group = largest_group_size / size;
    if (t.group < smallest_group) t.group = smallest_group;
    if (t.group > largest_group) t.group = largest_group;
    t.block = largest_sums / (tiling_positions(&t) * tiling_tile_stride(t.output_channels));
    if (t.block < smallest_block) t.block = smallest_block;
    if (t.block > (size_t)t.channels) t.block = (size_t)t.channels;
    return t;
}

static int tile_of(const cairn_convolution *g) { return g->algorithm == cairn_winograd2 ? 2 : 4; }

tiling cairn_tiling_forward(const cairn_convolution *g) {
    return completed((tiling){
        .is_backward = false, .tile = tile_of(g),
        .source = {g->input_height, g->input_width}, .first = {-g->pad_top, -g->pad_left},
        .extent = {g->output_height, g->output_width},
        .channels = g->input_channels, .output_channels = g->output_channels,
    });
}

tiling cairn_tiling_backward(const cairn_convolution *g) {
    // Input i was read by output o through tap k where i = o - pad + k: output i + pad - 2 comes first.
    return completed((tiling){
        .is_backward = true, .tile = tile_of(g),
        .source = {g->output_height, g->output_width}, .first = {g->pad_top - 2, g->pad_left - 2},
        .extent = {g->input_height, g->input_width},
        .channels = g->output_channels, .output_channels = g->input_channels,
    });
}

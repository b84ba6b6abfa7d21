// tiling.h - a 3x3 convolution with stride 1 by Winograd's minimal filtering (Lavin & Gray, 2015): images are cut
// into tiles of 2x2 or 4x4 outputs, and each tile is computed from the 4x4 or 6x6 pixels that it reads.
//
// Backward to the input is the same over dy, with the filters turned by half a circle. Everything here is integer
// planning, the same for every instruction set; axis 0 is y and axis 1 is x.
#ifndef CAIRN_TILING_H
#define CAIRN_TILING_H

#include "CKernels.h"
#include "sweep.h"

/// One direction of a convolution.
typedef struct tiling {
    bool is_backward;
    int tile;  // outputs of a tile along an axis: 2 or 4
    int patch; // pixels it reads along an axis: 2 more
    int source[2], first[2]; // the extent of the images read, and the pixel that output 0 reads first
    int extent[2], tiles[2]; // outputs and tiles of one image
    int channels, output_channels;
    size_t group; // tiles transformed and multiplied together, of any images
    size_t block; // channels whose sums, backward to the weights, are kept together
} tiling;

tiling cairn_tiling_forward(const cairn_convolution *geometry);
tiling cairn_tiling_backward(const cairn_convolution *geometry);

/// How many numbers stand for a patch or a filter, for each channel, once it is transformed.
static inline size_t tiling_positions(const tiling *t) { return (size_t)t->patch * (size_t)t->patch; }

static inline size_t tiling_tiles_per_image(const tiling *t) { return (size_t)t->tiles[0] * (size_t)t->tiles[1]; }

/// From the numbers of one channel to those of the next tile: whole cache lines.
static inline size_t tiling_tile_stride(int channels) {
    return ((size_t)channels + most_lanes - 1) / most_lanes * most_lanes;
}

/// Between positions, three lines: it keeps them out of each other's way in a cache whose sets repeat.
enum { position_gap = 3 * most_lanes };

/// From one position's tiles to the next one's.
static inline size_t tiling_position_stride(const tiling *t, int channels) {
    return t->group * tiling_tile_stride(channels) + position_gap;
}

/// What stands for a row of a patch outside the image: whole vectors of every pixel.
static inline size_t tiling_zeros(const tiling *t) {
    size_t inputs = tiling_tile_stride(t->channels), outputs = tiling_tile_stride(t->output_channels);
    return (size_t)t->patch * (inputs > outputs ? inputs : outputs);
}

/// The length of the tables for products: of tiles, and backward to the weights of channels.
static inline size_t tiling_entries(const tiling *t) {
    size_t channels = tiling_tile_stride(t->channels), tiles = (t->group + most_lanes - 1) / most_lanes * most_lanes;
    return channels > tiles ? channels : tiles;
}

#endif

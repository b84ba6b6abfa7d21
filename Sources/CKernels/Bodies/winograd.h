// winograd.h - the three directions of a 3x3 convolution by Winograd's minimal filtering (tiling.h, tiles.h).
//
// Patches and filters are transformed, position by position multiplied as matrices, and transformed back:
//
//     forward, and backward to the input:  y  = A^T [sum over c of (B^T x B) * (G w G^T)] A
//     backward to the weights:             dw = G^T [sum over tiles of (B^T x B) * (A dy A^T)] G
//
// A group of tiles goes through all steps while it is in the cache. Transformed tiles lie [position][tile][channel],
// transformed filters [position][block of columns][channel][column], so that each of the 16 or 36 products is one of
// product.h.

/// What `scratch` is cut into. Everything that is read was written in the same call.
typedef struct tile_buffers {
    float *inputs, *outputs; // transformed tiles, of `channels` and of `output_channels`
    float *zeros;            // a row of a patch outside the image
    int32_t *index, *input_row, *output_row; // i, and i times a tile's stride
    float *sums;             // of the products backward to the weights
} tile_buffers;

static tile_buffers cut_tiles(const tiling *t, float *scratch) {
    tile_buffers b;
    size_t inputs = tiling_tile_stride(t->channels), outputs = tiling_tile_stride(t->output_channels);
    size_t zeros = tiling_zeros(t), entries = tiling_entries(t);
    b.inputs = at_cache_line(scratch);
    b.outputs = b.inputs + tiling_positions(t) * tiling_position_stride(t, t->channels);
    b.zeros = b.outputs + tiling_positions(t) * tiling_position_stride(t, t->output_channels);
    b.index = (int32_t *)(b.zeros + zeros);
    b.input_row = b.index + entries;
    b.output_row = b.input_row + entries;
    b.sums = (float *)(b.output_row + entries);
    memset(b.zeros, 0, zeros * sizeof *b.zeros);
    for (size_t i = 0; i < entries; i++) {
        b.index[i] = (int32_t)i;
        b.input_row[i] = (int32_t)(i * inputs);
        b.output_row[i] = (int32_t)(i * outputs);
    }
    return b;
}

// MARK: Transforms of a group

static void transform_patches(const tiling *t, size_t first, size_t count, const float *x, tile_buffers b) {
    if (t->tile == 2) {
        transform_tiles(patch_line, 2, 4, t, first, count, t->first, t->source, t->channels, x, b.zeros, b.inputs);
    } else {
        transform_tiles(patch_line, 4, 6, t, first, count, t->first, t->source, t->channels, x, b.zeros, b.inputs);
    }
}

static void transform_output_gradients(const tiling *t, size_t first, size_t count, const float *dy, tile_buffers b) {
    const int origin[2] = {0, 0};
    if (t->tile == 2) {
        transform_tiles(output_gradient_line, 2, 2, t, first, count, origin, t->extent, t->output_channels, dy,
                        b.zeros, b.outputs);
    } else {
        transform_tiles(output_gradient_line, 4, 4, t, first, count, origin, t->extent, t->output_channels, dy,
                        b.zeros, b.outputs);
    }
}

/// Some channels of a tile's products back to outputs, with the bias added, and at least `lowest`.
INLINE void transform_output(int tile, const square *products, size_t channel, size_t count, vector bias,
                             vector lowest, const square *outputs) {
    vector half[longest_line][longest_line];
    transform_columns(output_line, tile, tile + 2, tile, products, channel, LANES, half);
    UNROLL for (int i = 0; i < tile; i++) {
        vector values[longest_line];
        output_line(tile, half[i], values);
        UNROLL for (int j = 0; j < tile; j++) {
            vector value = values[j] + bias;
            value = select(value < lowest, lowest, value); // NaN stays NaN
            if (i < outputs->end_row && j < outputs->end_column)
                store(outputs->row[i] + (size_t)j * outputs->column + channel, value, count);
        }
    }
}

INLINE void transform_outputs(int tile, const tiling *t, size_t first, size_t count, const float *bias, bool relu,
                              float *y, tile_buffers b) {
    const int origin[2] = {0, 0};
    size_t channels = (size_t)t->output_channels;
    size_t position = tiling_position_stride(t, t->output_channels);
    vector lowest = broadcast(relu ? 0 : -__builtin_inff());
    walk w = walk_from(t, first, t->extent, t->output_channels, y);
    float *products = b.outputs;
    for (size_t i = 0; i < count; i++, step(&w, t), products += tiling_tile_stride(t->output_channels)) {
        square positions = whole_square(products, (size_t)(tile + 2) * position, position, tile + 2);
        square outputs = square_at(&w, t, origin, tile, t->extent, t->output_channels, NULL);
        if (channels < LANES) {
            vector few = bias ? load(bias, channels) : (vector){0};
            transform_output(tile, &positions, 0, channels, few, lowest, &outputs);
        }
        for (size_t c = 0; c < channels && channels >= LANES; c += LANES) {
            size_t start = vector_start(c, channels);
            vector some = bias ? load(bias + start, LANES) : (vector){0};
            transform_output(tile, &positions, start, LANES, some, lowest, &outputs);
        }
    }
}

// MARK: Packed weights

/// From one position's filters to the next one's.
static size_t filter_stride(const tiling *t) {
    return (size_t)t->channels * round_up((size_t)t->output_channels, LANES) + position_gap;
}

/// The nine taps of LANES channels for LANES columns, one channel in each vector; backward they are turned around,
/// and channels are filters. What does not exist is 0.
static void load_filters(const tiling *t, const float *weight, size_t channel, size_t column,
                         vector taps[9][LANES]) {
    size_t channels = (size_t)t->channels, columns = (size_t)t->output_channels;
    for (size_t k = 0; k < 9; k++) {
        for (size_t i = 0; i < LANES; i++) {
            bool exists = t->is_backward ? column + i < columns : channel + i < channels;
            if (!exists) {
                taps[k][i] = (vector){0};
            } else if (t->is_backward) {
                taps[k][i] = load(weight + ((8 - k) * columns + column + i) * channels + channel, channels - channel);
            } else {
                taps[k][i] = load(weight + (k * channels + channel + i) * columns + column, columns - column);
            }
        }
        if (t->is_backward) transpose_square(taps[k]);
    }
}

INLINE void pack_filters(int tile, const tiling *t, const float *weight, float *packed) {
    size_t channels = (size_t)t->channels, columns = (size_t)t->output_channels;
    size_t position = filter_stride(t);
    for (size_t column = 0; column < columns; column += LANES) {
        size_t pair = column / (2 * LANES) * (2 * LANES), width = block_width(columns, pair);
        for (size_t channel = 0; channel < channels; channel += LANES) {
            vector taps[9][LANES];
            load_filters(t, weight, channel, column, taps);
            for (size_t i = 0; i < smaller(LANES, channels - channel); i++) {
                square filter = whole_square((float *)&taps[0][i], 3 * LANES * LANES, LANES * LANES, 3);
                float *to = packed + pair * channels + (channel + i) * width + column - pair;
                size_t row = (size_t)(tile + 2) * position;
                transform(filter_line, tile, 3, tile + 2, &filter, LANES, to, row, position);
            }
        }
    }
}

static void pack_tiling(const tiling *t, const float *weight, float *packed) {
    if (t->tile == 2) {
        pack_filters(2, t, weight, packed);
    } else {
        pack_filters(4, t, weight, packed);
    }
}

static void winograd_pack_forward(const cairn_convolution *geometry, const float *weight, float *packed) {
    tiling t = cairn_tiling_forward(geometry);
    pack_tiling(&t, weight, packed);
}

static void winograd_pack_backward(const cairn_convolution *geometry, const float *weight, float *packed) {
    tiling t = cairn_tiling_backward(geometry);
    pack_tiling(&t, weight, packed);
}

// MARK: Forward, and backward to the input

static void run_tiles(const tiling *t, size_t images, const float *x, const float *packed, const float *bias,
                      bool relu, float *y, float *scratch) {
    tile_buffers b = cut_tiles(t, scratch);
    size_t tiles = images * tiling_tiles_per_image(t);
    size_t channels = (size_t)t->channels, columns = (size_t)t->output_channels;
    for (size_t first = 0; first < tiles; first += t->group) {
        size_t count = smaller(t->group, tiles - first);
        transform_patches(t, first, count, x, b);
        product p = {
            .row = b.input_row, .rows = count, .steps = channels, .step_stride = 1,
            .y_row = b.output_row,
        };
        for (size_t position = 0; position < tiling_positions(t); position++) {
            p.x = b.inputs + position * tiling_position_stride(t, t->channels);
            p.w = packed + position * filter_stride(t);
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                p.w_stride = p.columns = block_width(columns, column);
                p.y = b.outputs + position * tiling_position_stride(t, t->output_channels) + column;
                multiply(&p);
                p.w += channels * p.w_stride;
            }
        }
        if (t->tile == 2) {
            transform_outputs(2, t, first, count, bias, relu, y, b);
        } else {
            transform_outputs(4, t, first, count, bias, relu, y, b);
        }
    }
}

static void winograd_forward(const cairn_convolution *geometry, size_t images, const float *x, const float *packed,
                             const float *bias, bool relu, float *y, float *scratch) {
    tiling t = cairn_tiling_forward(geometry);
    run_tiles(&t, images, x, packed, bias, relu, y, scratch);
}

static void winograd_backward_input(const cairn_convolution *geometry, size_t images, const float *dy,
                                    const float *packed, float *dx, float *scratch) {
    tiling t = cairn_tiling_backward(geometry);
    run_tiles(&t, images, dy, packed, NULL, false, dx, scratch);
}

// MARK: Backward to the weights

/// Transforms `rows` channels' sums [position][channel][column] back and adds them to the weights' gradients.
INLINE void add_weight_gradients(int tile, const tiling *t, size_t rows, const float *sums, float *dweight) {
    size_t channels = (size_t)t->channels, columns = (size_t)t->output_channels;
    size_t row = tiling_tile_stride(t->output_channels), position = rows * row + position_gap;
    for (size_t i = 0; i < rows; i++, sums += row, dweight += columns) {
        square positions = whole_square(sums, (size_t)(tile + 2) * position, position, tile + 2);
        for (size_t column = 0; column < columns; column += LANES) {
            vector half[longest_line][longest_line];
            transform_columns(filter_gradient_line, tile, tile + 2, 3, &positions, column, LANES, half);
            for (size_t ky = 0; ky < 3; ky++) {
                vector taps[longest_line];
                filter_gradient_line(tile, half[ky], taps);
                for (size_t kx = 0; kx < 3; kx++) {
                    float *to = dweight + (ky * 3 + kx) * channels * columns + column;
                    store(to, load(to, columns - column) + taps[kx], columns - column);
                }
            }
        }
    }
}

/// Adds a group's products for `rows` channels to their sums, or begins the sums with them.
static void add_products(const tiling *t, size_t channel, size_t rows, size_t tiles, bool begins, tile_buffers b) {
    size_t columns = (size_t)t->output_channels, row = tiling_tile_stride(t->output_channels);
    for (size_t position = 0; position < tiling_positions(t); position++) {
        const float *gradients = b.outputs + position * tiling_position_stride(t, t->output_channels);
        for (size_t column = 0; column < columns; column += 2 * LANES) {
            product p = {
                .x = b.inputs + position * tiling_position_stride(t, t->channels) + channel,
                .row = b.index, .rows = rows, .steps = tiles,
                .step_stride = tiling_tile_stride(t->channels),
                .w = gradients + column, .w_stride = row,
                .y = b.sums + position * (rows * row + position_gap) + column,
                .y_row = b.output_row, // a channel's sums lie as a tile's numbers do
                .columns = block_width(columns, column),
                .accumulates = !begins,
            };
            multiply(&p);
        }
    }
}

static void winograd_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                     const float *dy, float *dweight, float *dbias, float *scratch) {
    tiling t = cairn_tiling_forward(geometry);
    tile_buffers b = cut_tiles(&t, scratch);
    size_t tiles = images * tiling_tiles_per_image(&t);
    size_t channels = (size_t)t.channels, columns = (size_t)t.output_channels;
    if (tiles == 0) return;
    if (dbias) channel_sums(images * (size_t)t.extent[0] * (size_t)t.extent[1], columns, dy, dbias);
    bool one_group = tiles <= t.group; // its tiles stay as they are, so that blocks may be small
    size_t block = one_group ? smaller(t.block, 2 * most_lanes) : t.block;
    for (size_t channel = 0; channel < channels; channel += block) {
        size_t rows = smaller(block, channels - channel);
        for (size_t first = 0; first < tiles; first += t.group) {
            size_t count = smaller(t.group, tiles - first);
            if (channel == 0 || !one_group) {
                transform_patches(&t, first, count, x, b);
                transform_output_gradients(&t, first, count, dy, b);
            }
            add_products(&t, channel, rows, count, first == 0, b);
        }
        float *gradients = dweight + channel * columns;
        if (t.tile == 2) {
            add_weight_gradients(2, &t, rows, b.sums, gradients);
        } else {
            add_weight_gradients(4, &t, rows, b.sums, gradients);
        }
    }
}

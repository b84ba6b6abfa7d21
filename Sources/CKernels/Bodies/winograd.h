// winograd.h - the three directions of a 3x3 convolution by Winograd's minimal filtering (tiling.h, lines.h).
//
// Patches and filters are transformed, position by position multiplied as matrices, and transformed back:
//
//     forward, and backward to the input:  y  = A^T [sum over c of (B^T x B) * (G w G^T)] A
//     backward to the weights:             dw = G^T [sum over tiles of (B^T x B) * (A dy A^T)] G
//
// A group of tiles goes through all steps while it is in the cache. Transformed tiles lie [position][tile][channel],
// transformed filters [position][block of columns][channel][column], so that each of the 16 or 36 products is one of
// product.h. A transform works on LANES channels of one tile at a time; a tile that reaches over the image's border,
// or has a last vector that is not whole, is first copied to a small array of its own.

enum { longest_line = 6, most_positions = longest_line * longest_line };

/// What `scratch` is cut into. Everything that is read was written in the same call.
typedef struct tile_buffers {
    float *inputs, *outputs; // transformed tiles, of `channels` and of `output_channels`
    float *window;           // one tile, when it is not read or written in place
    int32_t *index, *input_row, *output_row; // i, and i times a tile's stride
    float *sums;             // of the products backward to the weights
} tile_buffers;

static tile_buffers cut_tiles(const tiling *t, float *scratch) {
    tile_buffers b;
    size_t inputs = tiling_tile_stride(t->channels), outputs = tiling_tile_stride(t->output_channels);
    size_t entries = round_up(larger(t->group, inputs), most_lanes);
    b.inputs = at_cache_line(scratch);
    b.outputs = b.inputs + tiling_positions(t) * tiling_position_stride(t, t->channels);
    b.window = b.outputs + tiling_positions(t) * tiling_position_stride(t, t->output_channels);
    b.index = (int32_t *)(b.window + tiling_positions(t) * larger(inputs, outputs));
    b.input_row = b.index + entries;
    b.output_row = b.input_row + entries;
    b.sums = (float *)(b.output_row + entries);
    for (size_t i = 0; i < entries; i++) {
        b.index[i] = (int32_t)i;
        b.input_row[i] = (int32_t)(i * inputs);
        b.output_row[i] = (int32_t)(i * outputs);
    }
    return b;
}

// MARK: Transforms

/// A square of pixels in memory.
typedef struct pixels {
    float *first;
    size_t row, column; // from one to the next
} pixels;

INLINE float *at(pixels square, int row, int column) {
    return square.first + (size_t)row * square.row + (size_t)column * square.column;
}

/// The first half of a transform: each column of a square, `from` pixels long, becomes `to` long.
INLINE void transform_columns(line_map line, int tile, int from, int to, pixels square, size_t channel,
                              vector result[longest_line][longest_line]) {
    UNROLL for (int j = 0; j < from; j++) {
        vector x[longest_line], y[longest_line];
        UNROLL for (int i = 0; i < from; i++)
            x[i] = *(const unaligned_vector *)(at(square, i, j) + channel);
        line(tile, x, y);
        UNROLL for (int i = 0; i < to; i++) result[i][j] = y[i];
    }
}

/// A whole transform from one place to another.
INLINE void transform(line_map line, int tile, int from, int to, pixels square, pixels result, size_t channels) {
    for (size_t c = 0; c < channels; c += LANES) {
        vector half[longest_line][longest_line];
        transform_columns(line, tile, from, to, square, c, half);
        UNROLL for (int i = 0; i < to; i++) {
            vector y[longest_line];
            line(tile, half[i], y);
            UNROLL for (int j = 0; j < to; j++) *(unaligned_vector *)(at(result, i, j) + c) = y[j];
        }
    }
}

// MARK: Tiles of an image

/// Where a tile lies: a square of `edge` pixels from (y, x) on in an image of height x width.
typedef struct place {
    int y, x, edge, height, width, channels;
} place;

/// The tile with that number, if tiles lie `step` pixels apart from `first` on.
INLINE place place_of(const tiling *t, size_t number, const int first[2], int edge, const int extent[2],
                      int channels) {
    int in_image = (int)(number % tiling_tiles_per_image(t));
    return (place){
        .y = first[0] + in_image / t->tiles[1] * t->tile, .x = first[1] + in_image % t->tiles[1] * t->tile,
        .edge = edge, .height = extent[0], .width = extent[1], .channels = channels,
    };
}

/// Whether whole vectors of all its pixels are in the image.
INLINE bool is_whole(place p) {
    return p.y >= 0 && p.x >= 0 && p.y + p.edge <= p.height && p.x + p.edge <= p.width && p.channels % LANES == 0;
}

INLINE pixels in_image(place p, const float *image) {
    size_t channels = (size_t)p.channels;
    // Only as many pixels as exist are read or written through this.
    ptrdiff_t first = (ptrdiff_t)p.channels * ((ptrdiff_t)p.y * p.width + p.x);
    return (pixels){(float *)image + first, (size_t)p.width * channels, channels};
}

INLINE pixels in_window(place p, float *window) {
    size_t stride = tiling_tile_stride(p.channels);
    return (pixels){window, (size_t)p.edge * stride, stride};
}

/// Copies the part of a tile that lies in the image to the window, or back; into the window with zeros around it.
static void copy_window(place p, const float *image, float *window, float *to_image) {
    pixels source = in_image(p, to_image ? to_image : image), inner = in_window(p, window);
    int first_x = clamp(-p.x, p.edge), end_x = clamp(p.width - p.x, p.edge);
    size_t channels = (size_t)p.channels;
    if (!to_image) memset(window, 0, (size_t)p.edge * inner.row * sizeof *window);
    for (int i = clamp(-p.y, p.edge); i < clamp(p.height - p.y, p.edge); i++) {
        // Pixels of whole cache lines lie as densely in the window as in the image.
        size_t run = inner.column == channels ? (size_t)(end_x - first_x) : 1;
        for (int j = first_x; j < end_x; j += (int)run) {
            float *outside = at(source, i, j), *inside = at(inner, i, j);
            if (to_image) {
                memcpy(outside, inside, run * channels * sizeof *outside);
            } else {
                memcpy(inside, outside, run * channels * sizeof *inside);
            }
        }
    }
}

/// Transforms `count` tiles from number `first` on, `edge` pixels each, to [position][tile][channel].
INLINE void transform_tiles(line_map line, int tile, int edge, const tiling *t, size_t first, size_t count,
                            const int first_pixel[2], const int extent[2], int channels, const float *x,
                            float *window, float *result) {
    size_t image_size = (size_t)extent[0] * (size_t)extent[1] * (size_t)channels;
    size_t position = tiling_position_stride(t, channels), tile_stride = tiling_tile_stride(channels);
    for (size_t i = 0; i < count; i++, result += tile_stride) {
        place p = place_of(t, first + i, first_pixel, edge, extent, channels);
        const float *image = x + (first + i) / tiling_tiles_per_image(t) * image_size;
        bool whole = is_whole(p);
        if (!whole) copy_window(p, image, window, NULL);
        pixels positions = {result, (size_t)(tile + 2) * position, position};
        transform(line, tile, edge, tile + 2, whole ? in_image(p, image) : in_window(p, window), positions,
                  (size_t)channels);
    }
}

static void transform_patches(const tiling *t, size_t first, size_t count, const float *x, tile_buffers b) {
    if (t->tile == 2) {
        transform_tiles(patch_line, 2, 4, t, first, count, t->first, t->source, t->channels, x, b.window, b.inputs);
    } else {
        transform_tiles(patch_line, 4, 6, t, first, count, t->first, t->source, t->channels, x, b.window, b.inputs);
    }
}

static void transform_output_gradients(const tiling *t, size_t first, size_t count, const float *dy, tile_buffers b) {
    const int origin[2] = {0, 0};
    if (t->tile == 2) {
        transform_tiles(output_gradient_line, 2, 2, t, first, count, origin, t->extent, t->output_channels, dy,
                        b.window, b.outputs);
    } else {
        transform_tiles(output_gradient_line, 4, 4, t, first, count, origin, t->extent, t->output_channels, dy,
                        b.window, b.outputs);
    }
}

/// Transforms products back to outputs, adds the bias and applies ReLU.
INLINE void transform_outputs(int tile, const tiling *t, size_t first, size_t count, const float *bias, bool relu,
                              float *y, tile_buffers b) {
    const int origin[2] = {0, 0};
    int channels = t->output_channels;
    size_t image_size = (size_t)t->extent[0] * (size_t)t->extent[1] * (size_t)channels;
    size_t position = tiling_position_stride(t, channels), tile_stride = tiling_tile_stride(channels);
    float *products = b.outputs;
    for (size_t i = 0; i < count; i++, products += tile_stride) {
        place p = place_of(t, first + i, origin, tile, t->extent, channels);
        float *image = y + (first + i) / tiling_tiles_per_image(t) * image_size;
        bool whole = is_whole(p);
        pixels outputs = whole ? in_image(p, image) : in_window(p, b.window);
        pixels positions = {products, (size_t)(tile + 2) * position, position};
        for (size_t c = 0; c < (size_t)channels; c += LANES) {
            vector half[longest_line][longest_line];
            vector channel_bias = bias ? load(bias + c, (size_t)channels - c) : (vector){0};
            transform_columns(output_line, tile, tile + 2, tile, positions, c, half);
            UNROLL for (int row = 0; row < tile; row++) {
                vector values[longest_line];
                output_line(tile, half[row], values);
                UNROLL for (int j = 0; j < tile; j++) {
                    vector value = values[j] + channel_bias;
                    if (relu) value = rectified(value);
                    *(unaligned_vector *)(at(outputs, row, j) + c) = value;
                }
            }
        }
        if (!whole) copy_window(p, NULL, b.window, image);
    }
}

// MARK: Packed weights

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
    size_t position = channels * round_up(columns, LANES);
    for (size_t column = 0; column < columns; column += LANES) {
        size_t pair = column / (2 * LANES) * (2 * LANES), width = block_width(columns, pair);
        for (size_t channel = 0; channel < channels; channel += LANES) {
            vector taps[9][LANES];
            load_filters(t, weight, channel, column, taps);
            for (size_t i = 0; i < smaller(LANES, channels - channel); i++) {
                pixels filter = {(float *)&taps[0][i], 3 * LANES * LANES, LANES * LANES};
                float *to = packed + pair * channels + (channel + i) * width + column - pair;
                pixels positions = {to, (size_t)(tile + 2) * position, position};
                transform(filter_line, tile, 3, tile + 2, filter, positions, 1);
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
            .row = b.input_row, .rows = count, .step = b.index, .steps = channels,
            .w = packed, .y_row = b.output_row,
        };
        for (size_t position = 0; position < tiling_positions(t); position++) {
            p.x = b.inputs + position * tiling_position_stride(t, t->channels);
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

/// Transforms the sums [position][channel][column] back and adds them to the weights' gradients.
INLINE void add_weight_gradients(int tile, const tiling *t, const float *sums, float *dweight) {
    size_t channels = (size_t)t->channels, columns = (size_t)t->output_channels;
    size_t row = tiling_tile_stride(t->output_channels), position = channels * row;
    for (size_t channel = 0; channel < channels; channel++, sums += row, dweight += columns) {
        pixels positions = {(float *)sums, (size_t)(tile + 2) * position, position};
        for (size_t column = 0; column < columns; column += LANES) {
            vector half[longest_line][longest_line];
            transform_columns(filter_gradient_line, tile, tile + 2, 3, positions, column, half);
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

static void winograd_backward_weight(const cairn_convolution *geometry, size_t images, const float *x,
                                     const float *dy, float *dweight, float *dbias, float *scratch) {
    tiling t = cairn_tiling_forward(geometry);
    tile_buffers b = cut_tiles(&t, scratch);
    size_t tiles = images * tiling_tiles_per_image(&t);
    size_t channels = (size_t)t.channels, columns = (size_t)t.output_channels;
    size_t row = tiling_tile_stride(t.output_channels);
    if (tiles == 0) return;
    if (dbias) channel_sums(images * (size_t)t.extent[0] * (size_t)t.extent[1], columns, dy, dbias);
    int32_t *sum_row = b.output_row; // a channel's sums lie as a tile's numbers do
    for (size_t first = 0; first < tiles; first += t.group) {
        size_t count = smaller(t.group, tiles - first);
        transform_patches(&t, first, count, x, b);
        transform_output_gradients(&t, first, count, dy, b);
        for (size_t position = 0; position < tiling_positions(&t); position++) {
            for (size_t column = 0; column < columns; column += 2 * LANES) {
                product p = {
                    .x = b.inputs + position * tiling_position_stride(&t, t.channels),
                    .row = b.index, .rows = channels, .step = b.input_row, .steps = count,
                    .w = b.outputs + position * tiling_position_stride(&t, t.output_channels) + column,
                    .w_stride = row,
                    .y = b.sums + position * channels * row + column, .y_row = sum_row,
                    .columns = block_width(columns, column),
                    .accumulates = first > 0,
                };
                multiply(&p);
            }
        }
    }
    if (t.tile == 2) {
        add_weight_gradients(2, &t, b.sums, dweight);
    } else {
        add_weight_gradients(4, &t, b.sums, dweight);
    }
}

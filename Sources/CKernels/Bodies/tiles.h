// tiles.h - transforms (lines.h) of squares of numbers, and of the tiles that images are cut into (tiling.h).
//
// A transform works on LANES channels of one square at a time, first along its columns, then along its rows. If
// channels are not whole vectors, the last vector overlaps the one before it. What lies outside an image is taken for
// zeros when it is read, and not written.

enum { longest_line = 6 };

// MARK: Transforms

/// A square of numbers for each channel, in memory: some of it may not exist.
typedef struct square {
    float *row[longest_line];
    size_t column; // from one to the next
    int first_row, end_row, first_column, end_column; // what exists
} square;

/// A square that exists as a whole. Squares are written to only where their maker may.
INLINE square whole_square(const float *at, size_t row, size_t column, int edge) {
    square s = {.column = column, .end_row = edge, .end_column = edge};
    UNROLL for (int i = 0; i < edge; i++) s.row[i] = (float *)at + (size_t)i * row;
    return s;
}

/// The first half of a transform: each column of a square, `from` numbers long, becomes `to` long.
INLINE void transform_columns(line_map line, int tile, int from, int to, const square *s, size_t channel,
                              size_t count, vector result[longest_line][longest_line]) {
    UNROLL for (int j = 0; j < from; j++) {
        vector x[longest_line], y[longest_line];
        if (j >= s->first_column && j < s->end_column) {
            UNROLL for (int i = 0; i < from; i++) x[i] = load(s->row[i] + (size_t)j * s->column + channel, count);
            line(tile, x, y);
        } else {
            UNROLL for (int i = 0; i < to; i++) y[i] = (vector){0};
        }
        UNROLL for (int i = 0; i < to; i++) result[i][j] = y[i];
    }
}

/// Where the vector of channels at `c` begins: the last one reaches back if it must.
INLINE size_t vector_start(size_t c, size_t channels) {
    return c + LANES <= channels || channels < LANES ? c : channels - LANES;
}

/// A whole transform to [row][column] squares of `to` x `to`.
INLINE void transform(line_map line, int tile, int from, int to, const square *s, size_t channels, float *result,
                      size_t row, size_t column) {
    for (size_t c = 0; c < channels; c += LANES) {
        size_t start = vector_start(c, channels);
        vector half[longest_line][longest_line];
        if (channels < LANES) {
            transform_columns(line, tile, from, to, s, 0, channels, half);
        } else {
            transform_columns(line, tile, from, to, s, start, LANES, half);
        }
        UNROLL for (int i = 0; i < to; i++) {
            vector y[longest_line];
            line(tile, half[i], y);
            UNROLL for (int j = 0; j < to; j++)
                *(unaligned_vector *)(result + (size_t)i * row + (size_t)j * column + start) = y[j];
        }
    }
}

// MARK: Tiles of images

/// A walk over the tiles of images, one after the other.
typedef struct walk {
    float *image; // the one with the next tile
    size_t image_size;
    int y, x; // of the tile in the image's tiles
} walk;

INLINE walk walk_from(const tiling *t, size_t tile, const int extent[2], int channels, const float *images) {
    size_t in_image = tile % tiling_tiles_per_image(t);
    size_t size = (size_t)extent[0] * (size_t)extent[1] * (size_t)channels;
    return (walk){
        .image = (float *)images + tile / tiling_tiles_per_image(t) * size, .image_size = size,
        .y = (int)in_image / t->tiles[1], .x = (int)in_image % t->tiles[1],
    };
}

INLINE void step(walk *w, const tiling *t) {
    if (++w->x < t->tiles[1]) return;
    w->x = 0;
    if (++w->y < t->tiles[0]) return;
    w->y = 0;
    w->image += w->image_size;
}

/// The pixels of the walk's tile, `edge` along each axis from `first` on; rows that do not exist are at `zeros`.
INLINE square square_at(const walk *w, const tiling *t, const int first[2], int edge, const int extent[2],
                        int channels, float *zeros) {
    int y = first[0] + w->y * t->tile, x = first[1] + w->x * t->tile;
    square s = {
        .column = (size_t)channels,
        .first_row = clamp(-y, edge), .end_row = clamp(extent[0] - y, edge),
        .first_column = clamp(-x, edge), .end_column = clamp(extent[1] - x, edge),
    };
    UNROLL for (int i = 0; i < edge; i++) {
        bool exists = i >= s.first_row && i < s.end_row;
        s.row[i] = exists ? w->image + ((ptrdiff_t)(y + i) * extent[1] + x) * channels : zeros;
    }
    return s;
}

/// Transforms `count` tiles of `edge` pixels from number `first` on to [position][tile][channel].
INLINE void transform_tiles(line_map line, int tile, int edge, const tiling *t, size_t first, size_t count,
                            const int first_pixel[2], const int extent[2], int channels, const float *x,
                            float *zeros, float *result) {
    size_t position = tiling_position_stride(t, channels), tile_stride = tiling_tile_stride(channels);
    walk w = walk_from(t, first, extent, channels, x);
    for (size_t i = 0; i < count; i++, step(&w, t), result += tile_stride) {
        square s = square_at(&w, t, first_pixel, edge, extent, channels, zeros);
        transform(line, tile, edge, tile + 2, &s, (size_t)channels, result, (size_t)(tile + 2) * position, position);
    }
}

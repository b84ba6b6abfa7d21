// product.h - the one micro-kernel under every convolution: a matrix product whose left matrix is gathered.
//
//     y[r][c] = sum over k of x[row[r] + step[k]] * w[k][c]
//
// Forward, rows are output pixels and steps are the taps of the filter; backward to the weights it is the other
// way around, and w is the gradient. The tile keeps a few rows by one or two vectors of columns in registers, and
// for each k loads w[k] once and broadcasts one x for each row. Every y is one chain of fused multiply-adds in the
// order of k, whatever the tile, so its bits do not depend on how callers split rows.
//
// Why offsets in tables rather than strides: borders between image rows and between images then cost nothing, so
// that tiles are always full, and the table's loads hide behind the multiplications (AVX-512 10x2: 318 of 320
// GFLOPS with 288 steps, 295 with 9). Winograd's matrices have even steps and need none, which matters to tiles of
// single vectors: their limit is the number of loads.

typedef struct product {
    const float *x;
    const int32_t *row, *step; // step[k] is k * step_stride if `step` is null
    size_t rows, steps, step_stride;
    const float *w;
    size_t w_stride;
    float *y;
    const int32_t *y_row; // y[r] starts at y + y_row[r]
    size_t columns; // how many of the block's columns exist: up to 2 * LANES
    const float *bias; // of the block's columns, or null
    bool relu;
    bool accumulates; // adds to y instead of overwriting it
} product;

/// More rows than there are registers spill; fewer leave the multipliers waiting for their own results. How many
/// rows of two vectors fit is the set's PAIR_ROWS; of single vectors 8 suffice, for they wait for loads anyway.
enum { largest_tile = 10, single_rows = 8 };

INLINE void tile(int rows, int vectors, bool gathers, const product *p, size_t first) {
    const float *x[largest_tile];
    vector sum[largest_tile][2];
    UNROLL for (int r = 0; r < rows; r++) {
        x[r] = p->x + p->row[first + (size_t)r];
        UNROLL for (int v = 0; v < vectors; v++) sum[r][v] = (vector){0};
    }
    const float *w = p->w;
    const int32_t *step = p->step;
    size_t steps = p->steps, w_stride = p->w_stride;
    ptrdiff_t offset = 0, stride = p->step_stride;
    for (size_t k = 0; k < steps; k++, w += w_stride, offset += stride) {
        if (gathers) offset = step[k];
        vector column[2];
        UNROLL for (int v = 0; v < vectors; v++) column[v] = *(const unaligned_vector *)(w + v * LANES);
        UNROLL for (int r = 0; r < rows; r++) {
            float element = x[r][offset];
            UNROLL for (int v = 0; v < vectors; v++) sum[r][v] += element * column[v];
        }
    }

    size_t count[2] = {p->columns, p->columns - LANES};
    vector bias[2] = {{0}, {0}};
    if (p->bias) {
        UNROLL for (int v = 0; v < vectors; v++) bias[v] = load(p->bias + v * LANES, count[v]);
    }
    UNROLL for (int r = 0; r < rows; r++) {
        float *y = p->y + p->y_row[first + (size_t)r];
        UNROLL for (int v = 0; v < vectors; v++) {
            vector value = sum[r][v] + bias[v];
            if (p->accumulates) value += load(y + v * LANES, count[v]);
            if (p->relu) value = rectified(value);
            store(y + v * LANES, value, count[v]);
        }
    }
}

#define TILE(rows)                                                                                                  \
    static void tile_##rows##x1(const product *p, size_t first) { tile(rows, 1, true, p, first); }                  \
    static void tile_##rows##x2(const product *p, size_t first) { tile(rows, 2, true, p, first); }                  \
    static void even_tile_##rows##x1(const product *p, size_t first) { tile(rows, 1, false, p, first); }            \
    static void even_tile_##rows##x2(const product *p, size_t first) { tile(rows, 2, false, p, first); }
TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10)
#undef TILE

#define TILES(prefix, vectors)                                                                                      \
    {prefix##_1##vectors, prefix##_2##vectors, prefix##_3##vectors, prefix##_4##vectors, prefix##_5##vectors,       \
     prefix##_6##vectors, prefix##_7##vectors, prefix##_8##vectors, prefix##_9##vectors, prefix##_10##vectors}
static void (*const tiles[2][2][largest_tile])(const product *p, size_t first) = {
    {TILES(tile, x1), TILES(tile, x2)},
    {TILES(even_tile, x1), TILES(even_tile, x2)},
};
#undef TILES

/// The whole block: rows are cut into tiles as equal as possible, so that none is left with a row or two.
static void multiply(const product *p) {
    if (p->rows == 0) return;
    bool pair = p->columns > LANES;
    size_t largest = pair ? PAIR_ROWS : single_rows;
    size_t count = (p->rows + largest - 1) / largest;
    size_t each = p->rows / count, with_one_more = p->rows % count;
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        size_t rows = each + (i < with_one_more);
        tiles[p->step == NULL][pair][rows - 1](p, row);
        row += rows;
    }
}

// transpose.h - squares of LANES x LANES numbers are transposed in registers, matrices square by square.

// Every second lane from `a` and `b` in turn, beginning with their lower or upper halves.
#if LANES == 16
#define LOWER 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define UPPER 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define LOWER 0, 8, 1, 9, 2, 10, 3, 11
#define UPPER 4, 12, 5, 13, 6, 14, 7, 15
#else
#define LOWER 0, 4, 1, 5
#define UPPER 2, 6, 3, 7
#endif

/// Each round shuffles the rows like a pack of cards; after log2(LANES) of them rows are columns.
INLINE void transpose_square(vector *rows) {
    UNROLL for (int round = 1; round < LANES; round *= 2) {
        vector shuffled[LANES];
        UNROLL for (int i = 0; i < LANES / 2; i++) {
            vector a = rows[i], b = rows[i + LANES / 2];
            shuffled[2 * i] = __builtin_shufflevector(a, b, LOWER);
            shuffled[2 * i + 1] = __builtin_shufflevector(a, b, UPPER);
        }
        UNROLL for (int i = 0; i < LANES; i++) rows[i] = shuffled[i];
    }
}

#undef LOWER
#undef UPPER

static void transpose_one_by_one(size_t rows, size_t columns, const float *x, float *y) {
    for (size_t c = 0; c < columns; c++)
        for (size_t r = 0; r < rows; r++) y[c * rows + r] = x[r * columns + c];
}

static void transpose(size_t rows, size_t columns, const float *x, float *y) {
    if (rows < LANES || columns < LANES) {
        transpose_one_by_one(rows, columns, x, y);
        return;
    }
    // The last squares overlap the ones before them.
    for (size_t c = 0; c < columns; c += LANES) {
        size_t column = smaller(c, columns - LANES);
        for (size_t r = 0; r < rows; r += LANES) {
            size_t row = smaller(r, rows - LANES);
            vector square[LANES];
            UNROLL for (size_t i = 0; i < LANES; i++) square[i] = load(x + (row + i) * columns + column, LANES);
            transpose_square(square);
            UNROLL for (size_t i = 0; i < LANES; i++) store(y + (column + i) * rows + row, square[i], LANES);
        }
    }
}

// channels.h - passes over rows x channels.
//
// Channel counts that are not whole vectors would leave a ragged end in every row. So rows are folded: as many as
// make whole vectors are taken for one row of `width` channels, with the per-channel numbers repeated. What remains
// at the end (fewer rows than were folded) goes through the same body unfolded.

enum { vectors_at_once = 4, widest_fold = 1024 };

/// How many rows to take for one: enough for whole vectors, and for `vectors_at_once` of them.
static size_t fold_of(size_t rows, size_t channels) {
    size_t fold = 1;
    while (channels * fold % LANES != 0 || channels * fold < vectors_at_once * LANES) fold *= 2;
    return fold > 1 && (fold > rows || channels * fold > widest_fold) ? 1 : fold;
}

static const float *repeated(const float *values, size_t channels, size_t fold, float *room) {
    if (fold == 1) return values;
    for (size_t i = 0; i < fold; i++) memcpy(room + i * channels, values, channels * sizeof *room);
    return room;
}

// MARK: Element by element

INLINE void affine_rows(size_t rows, size_t width, const float *x, const float *scale, const float *shift, float *y) {
    for (size_t r = 0; r < rows; r++, x += width, y += width) {
        VECTORIZE for (size_t c = 0; c < width; c++) y[c] = scale[c] * x[c] + shift[c];
    }
}

static void channel_affine(size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                           float *y) {
    size_t fold = fold_of(rows, channels), folded = rows / fold, done = folded * fold * channels;
    float room[2][widest_fold];
    affine_rows(folded, channels * fold, x, repeated(scale, channels, fold, room[0]),
                repeated(shift, channels, fold, room[1]), y);
    affine_rows(rows - folded * fold, channels, x + done, scale, shift, y + done);
}

INLINE void byte_rows(size_t rows, size_t width, const uint8_t *x, const float *scale, const float *shift, float *y) {
    for (size_t r = 0; r < rows; r++, x += width, y += width) {
        VECTORIZE for (size_t c = 0; c < width; c++) y[c] = scale[c] * (float)x[c] + shift[c];
    }
}

static void bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift,
                            float *y) {
    size_t fold = fold_of(rows, channels), folded = rows / fold, done = folded * fold * channels;
    float room[2][widest_fold];
    byte_rows(folded, channels * fold, x, repeated(scale, channels, fold, room[0]),
              repeated(shift, channels, fold, room[1]), y);
    byte_rows(rows - folded * fold, channels, x + done, scale, shift, y + done);
}

INLINE void affine2_rows(size_t rows, size_t width, const float *dy, const float *x, const float *a, const float *b,
                         const float *d, float *dx) {
    for (size_t r = 0; r < rows; r++, dy += width, x += width, dx += width) {
        VECTORIZE for (size_t c = 0; c < width; c++) dx[c] = a[c] * dy[c] + (b[c] * x[c] + d[c]);
    }
}

static void channel_affine2(size_t rows, size_t channels, const float *dy, const float *x, const float *a,
                            const float *b, const float *d, float *dx) {
    size_t fold = fold_of(rows, channels), folded = rows / fold, done = folded * fold * channels;
    float room[3][widest_fold];
    affine2_rows(folded, channels * fold, dy, x, repeated(a, channels, fold, room[0]),
                 repeated(b, channels, fold, room[1]), repeated(d, channels, fold, room[2]), dx);
    affine2_rows(rows - folded * fold, channels, dy + done, x + done, a, b, d, dx + done);
}

INLINE void add_bias_rows(size_t rows, size_t width, float *x, const float *bias, bool relu) {
    for (size_t r = 0; r < rows; r++, x += width) {
        if (relu) {
            VECTORIZE for (size_t c = 0; c < width; c++) {
                float value = x[c] + bias[c];
                x[c] = value < 0 ? 0 : value;
            }
        } else {
            VECTORIZE for (size_t c = 0; c < width; c++) x[c] += bias[c];
        }
    }
}

static void channel_add_bias(size_t rows, size_t channels, float *x, const float *bias, bool relu) {
    size_t fold = fold_of(rows, channels), folded = rows / fold, done = folded * fold * channels;
    float room[widest_fold];
    add_bias_rows(folded, channels * fold, x, repeated(bias, channels, fold, room), relu);
    add_bias_rows(rows - folded * fold, channels, x + done, bias, relu);
}

// MARK: Sums over rows

typedef enum channel_sum { sum_of_values, sum_of_deviations, sum_of_gradients } channel_sum;

/// So few that the rounding of their sum in float does not matter; blocks are summed in double.
enum { rows_per_block = 64 };

INLINE void add_to_doubles(double *to, vector value, size_t count) {
    typedef double_vector unaligned_double_vector __attribute__((aligned(8)));
    if (count >= LANES) {
        *(unaligned_double_vector *)to += __builtin_convertvector(value, double_vector);
    } else {
        for (size_t i = 0; i < count; i++) to[i] += (double)value[i];
    }
}

/// Adds a block of rows, `stride` apart, to the sums of some neighbouring columns.
INLINE void add_block(channel_sum kind, int vectors, size_t count, size_t rows, size_t stride, const float *x,
                      const float *dy, const float *center, double *first, double *second) {
    vector middle[vectors_at_once], sum[vectors_at_once], product_sum[vectors_at_once];
    UNROLL for (int v = 0; v < vectors; v++) {
        if (kind != sum_of_values) middle[v] = load(center + v * LANES, count);
        sum[v] = product_sum[v] = (vector){0};
    }
    for (size_t r = 0; r < rows; r++) {
        UNROLL for (int v = 0; v < vectors; v++) {
            vector value = load(x + r * stride + v * LANES, count);
            if (kind == sum_of_values) {
                sum[v] += value;
            } else {
                vector deviation = value - middle[v];
                vector weight = kind == sum_of_gradients ? load(dy + r * stride + v * LANES, count) : deviation;
                sum[v] += weight;
                product_sum[v] += weight * deviation;
            }
        }
    }
    UNROLL for (int v = 0; v < vectors; v++) {
        add_to_doubles(first + v * LANES, sum[v], count);
        if (kind != sum_of_values) add_to_doubles(second + v * LANES, product_sum[v], count);
    }
}

/// Adds `rows` rows of `columns` numbers, `stride` apart. What a kind does not use is not read.
INLINE void add_rows(channel_sum kind, size_t rows, size_t columns, size_t stride, const float *x, const float *dy,
                     const float *center, double *first, double *second) {
    for (size_t r = 0; r < rows; r += rows_per_block, x += rows_per_block * stride, dy += rows_per_block * stride) {
        size_t block = smaller(rows_per_block, rows - r), c = 0;
        for (; c + vectors_at_once * LANES <= columns; c += vectors_at_once * LANES)
            add_block(kind, vectors_at_once, LANES, block, stride, x + c, dy + c, center + c, first + c, second + c);
        for (; c < columns; c += LANES)
            add_block(kind, 1, columns - c, block, stride, x + c, dy + c, center + c, first + c, second + c);
    }
}

/// Sums of folded rows, then of the rest.
INLINE void add_channels(channel_sum kind, size_t rows, size_t channels, const float *x, const float *dy,
                         const float *center, double *first, double *second) {
    size_t fold = fold_of(rows, channels), width = channels * fold, folded = rows / fold, done = folded * width;
    if (fold == 1) {
        add_rows(kind, rows, channels, channels, x, dy, center, first, second);
        return;
    }
    float room[widest_fold];
    double sums[2][widest_fold];
    memset(sums[0], 0, width * sizeof(double));
    memset(sums[1], 0, width * sizeof(double));
    if (kind != sum_of_values) center = repeated(center, channels, fold, room);
    add_rows(kind, folded, width, width, x, dy, center, sums[0], sums[1]);
    add_rows(kind, rows - folded * fold, channels, channels, x + done, dy + done, center, sums[0], sums[1]);
    for (size_t i = 0; i < width; i++) {
        first[i % channels] += sums[0][i];
        if (kind != sum_of_values) second[i % channels] += sums[1][i];
    }
}

static void channel_moments(size_t rows, size_t channels, const float *x, const float *center, double *sum,
                            double *square_sum) {
    add_channels(sum_of_deviations, rows, channels, x, x, center, sum, square_sum);
    for (size_t c = 0; c < channels; c++) sum[c] += (double)rows * (double)center[c];
}

static void channel_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy, const float *mean,
                                  double *sum, double *product_sum) {
    add_channels(sum_of_gradients, rows, channels, x, dy, mean, sum, product_sum);
}

static void channel_sums(size_t rows, size_t channels, const float *x, float *sum) {
    double sums[widest_fold];
    for (size_t c = 0; c < channels; c += widest_fold) {
        size_t columns = smaller(widest_fold, channels - c);
        memset(sums, 0, columns * sizeof(double));
        if (columns == channels) {
            add_channels(sum_of_values, rows, channels, x, x, x, sums, sums);
        } else {
            add_rows(sum_of_values, rows, columns, channels, x + c, x + c, x, sums, sums);
        }
        for (size_t i = 0; i < columns; i++) sum[c + i] += (float)sums[i];
    }
}

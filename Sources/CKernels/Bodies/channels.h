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
    if (fold == 1 || values == NULL) return values;
    for (size_t i = 0; i < fold; i++) memcpy(room + i * channels, values, channels * sizeof *room);
    return room;
}

// MARK: Element by element

typedef enum channel_map {
    map_affine, map_affine_relu, map_affine_add_relu, map_affine2, map_affine2_relu, map_bias, map_bias_relu,
    map_prelu, map_prelu_gradient, map_bytes
} channel_map;

/// What a map reads; what it has no use for is not read.
typedef struct channel_inputs {
    const float *x, *dy;
    const float *y; // of a ReLU that dy still has to pass; forward, what is added
    const uint8_t *bytes;
    const float *a, *b, *d; // per channel
} channel_inputs;

INLINE float at_least_zero(float value) { return value < 0 ? 0 : value; } // NaN stays NaN

INLINE float mapped(channel_map map, channel_inputs in, size_t at, size_t c) {
    switch (map) {
    case map_affine: return in.a[c] * in.x[at] + in.b[c];
    case map_affine_relu: return at_least_zero(in.a[c] * in.x[at] + in.b[c]);
    case map_affine_add_relu: return at_least_zero(in.a[c] * in.x[at] + (in.b[c] + in.y[at]));
    case map_affine2: return in.a[c] * in.dy[at] + (in.b[c] * in.x[at] + in.d[c]);
    case map_affine2_relu: {
        float gradient = in.dy[at];
        return in.a[c] * (in.y[at] <= 0 ? 0 : gradient) + (in.b[c] * in.x[at] + in.d[c]);
    }
    case map_bias: return in.x[at] + in.a[c];
    case map_bias_relu: return at_least_zero(in.x[at] + in.a[c]);
    case map_prelu: {
        float value = in.x[at], scaled = in.a[c] * value;
        return value > 0 ? value : scaled;
    }
    case map_prelu_gradient: {
        float gradient = in.dy[at], scaled = in.a[c] * gradient;
        return in.x[at] > 0 ? gradient : scaled;
    }
    case map_bytes: return in.a[c] * (float)in.bytes[at] + in.b[c];
    }
}

INLINE void map_rows(channel_map map, size_t first, size_t end, size_t width, channel_inputs in, float *y) {
    for (size_t row = first; row < end; row += width) {
        VECTORIZE for (size_t c = 0; c < width; c++) y[row + c] = mapped(map, in, row + c, c);
    }
}

/// Folded rows, then the rest.
INLINE void map_channels(channel_map map, size_t rows, size_t channels, channel_inputs in, float *y) {
    size_t fold = fold_of(rows, channels), folded = rows / fold * fold * channels;
    float room[3][widest_fold];
    channel_inputs wide = in;
    wide.a = repeated(in.a, channels, fold, room[0]);
    wide.b = repeated(in.b, channels, fold, room[1]);
    wide.d = repeated(in.d, channels, fold, room[2]);
    map_rows(map, 0, folded, channels * fold, wide, y);
    map_rows(map, folded, rows * channels, channels, in, y);
}

static void channel_affine(size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                           float *y) {
    map_channels(map_affine, rows, channels, (channel_inputs){.x = x, .a = scale, .b = shift}, y);
}

static void channel_affine_relu(size_t rows, size_t channels, const float *x, const float *scale, const float *shift,
                                float *y) {
    map_channels(map_affine_relu, rows, channels, (channel_inputs){.x = x, .a = scale, .b = shift}, y);
}

static void channel_affine_add_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                    const float *shift, const float *added, float *y) {
    channel_inputs inputs = {.x = x, .y = added, .a = scale, .b = shift};
    map_channels(map_affine_add_relu, rows, channels, inputs, y);
}

static void channel_affine2(size_t rows, size_t channels, const float *dy, const float *x, const float *a,
                            const float *b, const float *d, float *dx) {
    map_channels(map_affine2, rows, channels, (channel_inputs){.x = x, .dy = dy, .a = a, .b = b, .d = d}, dx);
}

static void channel_affine2_relu(size_t rows, size_t channels, const float *dy, const float *y, const float *x,
                                 const float *a, const float *b, const float *d, float *dx) {
    channel_inputs inputs = {.x = x, .dy = dy, .y = y, .a = a, .b = b, .d = d};
    map_channels(map_affine2_relu, rows, channels, inputs, dx);
}

static void channel_add_bias(size_t rows, size_t channels, float *x, const float *bias, bool relu) {
    channel_inputs inputs = {.x = x, .a = bias};
    if (relu) {
        map_channels(map_bias_relu, rows, channels, inputs, x);
    } else {
        map_channels(map_bias, rows, channels, inputs, x);
    }
}

static void prelu_forward(size_t rows, size_t channels, const float *x, const float *slope, float *y) {
    map_channels(map_prelu, rows, channels, (channel_inputs){.x = x, .a = slope}, y);
}

static void prelu_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *slope,
                           float *dx) {
    map_channels(map_prelu_gradient, rows, channels, (channel_inputs){.x = x, .dy = dy, .a = slope}, dx);
}

static void bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale, const float *shift,
                            float *y) {
    map_channels(map_bytes, rows, channels, (channel_inputs){.bytes = x, .a = scale, .b = shift}, y);
}

// MARK: Sums over rows

typedef enum channel_sum {
    sum_of_values, sum_of_slope_gradients, // one sum
    sum_of_deviations, sum_of_gradients, sum_of_relu_gradients // and one of products with deviations
} channel_sum;

INLINE bool has_products(channel_sum kind) { return kind >= sum_of_deviations; }

/// What a sum reads; what it has no use for is null.
typedef struct sum_inputs {
    const float *x, *dy, *y;
    const float *center; // per channel
} sum_inputs;

/// From a later number on.
INLINE sum_inputs advanced(sum_inputs in, size_t by) {
    in.x += by;
    if (in.dy) in.dy += by;
    if (in.y) in.y += by;
    return in;
}

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

/// Adds a block of rows, `stride` apart, to the sums of some neighbouring columns from `column` on.
INLINE void add_block(channel_sum kind, int vectors, size_t count, size_t rows, size_t stride, sum_inputs in,
                      size_t column, double *first, double *second) {
    vector middle[vectors_at_once], sum[vectors_at_once], product_sum[vectors_at_once];
    UNROLL for (int v = 0; v < vectors; v++) {
        if (has_products(kind)) middle[v] = load(in.center + column + v * LANES, count);
        sum[v] = product_sum[v] = (vector){0};
    }
    for (size_t r = 0; r < rows; r++) {
        UNROLL for (int v = 0; v < vectors; v++) {
            size_t at = r * stride + column + (size_t)v * LANES;
            vector value = load(in.x + at, count);
            if (kind == sum_of_values) {
                sum[v] += value;
            } else if (kind == sum_of_slope_gradients) {
                sum[v] += select(value > 0, (vector){0}, value * load(in.dy + at, count));
            } else {
                vector deviation = value - middle[v], weight = deviation;
                if (kind != sum_of_deviations) weight = load(in.dy + at, count);
                if (kind == sum_of_relu_gradients) weight = select(load(in.y + at, count) <= 0, (vector){0}, weight);
                sum[v] += weight;
                product_sum[v] += weight * deviation;
            }
        }
    }
    UNROLL for (int v = 0; v < vectors; v++) {
        add_to_doubles(first + column + v * LANES, sum[v], count);
        if (has_products(kind)) add_to_doubles(second + column + v * LANES, product_sum[v], count);
    }
}

/// Adds `rows` rows of `columns` numbers, `stride` apart. What a kind does not use is not read.
INLINE void add_rows(channel_sum kind, size_t rows, size_t columns, size_t stride, sum_inputs in, double *first,
                     double *second) {
    for (size_t r = 0; r < rows; r += rows_per_block, in = advanced(in, rows_per_block * stride)) {
        size_t block = smaller(rows_per_block, rows - r), c = 0;
        for (; c + vectors_at_once * LANES <= columns; c += vectors_at_once * LANES)
            add_block(kind, vectors_at_once, LANES, block, stride, in, c, first, second);
        for (; c < columns; c += LANES) add_block(kind, 1, columns - c, block, stride, in, c, first, second);
    }
}

/// Sums of folded rows, then of the rest.
INLINE void add_channels(channel_sum kind, size_t rows, size_t channels, sum_inputs in, double *first,
                         double *second) {
    size_t fold = fold_of(rows, channels), width = channels * fold, folded = rows / fold;
    if (fold == 1) {
        add_rows(kind, rows, channels, channels, in, first, second);
        return;
    }
    float room[widest_fold];
    double sums[2][widest_fold];
    memset(sums[0], 0, width * sizeof(double));
    memset(sums[1], 0, width * sizeof(double));
    in.center = repeated(in.center, channels, fold, room);
    add_rows(kind, folded, width, width, in, sums[0], sums[1]);
    add_rows(kind, rows - folded * fold, channels, channels, advanced(in, folded * width), sums[0], sums[1]);
    for (size_t i = 0; i < width; i++) {
        first[i % channels] += sums[0][i];
        if (has_products(kind)) second[i % channels] += sums[1][i];
    }
}

static void channel_moments(size_t rows, size_t channels, const float *x, const float *center, double *sum,
                            double *square_sum) {
    add_channels(sum_of_deviations, rows, channels, (sum_inputs){.x = x, .center = center}, sum, square_sum);
    for (size_t c = 0; c < channels; c++) sum[c] += (double)rows * (double)center[c];
}

static void channel_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy, const float *mean,
                                  double *sum, double *product_sum) {
    sum_inputs inputs = {.x = x, .dy = dy, .center = mean};
    add_channels(sum_of_gradients, rows, channels, inputs, sum, product_sum);
}

static void channel_gradient_sums_relu(size_t rows, size_t channels, const float *x, const float *y, const float *dy,
                                       const float *mean, double *sum, double *product_sum) {
    sum_inputs inputs = {.x = x, .dy = dy, .y = y, .center = mean};
    add_channels(sum_of_relu_gradients, rows, channels, inputs, sum, product_sum);
}

/// Adds the one sum of each channel to floats.
INLINE void add_to_floats(channel_sum kind, size_t rows, size_t channels, sum_inputs in, float *sum) {
    double sums[widest_fold];
    for (size_t c = 0; c < channels; c += widest_fold) {
        size_t columns = smaller(widest_fold, channels - c);
        memset(sums, 0, columns * sizeof(double));
        if (columns == channels) {
            add_channels(kind, rows, channels, in, sums, sums);
        } else {
            add_rows(kind, rows, columns, channels, advanced(in, c), sums, sums);
        }
        for (size_t i = 0; i < columns; i++) sum[c + i] += (float)sums[i];
    }
}

static void channel_sums(size_t rows, size_t channels, const float *x, float *sum) {
    add_to_floats(sum_of_values, rows, channels, (sum_inputs){.x = x}, sum);
}

static void prelu_slope_gradient(size_t rows, size_t channels, const float *x, const float *dy, float *dslope) {
    add_to_floats(sum_of_slope_gradients, rows, channels, (sum_inputs){.x = x, .dy = dy}, dslope);
}

// rectified.h - ReLU, the largest of each 2x2 window, and dropout, in one pass; batch norm before them joins in.
//
// A byte for each window remembers which of its pixels passes the gradient, or that none does because the largest was
// not positive or has been dropped. So backward needs neither what was pooled nor a mask, and batch norm's own
// gradient is made in the pass that spreads the windows' gradients over their pixels.

enum { window_taps = 4, no_tap = window_taps };

/// Two rows of an image and the row of windows over them.
typedef struct window_row {
    size_t upper, lower; // where its rows of pixels begin
    size_t output;
} window_row;

INLINE size_t windows_across(const cairn_rectified_pooling *g) { return (size_t)g->width / 2; }

/// The windows of rows are numbered through all images.
INLINE window_row window_row_at(const cairn_rectified_pooling *g, size_t number) {
    size_t rows = (size_t)g->height / 2, channels = (size_t)g->channels, row = (size_t)g->width * channels;
    size_t upper = (number / rows * (size_t)g->height + number % rows * 2) * row;
    return (window_row){upper, upper + row, number * windows_across(g) * channels};
}

INLINE size_t window_rows(const cairn_rectified_pooling *g, size_t images) {
    return images * (size_t)(g->height / 2);
}

/// Where tap 0...3 of a window begins; `across` counts windows.
INLINE size_t tap_at(window_row row, int tap, size_t across, size_t channels) {
    return (tap < 2 ? row.upper : row.lower) + (2 * across + (size_t)tap % 2) * channels;
}

static void rectified_pooling_forward(const cairn_rectified_pooling *g, size_t images, const float *x,
                                      const float *scale, const float *shift, uint64_t key, uint64_t first, float *y,
                                      uint8_t *winner) {
    size_t channels = (size_t)g->channels, across = windows_across(g);
    for (size_t number = 0; number < window_rows(g, images); number++) {
        window_row row = window_row_at(g, number);
        for (size_t i = 0; i < across; i++) {
            for (size_t c = 0; c < channels; c += LANES) {
                size_t count = channels - c, output = row.output + i * channels + c;
                vector factor = scale ? load(scale + c, count) : broadcast(1);
                vector term = scale ? load(shift + c, count) : (vector){0};
                vector best = {0};
                int_vector best_tap = {0};
                UNROLL for (int tap = 0; tap < window_taps; tap++) {
                    vector value = load(x + tap_at(row, tap, i, channels) + c, count);
                    if (scale) value = factor * value + term;
                    int_vector better = ~(value <= best) & (best == best); // NaN is largest
                    if (tap == 0) better = (int_vector){0} - 1;
                    best = select(better, value, best);
                    best_tap = (better & tap) | (~better & best_tap);
                }
                int_vector dead = best <= 0;
                store(y + output, select(dead, (vector){0}, best), count);
                if (winner) store_bytes(winner + output, (dead & no_tap) | (~dead & best_tap), count);
            }
        }
        if (g->dropout > 0) { // on what the cache still holds; what lives is not 0 before
            size_t count = across * channels;
            dropout(count, y + row.output, g->dropout, key, first + row.output, y + row.output);
            for (size_t c = 0; winner && c < count; c += LANES) {
                uint8_t *taps = winner + row.output + c;
                int_vector dropped = load(y + row.output + c, count - c) == 0;
                store_bytes(taps, (dropped & no_tap) | (~dropped & load_bytes(taps, count - c)), count - c);
            }
        }
    }
}

/// What each gradient that lives is multiplied with.
INLINE float kept_scale(const cairn_rectified_pooling *g) { return g->dropout > 0 ? 1 / (1 - g->dropout) : 1; }

/// dx = a g + b x + d where the gradient g of a pixel is its window's or 0; or only g, if `a` is null.
INLINE void spread(const cairn_rectified_pooling *g, size_t images, const float *x, const float *dy,
                   const uint8_t *winner, const float *a, const float *b, const float *d, float *dx) {
    size_t channels = (size_t)g->channels, across = windows_across(g);
    float kept = kept_scale(g);
    for (size_t number = 0; number < window_rows(g, images); number++) {
        window_row row = window_row_at(g, number);
        for (size_t i = 0; i < across; i++) {
            for (size_t c = 0; c < channels; c += LANES) {
                size_t count = channels - c, output = row.output + i * channels + c;
                vector gradient = load(dy + output, count) * kept;
                int_vector tap_of_gradient = load_bytes(winner + output, count);
                UNROLL for (int tap = 0; tap < window_taps; tap++) {
                    size_t at = tap_at(row, tap, i, channels) + c;
                    vector value = select(tap_of_gradient == tap, gradient, (vector){0});
                    if (a) {
                        vector rest = load(b + c, count) * load(x + at, count) + load(d + c, count);
                        value = load(a + c, count) * value + rest;
                    }
                    store(dx + at, value, count);
                }
            }
        }
    }
}

/// Pixels in no window, in the last column or row of an odd size, have the gradient 0.
static void spread_to_rest(const cairn_rectified_pooling *g, size_t images, const float *x, const float *b,
                           const float *d, float *dx) {
    for (size_t n = 0; n < images; n++) {
        for (int y = 0; y < g->height; y++) {
            bool left_over = y == g->height / 2 * 2;
            for (int i = left_over ? 0 : g->width / 2 * 2; i < g->width; i++) {
                size_t channels = (size_t)g->channels;
                size_t at = ((n * (size_t)g->height + (size_t)y) * (size_t)g->width + (size_t)i) * channels;
                for (size_t c = 0; c < channels; c++) dx[at + c] = b ? b[c] * x[at + c] + d[c] : 0;
            }
        }
    }
}

static void rectified_pooling_backward(const cairn_rectified_pooling *g, size_t images, const float *dy,
                                       const uint8_t *winner, float *dx) {
    spread(g, images, NULL, dy, winner, NULL, NULL, NULL, dx);
    spread_to_rest(g, images, NULL, NULL, NULL, dx);
}

static void rectified_pooling_affine2(const cairn_rectified_pooling *g, size_t images, const float *dy,
                                      const uint8_t *winner, const float *x, const float *a, const float *b,
                                      const float *d, float *dx) {
    spread(g, images, x, dy, winner, a, b, d, dx);
    spread_to_rest(g, images, x, b, d, dx);
}

static void rectified_pooling_gradient_sums(const cairn_rectified_pooling *g, size_t images, const float *x,
                                            const float *dy, const uint8_t *winner, const float *mean, double *sum,
                                            double *product_sum) {
    size_t channels = (size_t)g->channels, across = windows_across(g);
    float kept = kept_scale(g);
    for (size_t number = 0; number < window_rows(g, images); number++) {
        window_row row = window_row_at(g, number);
        for (size_t c = 0; c < channels; c += LANES) {
            size_t count = channels - c;
            vector middle = load(mean + c, count);
            for (size_t first = 0; first < across; first += rows_per_block) {
                vector total = {0}, product_total = {0};
                for (size_t i = first; i < smaller(across, first + rows_per_block); i++) {
                    size_t output = row.output + i * channels + c;
                    int_vector tap_of_gradient = load_bytes(winner + output, count);
                    vector value = middle; // where no tap passes
                    UNROLL for (int tap = 0; tap < window_taps; tap++) {
                        vector pixel = load(x + tap_at(row, tap, i, channels) + c, count);
                        value = select(tap_of_gradient == tap, pixel, value);
                    }
                    vector gradient = load(dy + output, count) * kept;
                    gradient = select(tap_of_gradient == no_tap, (vector){0}, gradient);
                    total += gradient;
                    product_total += gradient * (value - middle);
                }
                add_to_doubles(sum + c, total, count);
                add_to_doubles(product_sum + c, product_total, count);
            }
        }
    }
}

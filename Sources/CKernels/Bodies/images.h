// images.h - an image seen otherwise: through an affine map, at another size, through a blur.
//
// The two channel counts that images have nearly always are constants to the compiler: CHANNELS.

/// Runs the statement with `channels` as a constant where that is 1 or 3.
#define CHANNELS(count, statement)                                                                                  \
    do {                                                                                                            \
        if ((count) == 1) {                                                                                         \
            enum { channels = 1 };                                                                                  \
            statement;                                                                                              \
        } else if ((count) == 3) {                                                                                  \
            enum { channels = 3 };                                                                                  \
            statement;                                                                                              \
        } else {                                                                                                    \
            size_t channels = (count);                                                                              \
            statement;                                                                                              \
        }                                                                                                           \
    } while (0)

INLINE float between(float a, float b, float share) { return a + share * (b - a); }

// MARK: Affine maps

/// One pixel where not all four neighbours are in the image.
INLINE void warp_rim(size_t height, size_t width, size_t channels, const float *x, const float *fill, float left,
                     float top, float right_share, float lower_share, float *y) {
    for (size_t channel = 0; channel < channels; channel++) {
        float corner[2][2];
        for (int down = 0; down < 2; down++) {
            for (int right = 0; right < 2; right++) {
                float row = top + (float)down, column = left + (float)right;
                bool is_inside = row >= 0 && row < (float)height && column >= 0 && column < (float)width;
                corner[down][right] =
                    is_inside ? x[((size_t)row * width + (size_t)column) * channels + channel] : fill[channel];
            }
        }
        y[channel] = between(between(corner[0][0], corner[0][1], right_share),
                             between(corner[1][0], corner[1][1], right_share), lower_share);
    }
}

INLINE void warp_pixels(size_t height, size_t width, size_t channels, const float *x, const float *map,
                        const float *fill, float *y) {
    for (size_t row = 0; row < height; row++) {
        for (size_t column = 0; column < width; column++, y += channels) {
            float across = map[0] * (float)column + (map[1] * (float)row + map[2]);
            float down = map[3] * (float)column + (map[4] * (float)row + map[5]);
            float left = __builtin_floorf(across), top = __builtin_floorf(down);
            // Compared as floats, which a map far outside cannot make overflow.
            if (left >= 0 && left < (float)width - 1 && top >= 0 && top < (float)height - 1) {
                const float *upper = x + ((size_t)top * width + (size_t)left) * channels;
                const float *lower = upper + width * channels;
                for (size_t channel = 0; channel < channels; channel++) {
                    float above = between(upper[channel], upper[channels + channel], across - left);
                    float below = between(lower[channel], lower[channels + channel], across - left);
                    y[channel] = between(above, below, down - top);
                }
            } else if (left >= -1 && left < (float)width && top >= -1 && top < (float)height) {
                warp_rim(height, width, channels, x, fill, left, top, across - left, down - top, y);
            } else {
                for (size_t channel = 0; channel < channels; channel++) y[channel] = fill[channel];
            }
        }
    }
}

static void warp(size_t height, size_t width, size_t count, const float *x, const float *map, const float *fill,
                 float *y) {
    CHANNELS(count, warp_pixels(height, width, channels, x, map, fill, y));
}

static void warp_mask(size_t height, size_t width, const uint8_t *x, const float *map, uint8_t *y) {
    for (size_t row = 0; row < height; row++) {
        for (size_t column = 0; column < width; column++) {
            float across = __builtin_rintf(map[0] * (float)column + (map[1] * (float)row + map[2]));
            float down = __builtin_rintf(map[3] * (float)column + (map[4] * (float)row + map[5]));
            bool is_inside = across >= 0 && across < (float)width && down >= 0 && down < (float)height;
            *y++ = is_inside ? x[(size_t)down * width + (size_t)across] : 0;
        }
    }
}

// MARK: Other sizes

/// The pixels along one axis that one pixel of another size is made of, and how much each counts: a triangle as wide
/// as the pixel is, but no narrower than two of the source's. Returns how many; `weights` has room for them.
INLINE size_t triangle(size_t from, size_t to, size_t index, size_t *first, float *weights) {
    double scale = (double)from / (double)to, reach = scale > 1 ? scale : 1;
    double center = scale * ((double)index + 0.5);
    double begin = center - reach + 0.5, end = center + reach + 0.5;
    *first = begin > 0 ? (size_t)begin : 0;
    size_t count = smaller((size_t)end, from) - *first;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double distance = ((double)(*first + i) + 0.5 - center) / reach;
        double weight = 1 - (distance < 0 ? -distance : distance);
        weights[i] = (float)(weight > 0 ? weight : 0);
        sum += weights[i];
    }
    for (size_t i = 0; i < count; i++) weights[i] /= (float)sum;
    return count;
}

/// What resize() needs for one row, laid out in its scratch.
typedef struct resize_plan {
    size_t taps;    // room for the weights of one pixel
    float *weights; // of each column, then of the row in hand
    float *first;   // of each column: its first pixel (exact: below 2^24), and how many
    float *counts;
    float *row;     // a row of the source, already of the output's height, and room for a load beyond
} resize_plan;

INLINE size_t most_taps(size_t from, size_t to) { return 2 * (from / to + 1) + 2; }

INLINE size_t resizing_taps(const cairn_resizing *g) {
    return larger(most_taps(g->input_width, g->output_width), most_taps(g->input_height, g->output_height));
}

static size_t resizing_scratch(const cairn_resizing *g) {
    return (g->output_width + 1) * resizing_taps(g) + 2 * g->output_width + g->input_width * g->channels + 1;
}

INLINE void resize_row(const resize_plan *plan, size_t width, size_t channels, float *y) {
    for (size_t column = 0; column < width; column++, y += channels) {
        const float *from = plan->row + (size_t)plan->first[column] * channels;
        const float *weights = plan->weights + column * plan->taps;
        size_t count = (size_t)plan->counts[column];
        if (channels == 3) { // a pixel and a number of the next one, at once
            typedef float quad __attribute__((vector_size(16), aligned(4)));
            quad sum = {0};
            for (size_t i = 0; i < count; i++) sum += weights[i] * *(const quad *)(from + 3 * i);
            for (size_t channel = 0; channel < 3; channel++) y[channel] = sum[channel];
        } else {
            for (size_t channel = 0; channel < channels; channel++) {
                float sum = 0;
                for (size_t i = 0; i < count; i++) sum += weights[i] * from[i * channels + channel];
                y[channel] = sum;
            }
        }
    }
}

/// First down, where whole rows are weighted at once, then across.
#define RESIZE(name, element)                                                                                       \
    static void name(const cairn_resizing *g, const element *x, float *y, float *scratch) {                         \
        size_t taps = resizing_taps(g);                                                                             \
        resize_plan plan = {.taps = taps, .weights = scratch};                                                      \
        plan.first = plan.weights + (g->output_width + 1) * taps;                                                   \
        plan.counts = plan.first + g->output_width;                                                                 \
        plan.row = plan.counts + g->output_width;                                                                   \
        for (size_t column = 0; column < g->output_width; column++) {                                               \
            size_t first, count = triangle(g->input_width, g->output_width, column, &first,                         \
                                           plan.weights + column * taps);                                           \
            plan.first[column] = (float)first;                                                                      \
            plan.counts[column] = (float)count;                                                                     \
        }                                                                                                           \
        float *weights = plan.weights + g->output_width * taps, *sums = plan.row;                                   \
        size_t width = g->input_width * g->channels;                                                                \
        sums[width] = 0;                                                                                            \
        for (size_t row = 0; row < g->output_height; row++) {                                                       \
            size_t first, count = triangle(g->input_height, g->output_height, row, &first, weights);                \
            for (size_t i = 0; i < count; i++) {                                                                    \
                const element *from = x + (first + i) * g->input_stride;                                            \
                float weight = weights[i];                                                                          \
                if (i == 0) {                                                                                       \
                    VECTORIZE for (size_t at = 0; at < width; at++) sums[at] = weight * (float)from[at];            \
                } else {                                                                                            \
                    VECTORIZE for (size_t at = 0; at < width; at++) sums[at] += weight * (float)from[at];           \
                }                                                                                                   \
            }                                                                                                       \
            float *to = y + row * g->output_width * g->channels;                                                    \
            CHANNELS(g->channels, resize_row(&plan, g->output_width, channels, to));                                \
        }                                                                                                           \
    }

RESIZE(resize, float)
RESIZE(resize_bytes, uint8_t)

static void resize_mask(const cairn_resizing *g, const uint8_t *x, uint8_t *y) {
    for (size_t row = 0; row < g->output_height; row++) {
        const uint8_t *from = x + row * g->input_height / g->output_height * g->input_stride;
        for (size_t column = 0; column < g->output_width; column++)
            *y++ = from[column * g->input_width / g->output_width];
    }
}

// MARK: Blur

/// Where an index beyond an edge is mirrored to, the edge itself not repeated: -1 is 1.
INLINE size_t mirrored(int64_t index, size_t count) {
    int64_t period = count > 1 ? 2 * ((int64_t)count - 1) : 1;
    int64_t place = index % period;
    if (place < 0) place += period;
    return (size_t)(place < (int64_t)count ? place : period - place);
}

static void blur(size_t height, size_t width, size_t channels, size_t taps, const float *kernel, const float *x,
                 float *y, float *scratch) {
    size_t reach = taps / 2, count = width * channels;
    float *row = scratch + reach * channels;
    for (size_t r = 0; r < height; r++) {
        for (size_t tap = 0; tap < taps; tap++) {
            const float *from = x + mirrored((int64_t)(r + tap) - (int64_t)reach, height) * count;
            float weight = kernel[tap];
            if (tap == 0) {
                VECTORIZE for (size_t i = 0; i < count; i++) row[i] = weight * from[i];
            } else {
                VECTORIZE for (size_t i = 0; i < count; i++) row[i] += weight * from[i];
            }
        }
        for (size_t beyond = 1; beyond <= reach; beyond++) {
            const float *left = row + mirrored(-(int64_t)beyond, width) * channels;
            const float *right = row + mirrored((int64_t)(width - 1 + beyond), width) * channels;
            for (size_t channel = 0; channel < channels; channel++) {
                (row - beyond * channels)[channel] = left[channel];
                row[(width - 1 + beyond) * channels + channel] = right[channel];
            }
        }
        float *to = y + r * count;
        for (size_t tap = 0; tap < taps; tap++) {
            const float *from = scratch + tap * channels;
            float weight = kernel[tap];
            if (tap == 0) {
                VECTORIZE for (size_t i = 0; i < count; i++) to[i] = weight * from[i];
            } else {
                VECTORIZE for (size_t i = 0; i < count; i++) to[i] += weight * from[i];
            }
        }
    }
}

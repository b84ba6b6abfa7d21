// images.h - an image seen otherwise: through an affine map, through a blur.
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
                        const float *bounds, const float *fill, float *y) {
    for (size_t row = 0; row < height; row++) {
        for (size_t column = 0; column < width; column++, y += channels) {
            float across = map[0] * (float)column + (map[1] * (float)row + map[2]);
            float down = map[3] * (float)column + (map[4] * (float)row + map[5]);
            if (bounds) {
                across = limited(across, bounds[0], bounds[1]);
                down = limited(down, bounds[2], bounds[3]);
            }
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

static void warp(size_t height, size_t width, size_t count, const float *x, const float *map, const float *bounds,
                 const float *fill, float *y) {
    CHANNELS(count, warp_pixels(height, width, channels, x, map, bounds, fill, y));
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

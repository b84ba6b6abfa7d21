// rows.h - passes over rows of numbers that belong together: the channels of a pixel, the features of an image.
#include <math.h>

INLINE float sum_of_lanes(vector value) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) sum += value[i];
    return sum;
}

/// A loop over the vectors of a row: `at` is where one begins, `lanes` how many numbers it has.
#define EACH_VECTOR(count)                                                                                          \
    for (size_t at = 0, lanes; at < (count) && ((lanes = smaller((count)-at, LANES)), true); at += LANES)

/// `value` in the first `lanes` lanes and 0 in the others.
INLINE vector only(vector value, size_t lanes) {
    if (lanes >= LANES) return value;
    for (size_t i = lanes; i < LANES; i++) value[i] = 0;
    return value;
}

// MARK: Softmax

/// NaN is passed over: it reaches the sum of the exponentials anyway.
INLINE float largest_of(size_t channels, const float *x) {
    vector tops = broadcast(-INFINITY);
    size_t at = 0;
    for (; at + LANES <= channels; at += LANES) {
        vector value = load(x + at, LANES);
        tops = select(value > tops, value, tops);
    }
    float largest = -INFINITY;
    for (int i = 0; i < LANES; i++) largest = tops[i] > largest ? tops[i] : largest;
    for (; at < channels; at++) largest = x[at] > largest ? x[at] : largest;
    return largest;
}

static void softmax_forward(size_t rows, size_t channels, const float *x, float *y) {
    for (size_t r = 0; r < rows; r++, x += channels, y += channels) {
        float largest = largest_of(channels, x);
        vector sums = {0};
        EACH_VECTOR(channels) {
            vector power = exponential(load(x + at, lanes) - largest);
            sums += only(power, lanes);
            store(y + at, power, lanes);
        }
        float share = 1 / sum_of_lanes(sums);
        EACH_VECTOR(channels) store(y + at, load(y + at, lanes) * share, lanes);
    }
}

static void softmax_backward(size_t rows, size_t channels, const float *y, const float *dy, float *dx) {
    for (size_t r = 0; r < rows; r++, y += channels, dy += channels, dx += channels) {
        vector sums = {0};
        EACH_VECTOR(channels) sums += load(y + at, lanes) * load(dy + at, lanes);
        float mean = sum_of_lanes(sums);
        EACH_VECTOR(channels) store(dx + at, load(y + at, lanes) * (load(dy + at, lanes) - mean), lanes);
    }
}

// MARK: Layer norm

typedef struct row_moments {
    float mean, inverse_deviation;
} row_moments;

INLINE row_moments moments_of(size_t channels, const float *x, float epsilon) {
    vector sums = {0}, squares = {0};
    EACH_VECTOR(channels) sums += load(x + at, lanes);
    float mean = sum_of_lanes(sums) / (float)channels;
    EACH_VECTOR(channels) {
        vector deviation = only(load(x + at, lanes) - mean, lanes);
        squares += deviation * deviation;
    }
    float variance = sum_of_lanes(squares) / (float)channels;
    return (row_moments){mean, 1 / __builtin_elementwise_sqrt(variance + epsilon)};
}

static void layernorm_forward(size_t rows, size_t channels, const float *x, const float *weight, const float *bias,
                              float epsilon, float *y) {
    for (size_t r = 0; r < rows; r++, x += channels, y += channels) {
        row_moments m = moments_of(channels, x, epsilon);
        EACH_VECTOR(channels) {
            vector normal = (load(x + at, lanes) - m.mean) * m.inverse_deviation;
            store(y + at, load(weight + at, lanes) * normal + load(bias + at, lanes), lanes);
        }
    }
}

static void layernorm_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *weight,
                               float epsilon, float *dweight, float *dbias, float *dx) {
    for (size_t r = 0; r < rows; r++, x += channels, dy += channels) {
        row_moments m = moments_of(channels, x, epsilon);
        vector sums = {0}, products = {0};
        EACH_VECTOR(channels) {
            vector normal = (load(x + at, lanes) - m.mean) * m.inverse_deviation, gradient = load(dy + at, lanes);
            vector weighted = load(weight + at, lanes) * gradient; // 0 in lanes beyond the row
            sums += weighted;
            products += weighted * normal;
            if (dweight) store(dweight + at, load(dweight + at, lanes) + gradient * normal, lanes);
            if (dbias) store(dbias + at, load(dbias + at, lanes) + gradient, lanes);
        }
        if (!dx) continue;
        float mean = sum_of_lanes(sums) / (float)channels, slope = sum_of_lanes(products) / (float)channels;
        EACH_VECTOR(channels) {
            vector normal = (load(x + at, lanes) - m.mean) * m.inverse_deviation;
            vector weighted = load(weight + at, lanes) * load(dy + at, lanes);
            store(dx + at, (weighted - mean - normal * slope) * m.inverse_deviation, lanes);
        }
        dx += channels;
    }
}

// elements.c - passes over single elements.
#include "CKernelsReference.h"

#include <math.h>

void cairn_reference_relu_forward(size_t count, const float *x, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = x[i] < 0 ? 0 : x[i]; // NaN stays NaN
}

void cairn_reference_relu_backward(size_t count, const float *y, const float *dy, float *dx) {
    for (size_t i = 0; i < count; i++) dx[i] = y[i] <= 0 ? 0 : dy[i]; // as PyTorch: a NaN output lets dy pass
}

static uint64_t mix64(uint64_t z) { // the finalizer of SplitMix64 (Steele, Lea & Flood, 2014)
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/// 32 random bits of an index: the hash lowbias32 (Wellons, 2018) of its low half, with half of a key before and
/// half of it between the two rounds, so that two keys do not merely permute each other's numbers.
static uint32_t random_bits(uint64_t key, uint64_t index) {
    uint64_t mixed = mix64(key + 0x9e3779b97f4a7c15u * ((index >> 32) + 1));
    uint32_t h = (uint32_t)index ^ (uint32_t)mixed;
    h = (h ^ (h >> 16)) * 0x7feb352du;
    h = (h ^ (h >> 15) ^ (uint32_t)(mixed >> 32)) * 0x846ca68bu;
    return h ^ (h >> 16);
}

void cairn_reference_dropout(size_t count, const float *x, float probability, uint64_t key, uint64_t first,
                             float *y) {
    double threshold = (double)probability * 0x1p32;
    float scale = 1 / (1 - probability);
    for (size_t i = 0; i < count; i++)
        y[i] = (double)random_bits(key, first + i) < threshold ? 0 : x[i] * scale;
}

void cairn_reference_spatial_dropout(size_t images, size_t pixels, size_t channels, const float *x,
                                     float probability, uint64_t key, uint64_t first, float *y) {
    for (size_t i = 0; i < images * pixels * channels; i++) {
        size_t channel = i / (pixels * channels) * channels + i % channels;
        cairn_reference_dropout(1, x + i, probability, key, first + channel, y + i);
    }
}

/// The normal number below which a share (1 + x) / 2 of all lie: the distribution's inverse by halving.
static double normal_of_uniform(double x) {
    double lower = -10, upper = 10;
    for (int i = 0; i < 80; i++) {
        double middle = (lower + upper) / 2;
        if (erf(middle / sqrt(2)) < x) lower = middle;
        else upper = middle;
    }
    return lower;
}

void cairn_reference_normal(size_t count, uint64_t key, float *y) {
    for (size_t i = 0; i < count; i++)
        y[i] = (float)normal_of_uniform(((double)(random_bits(key, i) >> 9) + 0.5) / 0x1p22 - 1);
}

void cairn_reference_add_relu(size_t count, const float *a, const float *b, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = a[i] + b[i] < 0 ? 0 : a[i] + b[i];
}

void cairn_reference_scale_add(size_t count, float a, const float *x, float b, float *y) {
    for (size_t i = 0; i < count; i++) y[i] = a * x[i] + b * y[i];
}

void cairn_reference_scale(size_t count, float a, float *y) {
    for (size_t i = 0; i < count; i++) y[i] *= a;
}

double cairn_reference_sum_of_squares(size_t count, const float *x) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)x[i] * (double)x[i];
    return sum;
}

double cairn_reference_squared_distance(size_t count, const float *x, const float *y) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
    return sum;
}

void cairn_reference_summarize(size_t count, const float *x, cairn_summary *summary) {
    *summary = (cairn_summary){.smallest = INFINITY, .largest = -INFINITY};
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i])) {
            summary->nonfinite++;
            continue;
        }
        summary->sum += x[i];
        summary->square_sum += (double)x[i] * x[i];
        if (x[i] < summary->smallest) summary->smallest = x[i];
        if (x[i] > summary->largest) summary->largest = x[i];
        summary->zeros += x[i] == 0;
    }
}

size_t cairn_reference_first_nonfinite(size_t count, const float *x) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i])) return i;
    return count;
}

void cairn_reference_copy_columns(size_t rows, size_t columns, const float *x, size_t x_stride, float *y,
                                  size_t y_stride) {
    for (size_t row = 0; row < rows; row++)
        for (size_t c = 0; c < columns; c++) y[row * y_stride + c] = x[row * x_stride + c];
}

void cairn_reference_transpose(size_t rows, size_t columns, const float *x, float *y) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) y[c * rows + r] = x[r * columns + c];
}

void cairn_reference_bytes_to_floats(size_t rows, size_t channels, const uint8_t *x, const float *scale,
                                     const float *shift, float *y) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++) *y++ = scale[c] * (float)*x++ + shift[c];
}

// rows.c - softmax and layer norm of one row after the other, in double.
#include "CKernelsReference.h"

#include <math.h>

void cairn_reference_softmax_forward(size_t rows, size_t channels, const float *x, float *y) {
    for (size_t r = 0; r < rows; r++, x += channels, y += channels) {
        double largest = -INFINITY, sum = 0;
        for (size_t c = 0; c < channels; c++) largest = fmax(largest, (double)x[c]);
        for (size_t c = 0; c < channels; c++) sum += exp((double)x[c] - largest);
        for (size_t c = 0; c < channels; c++) y[c] = (float)(exp((double)x[c] - largest) / sum);
    }
}

void cairn_reference_softmax_backward(size_t rows, size_t channels, const float *y, const float *dy, float *dx) {
    for (size_t r = 0; r < rows; r++, y += channels, dy += channels, dx += channels) {
        double mean = 0;
        for (size_t c = 0; c < channels; c++) mean += (double)y[c] * (double)dy[c];
        for (size_t c = 0; c < channels; c++) dx[c] = (float)((double)y[c] * ((double)dy[c] - mean));
    }
}

static double mean_of(size_t count, const float *x) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)x[i];
    return sum / (double)count;
}

static double inverse_deviation_of(size_t count, const float *x, float epsilon) {
    double mean = mean_of(count, x), sum = 0;
    for (size_t i = 0; i < count; i++) sum += ((double)x[i] - mean) * ((double)x[i] - mean);
    return 1 / sqrt(sum / (double)count + (double)epsilon);
}

void cairn_reference_layernorm_forward(size_t rows, size_t channels, const float *x, const float *weight,
                                       const float *bias, float epsilon, float *y) {
    for (size_t r = 0; r < rows; r++, x += channels, y += channels) {
        double mean = mean_of(channels, x), inverse = inverse_deviation_of(channels, x, epsilon);
        for (size_t c = 0; c < channels; c++)
            y[c] = (float)((double)weight[c] * ((double)x[c] - mean) * inverse + (double)bias[c]);
    }
}

void cairn_reference_layernorm_backward(size_t rows, size_t channels, const float *x, const float *dy,
                                        const float *weight, float epsilon, float *dweight, float *dbias, float *dx) {
    for (size_t r = 0; r < rows; r++, x += channels, dy += channels, dx += channels) {
        double mean = mean_of(channels, x), inverse = inverse_deviation_of(channels, x, epsilon);
        double sum = 0, product_sum = 0;
        for (size_t c = 0; c < channels; c++) {
            double normal = ((double)x[c] - mean) * inverse, gradient = (double)weight[c] * (double)dy[c];
            sum += gradient / (double)channels;
            product_sum += gradient * normal / (double)channels;
            dweight[c] += (float)((double)dy[c] * normal);
            dbias[c] += dy[c];
        }
        for (size_t c = 0; c < channels; c++) {
            double normal = ((double)x[c] - mean) * inverse;
            dx[c] = (float)(((double)weight[c] * (double)dy[c] - sum - normal * product_sum) * inverse);
        }
    }
}

// channels.c - passes over rows x channels, one scalar at a time.
#include "CKernelsReference.h"

void cairn_reference_channel_moments(size_t rows, size_t channels, const float *x, const float *center, double *sum,
                                     double *square_sum) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < channels; c++, x++) {
            double deviation = (double)*x - (double)center[c];
            sum[c] += (double)*x;
            square_sum[c] += deviation * deviation;
        }
    }
}

void cairn_reference_channel_gradient_sums(size_t rows, size_t channels, const float *x, const float *dy,
                                           const float *mean, double *sum, double *product_sum) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < channels; c++, x++, dy++) {
            sum[c] += (double)*dy;
            product_sum[c] += (double)*dy * ((double)*x - (double)mean[c]);
        }
    }
}

void cairn_reference_channel_affine(size_t rows, size_t channels, const float *x, const float *scale,
                                    const float *shift, float *y) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++) *y++ = scale[c] * *x++ + shift[c];
}

void cairn_reference_channel_affine_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                         const float *shift, float *y) {
    cairn_reference_channel_affine(rows, channels, x, scale, shift, y);
    cairn_reference_relu_forward(rows * channels, y, y);
}

void cairn_reference_channel_affine_add_relu(size_t rows, size_t channels, const float *x, const float *scale,
                                             const float *shift, const float *added, float *y) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < channels; c++, y++) {
            float value = scale[c] * *x++ + shift[c] + *added++;
            *y = value < 0 ? 0 : value;
        }
    }
}

void cairn_reference_channel_gradient_sums_relu(size_t rows, size_t channels, const float *x, const float *y,
                                                const float *dy, const float *mean, double *sum,
                                                double *product_sum) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < channels; c++, x++, y++, dy++) {
            double gradient = *y <= 0 ? 0 : (double)*dy;
            sum[c] += gradient;
            product_sum[c] += gradient * ((double)*x - (double)mean[c]);
        }
    }
}

void cairn_reference_channel_affine2_relu(size_t rows, size_t channels, const float *dy, const float *y,
                                          const float *x, const float *a, const float *b, const float *d, float *dx) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++, dy++) *dx++ = a[c] * (*y++ <= 0 ? 0 : *dy) + b[c] * *x++ + d[c];
}

void cairn_reference_channel_affine2(size_t rows, size_t channels, const float *dy, const float *x, const float *a,
                                     const float *b, const float *d, float *dx) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++) *dx++ = a[c] * *dy++ + b[c] * *x++ + d[c];
}

void cairn_reference_channel_add_bias(size_t rows, size_t channels, float *x, const float *bias, bool relu) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < channels; c++, x++) {
            float value = *x + bias[c];
            *x = relu && value < 0 ? 0 : value;
        }
    }
}

void cairn_reference_channel_sums(size_t rows, size_t channels, const float *x, float *sum) {
    for (size_t c = 0; c < channels; c++) {
        double total = 0;
        for (size_t r = 0; r < rows; r++) total += (double)x[r * channels + c];
        sum[c] += (float)total;
    }
}

void cairn_reference_prelu_forward(size_t rows, size_t channels, const float *x, const float *slope, float *y) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++, x++) *y++ = *x > 0 ? *x : slope[c] * *x;
}

void cairn_reference_prelu_backward(size_t rows, size_t channels, const float *x, const float *dy, const float *slope,
                                    float *dx) {
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < channels; c++, dy++) *dx++ = *x++ > 0 ? *dy : slope[c] * *dy;
}

void cairn_reference_prelu_slope_gradient(size_t rows, size_t channels, const float *x, const float *dy,
                                          float *dslope) {
    for (size_t c = 0; c < channels; c++) {
        double total = 0;
        for (size_t at = c; at < rows * channels; at += channels)
            if (!(x[at] > 0)) total += (double)x[at] * (double)dy[at];
        dslope[c] += (float)total;
    }
}

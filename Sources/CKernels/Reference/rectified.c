// rectified.c - affine map, ReLU, pooling and dropout one after the other.
#include "CKernelsReference.h"

#include <stdlib.h>

static cairn_pooling windows(const cairn_rectified_pooling *g) {
    return (cairn_pooling){
        .input_height = g->height, .input_width = g->width, .channels = g->channels,
        .output_height = g->height / 2, .output_width = g->width / 2,
        .kernel_height = 2, .kernel_width = 2, .stride_y = 2, .stride_x = 2,
    };
}

static size_t input_pixels(const cairn_rectified_pooling *g, size_t images) {
    return images * (size_t)g->height * (size_t)g->width;
}

static size_t output_size(const cairn_rectified_pooling *g, size_t images) {
    return images * (size_t)(g->height / 2) * (size_t)(g->width / 2) * (size_t)g->channels;
}

static void *allocated(size_t size) {
    void *memory = malloc(size + 1);
    if (!memory) abort();
    return memory;
}

void cairn_reference_rectified_pooling_forward(const cairn_rectified_pooling *g, size_t images, const float *x,
                                               const float *scale, const float *shift, uint64_t key, uint64_t first,
                                               float *y, uint8_t *winner) {
    size_t pixels = input_pixels(g, images), channels = (size_t)g->channels, count = output_size(g, images);
    cairn_pooling pooling = windows(g);
    float *rectified = allocated(pixels * channels * sizeof *rectified);
    if (scale) {
        cairn_reference_channel_affine_relu(pixels, channels, x, scale, shift, rectified);
    } else {
        cairn_reference_relu_forward(pixels * channels, x, rectified);
    }
    cairn_reference_maxpool_forward(&pooling, images, rectified, y, winner);
    cairn_reference_dropout(count, y, g->dropout, key, first, y);
    for (size_t i = 0; winner && i < count; i++)
        if (y[i] == 0) winner[i] = 4;
    free(rectified);
}

void cairn_reference_rectified_pooling_backward(const cairn_rectified_pooling *g, size_t images, const float *dy,
                                                const uint8_t *winner, float *dx) {
    size_t count = output_size(g, images);
    cairn_pooling pooling = windows(g);
    float *gradient = allocated(count * sizeof *gradient);
    uint8_t *tap = allocated(count);
    for (size_t i = 0; i < count; i++) {
        tap[i] = winner[i] < 4 ? winner[i] : 0;
        gradient[i] = winner[i] < 4 ? dy[i] / (1 - g->dropout) : 0;
    }
    cairn_reference_maxpool_backward(&pooling, images, gradient, tap, dx);
    free(gradient);
    free(tap);
}

void cairn_reference_rectified_pooling_gradient_sums(const cairn_rectified_pooling *g, size_t images, const float *x,
                                                     const float *dy, const uint8_t *winner, const float *mean,
                                                     double *sum, double *product_sum) {
    size_t pixels = input_pixels(g, images), channels = (size_t)g->channels;
    float *gradient = allocated(pixels * channels * sizeof *gradient);
    cairn_reference_rectified_pooling_backward(g, images, dy, winner, gradient);
    cairn_reference_channel_gradient_sums(pixels, channels, x, gradient, mean, sum, product_sum);
    free(gradient);
}

void cairn_reference_rectified_pooling_affine2(const cairn_rectified_pooling *g, size_t images, const float *dy,
                                               const uint8_t *winner, const float *x, const float *a, const float *b,
                                               const float *d, float *dx) {
    cairn_reference_rectified_pooling_backward(g, images, dy, winner, dx);
    cairn_reference_channel_affine2(input_pixels(g, images), (size_t)g->channels, dx, x, a, b, d, dx);
}

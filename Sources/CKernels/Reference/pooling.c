// pooling.c - every window, every tap that lies inside the input.
#include "CKernelsReference.h"

#include <math.h>
#include <string.h>

/// The offset of a tap's pixel in one image, or -1 outside.
static ptrdiff_t tap_at(const cairn_pooling *g, int oy, int ox, int ky, int kx) {
    int iy = oy * g->stride_y - g->pad_top + ky;
    int ix = ox * g->stride_x - g->pad_left + kx;
    if (iy < 0 || iy >= g->input_height || ix < 0 || ix >= g->input_width) return -1;
    return ((ptrdiff_t)iy * g->input_width + ix) * g->channels;
}

static size_t input_size(const cairn_pooling *g) {
    return (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels;
}

void cairn_reference_maxpool_forward(const cairn_pooling *g, size_t images, const float *x, float *y,
                                     uint8_t *winner) {
    for (size_t n = 0; n < images; n++, x += input_size(g)) {
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++) {
                for (int c = 0; c < g->channels; c++) {
                    float best = -INFINITY;
                    int best_tap = -1;
                    for (int tap = 0; tap < g->kernel_height * g->kernel_width; tap++) {
                        ptrdiff_t offset = tap_at(g, oy, ox, tap / g->kernel_width, tap % g->kernel_width);
                        if (offset < 0) continue;
                        float value = x[offset + c];
                        if (best_tap < 0 || value > best || (isnan(value) && !isnan(best))) {
                            best = value;
                            best_tap = tap;
                        }
                    }
                    *y++ = best;
                    if (winner) *winner++ = (uint8_t)(best_tap < 0 ? 0 : best_tap);
                }
            }
        }
    }
}

void cairn_reference_maxpool_backward(const cairn_pooling *g, size_t images, const float *dy, const uint8_t *winner,
                                      float *dx) {
    for (size_t n = 0; n < images; n++, dx += input_size(g)) {
        memset(dx, 0, input_size(g) * sizeof *dx);
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++) {
                for (int c = 0; c < g->channels; c++, dy++, winner++) {
                    ptrdiff_t offset = tap_at(g, oy, ox, *winner / g->kernel_width, *winner % g->kernel_width);
                    if (offset >= 0) dx[offset + c] += *dy;
                }
            }
        }
    }
}

/// What an average divides by.
static int divisor(const cairn_pooling *g, int oy, int ox) {
    int taps = g->kernel_height * g->kernel_width, inside = 0;
    if (!g->leaves_out_padding) return taps;
    for (int tap = 0; tap < taps; tap++)
        inside += tap_at(g, oy, ox, tap / g->kernel_width, tap % g->kernel_width) >= 0;
    return inside > 0 ? inside : 1;
}

void cairn_reference_avgpool_forward(const cairn_pooling *g, size_t images, const float *x, float *y) {
    int taps = g->kernel_height * g->kernel_width;
    for (size_t n = 0; n < images; n++, x += input_size(g)) {
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++) {
                for (int c = 0; c < g->channels; c++) {
                    double sum = 0;
                    for (int tap = 0; tap < taps; tap++) {
                        ptrdiff_t offset = tap_at(g, oy, ox, tap / g->kernel_width, tap % g->kernel_width);
                        if (offset >= 0) sum += (double)x[offset + c];
                    }
                    *y++ = (float)(sum / divisor(g, oy, ox));
                }
            }
        }
    }
}

void cairn_reference_avgpool_backward(const cairn_pooling *g, size_t images, const float *dy, float *dx) {
    int taps = g->kernel_height * g->kernel_width;
    for (size_t n = 0; n < images; n++, dx += input_size(g)) {
        memset(dx, 0, input_size(g) * sizeof *dx);
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++) {
                for (int c = 0; c < g->channels; c++, dy++) {
                    for (int tap = 0; tap < taps; tap++) {
                        ptrdiff_t offset = tap_at(g, oy, ox, tap / g->kernel_width, tap % g->kernel_width);
                        if (offset >= 0) dx[offset + c] += *dy / (float)divisor(g, oy, ox);
                    }
                }
            }
        }
    }
}

void cairn_reference_global_maxpool_forward(size_t images, size_t pixels, size_t channels, const float *x, float *y,
                                            int32_t *winner) {
    for (size_t n = 0; n < images; n++, x += pixels * channels) {
        for (size_t c = 0; c < channels; c++) {
            size_t best = 0;
            for (size_t pixel = 1; pixel < pixels; pixel++) {
                float value = x[pixel * channels + c], largest = x[best * channels + c];
                if (value > largest || (isnan(value) && !isnan(largest))) best = pixel;
            }
            *y++ = x[best * channels + c];
            if (winner) *winner++ = (int32_t)best;
        }
    }
}

void cairn_reference_global_maxpool_backward(size_t images, size_t pixels, size_t channels, const float *dy,
                                             const int32_t *winner, float *dx) {
    for (size_t i = 0; i < images * pixels * channels; i++) {
        size_t channel = i / (pixels * channels) * channels + i % channels, pixel = i / channels % pixels;
        dx[i] = (size_t)winner[channel] == pixel ? dy[channel] : 0;
    }
}

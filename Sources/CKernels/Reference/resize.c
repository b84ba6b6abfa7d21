// resize.c - every output pixel, every input pixel that it is made of, with its weight.
#include "CKernelsReference.h"

#include <math.h>
#include <string.h>

/// The weight of an input row or column in an output's.
typedef double weight_of(int output, int input, int source, int count);

static double share(int output, int input, int source, int count) {
    double first = floor((double)output * source / count), end = ceil((double)(output + 1) * source / count);
    return input >= first && input < end ? 1 / (end - first) : 0;
}

static double nearest(int output, int input, int source, int count) {
    return input == (int)((float)output * ((float)source / (float)count));
}

static double linear(int output, int input, int source, int count) {
    double position = fmin(fmax((output + 0.5) * source / count - 0.5, 0), source - 1);
    return fmax(1 - fabs(position - input), 0);
}

static void forward(const cairn_resizing *g, size_t images, const float *x, float *y, weight_of *weight) {
    for (size_t n = 0; n < images; n++, x += (size_t)g->input_height * (size_t)g->input_width * (size_t)g->channels) {
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++) {
                for (int c = 0; c < g->channels; c++) {
                    double sum = 0;
                    for (int iy = 0; iy < g->input_height; iy++) {
                        for (int ix = 0; ix < g->input_width; ix++) {
                            sum += weight(oy, iy, g->input_height, g->output_height)
                                 * weight(ox, ix, g->input_width, g->output_width)
                                 * (double)x[(iy * g->input_width + ix) * g->channels + c];
                        }
                    }
                    *y++ = (float)sum;
                }
            }
        }
    }
}

static void backward(const cairn_resizing *g, size_t images, const float *dy, float *dx, weight_of *weight) {
    size_t outputs = (size_t)g->output_height * (size_t)g->output_width * (size_t)g->channels;
    for (size_t n = 0; n < images; n++, dy += outputs) {
        for (int iy = 0; iy < g->input_height; iy++) {
            for (int ix = 0; ix < g->input_width; ix++) {
                for (int c = 0; c < g->channels; c++) {
                    double sum = 0;
                    for (int oy = 0; oy < g->output_height; oy++) {
                        for (int ox = 0; ox < g->output_width; ox++) {
                            sum += weight(oy, iy, g->input_height, g->output_height)
                                 * weight(ox, ix, g->input_width, g->output_width)
                                 * (double)dy[(oy * g->output_width + ox) * g->channels + c];
                        }
                    }
                    *dx++ = (float)sum;
                }
            }
        }
    }
}

void cairn_reference_adaptive_avgpool_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    forward(g, images, x, y, share);
}

void cairn_reference_adaptive_avgpool_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    backward(g, images, dy, dx, share);
}

void cairn_reference_nearest_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    forward(g, images, x, y, nearest);
}

void cairn_reference_nearest_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    backward(g, images, dy, dx, nearest);
}

void cairn_reference_bilinear_forward(const cairn_resizing *g, size_t images, const float *x, float *y) {
    forward(g, images, x, y, linear);
}

void cairn_reference_bilinear_backward(const cairn_resizing *g, size_t images, const float *dy, float *dx) {
    backward(g, images, dy, dx, linear);
}

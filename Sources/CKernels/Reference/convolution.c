// convolution.c - the convolution as its definition: every output pixel, every tap that lies inside the input.
#include "CKernelsReference.h"

#include <stdlib.h>
#include <string.h>

/// One tap of one output pixel: which input pixel it reads, if that is inside the image.
typedef struct tap {
    bool inside;
    size_t input; // pixel index within the image
} tap;

static tap tap_at(const cairn_convolution *g, int oy, int ox, int ky, int kx) {
    int iy = oy * g->stride_y - g->pad_top + ky * g->dilation_y;
    int ix = ox * g->stride_x - g->pad_left + kx * g->dilation_x;
    bool inside = iy >= 0 && iy < g->input_height && ix >= 0 && ix < g->input_width;
    return (tap){inside, inside ? (size_t)iy * (size_t)g->input_width + (size_t)ix : 0};
}

static int channels_of_group(const cairn_convolution *g) { return g->input_channels / g->groups; }

/// The first channel that a filter reads.
static int first_channel(const cairn_convolution *g, int filter) {
    return filter / (g->output_channels / g->groups) * channels_of_group(g);
}

static size_t input_size(const cairn_convolution *g) {
    return (size_t)g->input_height * (size_t)g->input_width * (size_t)g->input_channels;
}

static size_t output_size(const cairn_convolution *g) {
    return (size_t)g->output_height * (size_t)g->output_width * (size_t)g->output_channels;
}

void cairn_reference_convolution_forward(const cairn_convolution *g, size_t images, const float *x,
                                         const float *weight, const float *bias, bool relu, float *y) {
    int channels = channels_of_group(g), filters = g->output_channels;
    for (size_t n = 0; n < images; n++, x += input_size(g)) {
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++, y += filters) {
                for (int f = 0; f < filters; f++) {
                    double sum = bias ? (double)bias[f] : 0;
                    for (int ky = 0; ky < g->kernel_height; ky++) {
                        for (int kx = 0; kx < g->kernel_width; kx++) {
                            tap t = tap_at(g, oy, ox, ky, kx);
                            if (!t.inside) continue;
                            const float *pixel = x + t.input * (size_t)g->input_channels + first_channel(g, f);
                            const float *w = weight + (size_t)(ky * g->kernel_width + kx) * channels * filters + f;
                            for (int c = 0; c < channels; c++) sum += (double)pixel[c] * (double)w[c * filters];
                        }
                    }
                    y[f] = relu && sum < 0 ? 0 : (float)sum;
                }
            }
        }
    }
}

void cairn_reference_convolution_backward_input(const cairn_convolution *g, size_t images, const float *dy,
                                                const float *weight, float *dx) {
    int channels = channels_of_group(g), filters = g->output_channels;
    double *sums = malloc(input_size(g) * sizeof *sums);
    if (!sums) abort();
    for (size_t n = 0; n < images; n++, dx += input_size(g)) {
        memset(sums, 0, input_size(g) * sizeof *sums);
        for (int oy = 0; oy < g->output_height; oy++) {
            for (int ox = 0; ox < g->output_width; ox++, dy += filters) {
                for (int ky = 0; ky < g->kernel_height; ky++) {
                    for (int kx = 0; kx < g->kernel_width; kx++) {
                        tap t = tap_at(g, oy, ox, ky, kx);
                        if (!t.inside) continue;
                        double *pixel = sums + t.input * (size_t)g->input_channels;
                        const float *w = weight + (size_t)(ky * g->kernel_width + kx) * channels * filters;
                        for (int c = 0; c < channels; c++)
                            for (int f = 0; f < filters; f++)
                                pixel[first_channel(g, f) + c] += (double)dy[f] * (double)w[c * filters + f];
                    }
                }
            }
        }
        for (size_t i = 0; i < input_size(g); i++) dx[i] = (float)sums[i];
    }
    free(sums);
}

void cairn_reference_convolution_backward_weight(const cairn_convolution *g, size_t images, const float *x,
                                                 const float *dy, float *dweight, float *dbias) {
    int channels = channels_of_group(g), filters = g->output_channels;
    for (int ky = 0; ky < g->kernel_height; ky++) {
        for (int kx = 0; kx < g->kernel_width; kx++) {
            for (int c = 0; c < channels; c++) {
                for (int f = 0; f < filters; f++, dweight++) {
                    double sum = 0;
                    for (size_t n = 0; n < images; n++) {
                        for (int oy = 0; oy < g->output_height; oy++) {
                            for (int ox = 0; ox < g->output_width; ox++) {
                                tap t = tap_at(g, oy, ox, ky, kx);
                                if (!t.inside) continue;
                                size_t output = (size_t)oy * (size_t)g->output_width + (size_t)ox;
                                size_t input = t.input * (size_t)g->input_channels + (size_t)first_channel(g, f);
                                sum += (double)x[n * input_size(g) + input + (size_t)c]
                                     * (double)dy[n * output_size(g) + output * (size_t)filters + (size_t)f];
                            }
                        }
                    }
                    *dweight += (float)sum;
                }
            }
        }
    }
    if (!dbias) return;
    size_t pixels = images * (size_t)g->output_height * (size_t)g->output_width;
    for (int f = 0; f < filters; f++) {
        double sum = 0;
        for (size_t pixel = 0; pixel < pixels; pixel++) sum += (double)dy[pixel * (size_t)filters + (size_t)f];
        dbias[f] += (float)sum;
    }
}

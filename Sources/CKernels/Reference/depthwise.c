// depthwise.c - a convolution of each channel with its own kernel: every one as a convolution of one channel.
#include "CKernelsReference.h"

#include <stdlib.h>

static cairn_convolution of_one_channel(const cairn_convolution *g) {
    cairn_convolution one = *g;
    one.input_channels = one.output_channels = 1;
    return one;
}

static size_t input_pixels(const cairn_convolution *g, size_t images) {
    return images * (size_t)g->input_height * (size_t)g->input_width;
}

static size_t output_pixels(const cairn_convolution *g, size_t images) {
    return images * (size_t)g->output_height * (size_t)g->output_width;
}

static size_t taps(const cairn_convolution *g) { return (size_t)g->kernel_height * (size_t)g->kernel_width; }

/// A copy of every `channels`-th number.
static float *channel_of(size_t count, size_t channels, const float *from) {
    float *channel = malloc((count + 1) * sizeof *channel);
    if (!channel) abort();
    for (size_t i = 0; i < count; i++) channel[i] = from[i * channels];
    return channel;
}

/// Puts the numbers back, and frees the copy.
static void put_back(size_t count, size_t channels, float *channel, float *to) {
    for (size_t i = 0; i < count; i++) to[i * channels] = channel[i];
    free(channel);
}

void cairn_reference_depthwise_forward(const cairn_convolution *g, size_t images, const float *x, const float *weight,
                                       const float *bias, bool relu, float *y) {
    cairn_convolution one = of_one_channel(g);
    size_t channels = (size_t)g->input_channels, inputs = input_pixels(g, images), outputs = output_pixels(g, images);
    for (size_t c = 0; c < channels; c++) {
        float *image = channel_of(inputs, channels, x + c), *kernel = channel_of(taps(g), channels, weight + c);
        float *result = channel_of(outputs, channels, y + c);
        cairn_reference_convolution_forward(&one, images, image, kernel, bias ? bias + c : NULL, relu, result);
        put_back(outputs, channels, result, y + c);
        free(image);
        free(kernel);
    }
}

void cairn_reference_depthwise_backward_input(const cairn_convolution *g, size_t images, const float *dy,
                                              const float *weight, float *dx) {
    cairn_convolution one = of_one_channel(g);
    size_t channels = (size_t)g->input_channels, inputs = input_pixels(g, images), outputs = output_pixels(g, images);
    for (size_t c = 0; c < channels; c++) {
        float *gradient = channel_of(outputs, channels, dy + c), *kernel = channel_of(taps(g), channels, weight + c);
        float *result = channel_of(inputs, channels, dx + c);
        cairn_reference_convolution_backward_input(&one, images, gradient, kernel, result);
        put_back(inputs, channels, result, dx + c);
        free(gradient);
        free(kernel);
    }
}

void cairn_reference_depthwise_backward_weight(const cairn_convolution *g, size_t images, const float *x,
                                               const float *dy, float *dweight, float *dbias) {
    cairn_convolution one = of_one_channel(g);
    size_t channels = (size_t)g->input_channels, inputs = input_pixels(g, images), outputs = output_pixels(g, images);
    for (size_t c = 0; c < channels; c++) {
        float *image = channel_of(inputs, channels, x + c), *gradient = channel_of(outputs, channels, dy + c);
        float *result = channel_of(taps(g), channels, dweight + c);
        cairn_reference_convolution_backward_weight(&one, images, image, gradient, result, dbias ? dbias + c : NULL);
        put_back(taps(g), channels, result, dweight + c);
        free(image);
        free(gradient);
    }
}
